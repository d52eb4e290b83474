import { isRecord } from '../../lib/json.ts';
import type { ResultsReading, WantedResults } from '../../training/await-results.ts';
import { type Before, mayHaveEndedAfter, otherOwners, stillToShow } from '../../training/before.ts';
import { isOtherType, isSearch } from '../../training/model-type.ts';
import { endedWithoutModel, type Training } from '../../training/training.ts';
import { listJobs } from '../endpoints/jobs.ts';
import { getResults } from '../endpoints/version.ts';
import type { InProject, ProjectRef } from '../http/api.ts';
import { ifThere } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import { gatherModels } from '../results/gather.ts';
import { type Ownership, ownerUnknown, typeOfResults, whyNotOwn } from '../results/ownership.ts';
import { modelOfResults } from '../results/read-model.ts';
import { type ResultsBody, readResults } from '../schema/results-body.ts';

type OnVersion = Training & { readonly version: number };

/** What a version shows as its results now, as text to compare with later; undefined if that is nothing to judge. */
export async function shownResults(here: InProject, version: number): Promise<string | undefined> {
  return textOf(await ifThere(() => getResults(here, version)));
}

function textOf(bundle: ResultsBody | undefined): string | undefined {
  return bundle === undefined || bundle.models.length === 0 ? undefined : JSON.stringify(bundle.models);
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
  const { project } = here;
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
  const ours = { ...withListed(training, jobs), version };
  const notOwn = whyNotOwn(bundle, ours);
  if (notOwn !== undefined) return { kind: 'not-yet', reason: notOwn };
  const isNamed = bundle.trainingId === ours.id;
  if (!isNamed && before?.results !== undefined && textOf(bundle) === before.results)
    return {
      kind: 'not-yet',
      reason: `Version ${version} still shows the results that it had before training ${ours.id} ended`,
    };
  const type = typeOfResults(bundle, ours.modelType);
  const isPossible = (other: Training) => !isOtherType(other.modelType, type);
  const others = otherOwners(ours, jobs, before).filter(isPossible);
  const late = before ? lateOnes(before) : mayHaveEndedAfter(ours, jobs);
  const owners = [...new Set([...others, ...late.filter(isPossible)])];
  if (!isNamed && bundle.models.length > 0 && owners.length > 0)
    return { kind: 'unclear', ...ownerUnknown(ours, owners) };
  const identify = async () => ownershipOf(project, ours, bundle, others, jobs);
  return gatherModels({ here, training: ours, bundle, identify }, wanted);
}

/** Trainings that had ended before, and whose metrics may show only now: a model is listed before it has any. */
function lateOnes(before: Before): readonly Training[] {
  const shown: unknown = before.results === undefined ? [] : JSON.parse(before.results);
  const models = Array.isArray(shown) ? shown.filter(isRecord) : [];
  const hadMetrics = models.some((model) => (modelOfResults(model, undefined)?.metrics.size ?? 0) > 0);
  return hadMetrics ? [] : stillToShow(before);
}

function withListed(training: Training, jobs: readonly Training[]): Training {
  const listed = jobs.find(({ id }) => id === training.id);
  return {
    ...training,
    modelType: training.modelType ?? listed?.modelType,
    // If Roboflow did not say, a start is dated by the clock of the runner.
    createdAtMs: listed?.createdAtMs ?? training.createdAtMs,
  };
}

function ownershipOf(
  project: ProjectRef,
  { id, version, modelType, createdAtMs }: OnVersion,
  bundle: ResultsBody,
  others: readonly Training[],
  jobs: readonly Training[],
): Ownership {
  const withModel = jobs.filter(
    (job) => (job.version ?? version) === version && !endedWithoutModel(job.phase),
  );
  return {
    ...project,
    version,
    modelIds: [],
    group: bundle.modelGroup,
    modelType: isSearch(modelType) ? modelType : (bundle.modelType ?? modelType),
    startedAtMs: createdAtMs,
    others,
    isOnlyOne: withModel.every((job) => job.id === id),
  };
}
