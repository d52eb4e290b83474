import type { Model } from '../../gate/model.ts';
import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { ApiError } from '../../lib/errors.ts';
import { hasMetrics, type TrainingResults } from '../../training/results.ts';
import type { Training } from '../../training/training.ts';
import { getVersion, listModels, type ProjectRef } from '../endpoints/project.ts';
import type { Api } from '../http/api.ts';
import type { Patience } from '../http/persist.ts';
import { isPassing } from '../http/retry.ts';
import type { ResultsBody } from '../schema/results.ts';
import { eachOnce } from './each-once.ts';
import { modelOfList, modelOfResults, modelOfVersion } from './metrics.ts';
import { isOwnRow, isOwnVersionModel, type RunIdentity } from './own-models.ts';

/** Reading results goes on as long as watching the run did: losing them would lose the run. */
export function resultsPatience(api: Api): Partial<Patience> {
  return { untilMs: api.context.clock.now() + OUTAGE_PATIENCE_MS, knownToExist: true };
}

/** What `read` gives, or the error where the API refuses it for good: another source may have it. */
async function unlessRefused<Value>(read: () => Promise<Value>): Promise<Value | ApiError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError && !isPassing(error.failure)) return error;
    throw error;
  }
}

/** A run whose results are wanted. */
export interface EndedRun {
  readonly training: Training & { readonly version: number };
  /** What the API gives as the run's own results. */
  readonly results: ResultsBody;
  /** Finds out what tells its models from others, where its own results name none. */
  readonly identify: () => Promise<RunIdentity>;
}

/**
 * The models of a run, from the first of results, models list and version that has metrics: the results of a fine-tune
 * often hold no model at all (docs/roboflow-api.md#d4-fine-tunes-without-models). Only what certainly is of this run counts; there may be nothing yet.
 * The models list needs a scope of its own, so a refusal of it leads on to the version.
 * @throws ApiError where results or version are refused, or the models list is and the version has no metrics
 */
export async function gatherResults(
  api: Api,
  project: ProjectRef,
  { training, results, identify }: EndedRun,
): Promise<TrainingResults> {
  const type = results.modelType ?? training.modelType;
  const base = { trainingId: results.trainingId, recommended: results.recommended };
  const inResults = eachOnce(results.models.flatMap((body) => modelOfResults(body, type) ?? []));
  if (hasMetrics(inResults)) return { ...base, models: inResults, source: 'the training results' };

  const named = inResults.map(({ id }) => id);
  const run = named.length > 0 ? namedRun(named, training, project) : await identify();
  const inList = await unlessRefused(() => modelsInList(api, project, run));
  if (!(inList instanceof ApiError) && hasMetrics(inList))
    return { ...base, models: inList, source: 'the models list' };

  const inVersion = await modelOfTheVersion(api, project, run, type);
  if (hasMetrics(inVersion)) return { ...base, models: inVersion, source: `version ${training.version}` };
  if (inList instanceof ApiError) throw inList;
  return { ...base, models: inResults, source: nowhere(run) };
}

/** The run whose models `modelIds` are; nothing more has to be known of it. */
function namedRun(
  modelIds: readonly string[],
  { version, modelType, createdAtMs }: EndedRun['training'],
  { workspace }: ProjectRef,
): RunIdentity {
  return {
    workspace,
    version,
    modelIds,
    group: undefined,
    modelType,
    begunAtMs: createdAtMs,
    rivals: undefined,
    isOnlyOne: false,
  };
}

async function modelsInList(api: Api, project: ProjectRef, run: RunIdentity): Promise<readonly Model[]> {
  const rows = await listModels(api, project, run.group, resultsPatience(api));
  const own = rows.filter((row) => isOwnRow(row, run));
  const models = eachOnce(own.flatMap(({ body }) => modelOfList(body) ?? []));
  const areKnown = run.modelIds.length > 0 || run.group !== undefined;
  return areKnown || models.length === 1 ? models : [];
}

async function modelOfTheVersion(
  api: Api,
  project: ProjectRef,
  run: RunIdentity,
  type: string | undefined,
): Promise<readonly Model[]> {
  const { model } = await getVersion(api, project, run.version, resultsPatience(api));
  if (model === undefined || !isOwnVersionModel(model, run)) return [];
  return [modelOfVersion(model.body, type)].filter((each) => each !== undefined);
}

function nowhere({ rivals = [] }: RunIdentity): string {
  const others =
    rivals.length === 0
      ? ''
      : `; models that may be of another training (${rivals.map(({ id }) => id).join(', ')}) are left out`;
  return `nowhere: neither results, nor models list, nor version have metrics of this run${others}`;
}
