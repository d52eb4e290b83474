import type { ResultsReading, WantedResults } from '../../training/await-results.ts';
import { type Before, otherOwners } from '../../training/before.ts';
import { isSearch } from '../../training/model-type.ts';
import { endedWithoutModel, type Training } from '../../training/training.ts';
import { getTraining, listTrainings } from '../endpoints/trainings.ts';
import { getResults } from '../endpoints/version.ts';
import type { InProject } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { unlessRefused } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import { gatherModels } from '../results/gather.ts';
import type { Ownership } from '../results/ownership.ts';
import { whyNotOwn } from '../results/ownership.ts';
import type { ResultsBody } from '../schema/results-body.ts';

type OnVersion = Training & { readonly version: number };

/** The models of a training that has ended. Its own results name it; only other answers have to be told apart. */
export async function trainingResults(
  here: InProject,
  training: OnVersion,
  before: Before | undefined,
  wanted: WantedResults,
): Promise<ResultsReading> {
  const got = await getTraining(here, training, outagePatience(here));
  const late = whyNotOwn(got.bundle, training);
  if (late !== undefined) return { kind: 'not-yet', reason: late };
  const recommended = isSearch(training.modelType)
    ? await recommendations(here, training)
    : got.bundle.recommended;
  const bundle = { ...got.bundle, trainingId: training.id, recommended };
  const identify = () => ownershipOf(here, training, bundle, before);
  return gatherModels({ here, training, bundle, identify }, wanted);
}

/** Only the list of a version's trainings says when each started and which models it has. */
async function ownershipOf(
  here: InProject,
  training: OnVersion,
  bundle: ResultsBody,
  before: Before | undefined,
): Promise<Ownership> {
  const { id, version } = training;
  const listed = await listTrainings(here, version, outagePatience(here));
  const own = listed.find((each) => each.id === id);
  const startedAtMs = own?.createdAtMs ?? training.createdAtMs;
  const withModel = listed.filter(({ phase }) => !endedWithoutModel(phase));
  return {
    ...here.project,
    version,
    modelIds: own?.modelIds ?? [],
    group: bundle.modelGroup ?? own?.modelGroup,
    modelType: bundle.modelType ?? training.modelType ?? own?.modelType,
    startedAtMs,
    others: otherOwners({ ...training, createdAtMs: startedAtMs }, listed, before),
    isOnlyOne: own !== undefined && withModel.every((each) => each.id === id),
  };
}

/** Only the older results say what Roboflow recommends per hardware. They count if they are of this very training. */
async function recommendations(
  here: InProject,
  { id, version }: OnVersion,
): Promise<ReadonlyMap<string, string>> {
  const older = await unlessRefused(() => getResults(here, version, outagePatience(here)));
  return older instanceof ApiError || older.trainingId !== id ? new Map() : older.recommended;
}
