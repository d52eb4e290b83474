import type { ResultsReading, WantedResults } from '../../training/await-results.ts';
import { type Before, otherOwners } from '../../training/before.ts';
import { isSearch } from '../../training/model-type.ts';
import { getTraining, listTrainings } from '../endpoints/trainings.ts';
import { getResults } from '../endpoints/version.ts';
import type { InProject } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { unlessRefused } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import { gatherModels } from '../results/gather.ts';
import { asListed, type OnVersion, ownershipOf, whyNotOwn } from '../results/ownership.ts';

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
  /** Only the list of a version's trainings says when each started and which models it has. */
  const identify = async () => {
    const listed = await listTrainings(here, training.version, outagePatience(here));
    const ours = asListed(training, listed);
    return ownershipOf(ours, bundle, listed, otherOwners(ours, listed, before), here.project);
  };
  return gatherModels({ here, training, bundle, identify }, wanted);
}

/** Only the older results say what Roboflow recommends per hardware. They count if they are of this very training. */
async function recommendations(
  here: InProject,
  { id, version }: OnVersion,
): Promise<ReadonlyMap<string, string>> {
  const older = await unlessRefused(() => getResults(here, version, outagePatience(here)));
  return older instanceof ApiError || older.trainingId !== id ? new Map() : older.recommended;
}
