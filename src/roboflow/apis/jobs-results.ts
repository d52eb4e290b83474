import type { ResultsReading, WantedResults } from '../../training/await-results.ts';
import { type Before, otherOwners, startedAfter } from '../../training/before.ts';
import { isOtherType } from '../../training/model-type.ts';
import { endedWithWeights, LONGEST_TRAINING_MS, type Training } from '../../training/training.ts';
import { listJobs } from '../endpoints/jobs.ts';
import { getResults } from '../endpoints/version.ts';
import type { InProject } from '../http/api.ts';
import { ifThere } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import { gatherModels } from '../results/gather.ts';
import { asListed, ownershipOf, ownerUnknown, typeOfResults, whyNotOwn } from '../results/ownership.ts';
import { modelOfResults } from '../results/read-model.ts';
import { readResults } from '../schema/results-body.ts';

/** What is there now: if a training of the version had weights, its results are kept to compare with later. */
export async function beforeOnVersion(
  here: InProject,
  version: number,
  trainings: readonly Training[],
): Promise<Before> {
  const mayShow = trainings.some(({ phase }) => endedWithWeights(phase));
  const models = (mayShow ? await ifThere(() => getResults(here, version)) : undefined)?.models ?? [];
  const haveMetrics = models.some((model) => (modelOfResults(model, undefined)?.metrics.size ?? 0) > 0);
  const results = models.length === 0 ? undefined : { text: JSON.stringify(models), haveMetrics };
  return { atMs: here.clock.now(), trainings, results };
}

/**
 * The models of a job that has ended. The results come by version, whichever training they are of. They count if they name
 * this training, or if they are other than before and no other training can have made them. The same as before, or those of
 * another model type, are late: then ours are still to come.
 */
export async function jobResults(
  here: InProject,
  training: Training,
  before: Before | undefined,
  wanted: WantedResults,
): Promise<ResultsReading> {
  const { version } = training;
  if (version === undefined)
    return {
      kind: 'unclear',
      reason: `Roboflow does not say which version training ${training.id} used, so its results cannot be found`,
      hint: 'Set version to the one that it was trained on.',
    };
  const patience = outagePatience(here);
  const bundle = (await ifThere(() => getResults(here, version, patience))) ?? readResults({ models: [] });
  const jobs = await listJobs(here, patience);
  const ours = asListed({ ...training, version }, jobs);
  const notOwn = whyNotOwn(bundle, ours);
  const hint = `To judge one of them, look up its training id on Roboflow, and set route to "trainings", version to ${version} and job-id to that id.`;
  const isReplaced = startedAfter(ours, jobs).length > 0;
  if (notOwn !== undefined) return { kind: 'not-yet', reason: notOwn, ...(isReplaced && { hint }) };
  const isNamed = bundle.trainingId === ours.id;
  if (!isNamed && JSON.stringify(bundle.models) === before?.results?.text)
    return {
      kind: 'not-yet',
      reason: `Version ${version} still shows the results that it had before training ${ours.id} ended`,
    };
  const type = typeOfResults(bundle, ours.modelType);
  const isPossible = (other: Training) => !isOtherType(other.modelType, type);
  const others = otherOwners(ours, jobs, before).filter(isPossible);
  // A model is listed before it has metrics, so those of one that had ended may show only now.
  const late = startedAfter(ours, before?.trainings ?? jobs, LONGEST_TRAINING_MS - 1).filter(isPossible);
  const owners = new Set([...others, ...(before?.results?.haveMetrics ? [] : late)]);
  if (!isNamed && bundle.models.length > 0 && owners.size > 0)
    return { kind: 'unclear', ...ownerUnknown(ours, [...owners]), hint };
  const identify = async () => ownershipOf(ours, bundle, jobs, others, here.project);
  return gatherModels({ here, training: ours, bundle, identify }, wanted);
}
