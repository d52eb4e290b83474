import type { Context } from '../../lib/context.ts';
import type { ResultsReading, WantedResults } from '../../training/await-results.ts';
import { type Before, otherOwners } from '../../training/before.ts';
import { isSearch } from '../../training/model-type.ts';
import { endedWithoutModel, type Training } from '../../training/training.ts';
import type { ProjectRef } from '../endpoints/project.ts';
import { getTraining, listTrainings } from '../endpoints/trainings.ts';
import { getResults } from '../endpoints/version.ts';
import type { Api } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { unlessRefused } from '../http/outcome.ts';
import { whyNotOwn } from '../results/bundle.ts';
import { resultsPatience } from '../results/ended-training.ts';
import { gatherModels } from '../results/gather.ts';
import type { Ownership } from '../results/ownership.ts';
import type { ResultsBody } from '../schema/results-body.ts';

type OnVersion = Training & { readonly version: number };

/** The models of a training that has ended. Its own results name it; only other answers have to be told apart. */
export async function trainingResults(
  api: Api,
  project: ProjectRef,
  training: OnVersion,
  before: Before | undefined,
  wanted: WantedResults,
  context: Context,
): Promise<ResultsReading> {
  const got = await getTraining(api, project, training, resultsPatience(context));
  const late = whyNotOwn(got.bundle, training);
  if (late !== undefined) return { kind: 'not-yet', reason: late };
  const recommended = isSearch(training.modelType)
    ? await recommendations(api, project, training, context)
    : got.bundle.recommended;
  const bundle = { ...got.bundle, trainingId: training.id, recommended };
  const identify = () => ownershipOf(api, project, training, bundle, before, context);
  return gatherModels({ api, project, context, training, bundle, identify }, wanted);
}

/** Only the list of a version's trainings says when each started and which models it has. */
async function ownershipOf(
  api: Api,
  project: ProjectRef,
  training: OnVersion,
  bundle: ResultsBody,
  before: Before | undefined,
  context: Context,
): Promise<Ownership> {
  const { id, version } = training;
  const listed = await listTrainings(api, project, version, resultsPatience(context));
  const own = listed.find((each) => each.id === id);
  const startedAtMs = own?.createdAtMs ?? training.createdAtMs;
  const withModel = listed.filter(({ phase }) => !endedWithoutModel(phase));
  return {
    ...project,
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
  api: Api,
  project: ProjectRef,
  { id, version }: OnVersion,
  context: Context,
): Promise<ReadonlyMap<string, string>> {
  const older = await unlessRefused(() => getResults(api, project, version, resultsPatience(context)));
  return older instanceof ApiError || older.trainingId !== id ? new Map() : older.recommended;
}
