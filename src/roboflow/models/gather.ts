import type { Model } from '../../gate/model.ts';
import type { Context } from '../../lib/context.ts';
import { PATIENCE_MS } from '../../lib/patience.ts';
import { hasMetrics, type ResultsReading, type TrainingResults } from '../../training/results.ts';
import type { Training } from '../../training/training.ts';
import { listModels, type ProjectRef } from '../endpoints/project.ts';
import { getVersion } from '../endpoints/version.ts';
import type { Api } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { unlessRefused } from '../http/outcome.ts';
import type { Patience } from '../http/retry.ts';
import type { ResultsBody } from '../schema/results.ts';
import { distinctModels } from './distinct.ts';
import { modelOfList, modelOfResults, modelOfVersion } from './metrics.ts';
import { isOwnRow, isOwnVersionModel, type Ownership, ownerUnknown } from './ownership.ts';

/** Results are read for as long as a training is watched: to lose them would be to lose the training. */
export function resultsPatience({ clock }: Pick<Context, 'clock'>): Patience {
  return { untilMs: clock.now() + PATIENCE_MS, knownToExist: true };
}

/** A training whose results are wanted, and what the API gives as its own results. */
export interface EndedTraining {
  readonly training: Training & { readonly version: number };
  readonly bundle: ResultsBody;
  /** Finds out what tells its models from others, if its own results name none. */
  readonly identify: () => Promise<Ownership>;
}

/**
 * The models of a training, from the first that has metrics of its results, the models list and the version: the results of
 * a fine-tune often hold no model at all (docs/roboflow-api.md#d4-fine-tunes-without-models). Only what certainly is of this
 * training counts. The models list needs a scope of its own, so if it is refused the version is read.
 * @throws ApiError if the version is refused, or the models list is and the version has no metrics
 */
export async function gatherModels(
  api: Api,
  project: ProjectRef,
  { training, bundle, identify }: EndedTraining,
  context: Context,
): Promise<ResultsReading> {
  const type = bundle.modelType ?? training.modelType;
  const base = { trainingId: bundle.trainingId, recommended: bundle.recommended };
  const inResults = distinctModels(bundle.models.flatMap((body) => modelOfResults(body, type) ?? []));
  if (hasMetrics(inResults)) return complete({ ...base, models: inResults, source: 'the training results' });

  const named = inResults.map(({ id }) => id);
  const own = named.length > 0 ? ownershipOf(named, training, project) : await identify();
  const patience = resultsPatience(context);
  const inList = await unlessRefused(() => modelsInList(api, project, own, patience));
  if (!(inList instanceof ApiError) && hasMetrics(inList))
    return complete({ ...base, models: inList, source: 'the models list' });

  const inVersion = await modelOfTheVersion(api, project, own, type, patience);
  if (hasMetrics(inVersion))
    return complete({ ...base, models: inVersion, source: `version ${training.version}` });
  if (inList instanceof ApiError) throw inList;
  return withoutMetrics(training, { ...base, models: inResults, source: 'no answer' }, own);
}

function complete(results: TrainingResults): ResultsReading {
  return { kind: 'complete', results };
}

function withoutMetrics(
  training: EndedTraining['training'],
  results: TrainingResults,
  { others }: Ownership,
): ResultsReading {
  if (others.length > 0) return { kind: 'not-yet', ...ownerUnknown(training, others) };
  const missing = `No metrics of training ${training.id} are reported yet`;
  return { kind: 'incomplete', results, missing };
}

/** The training whose models `modelIds` are; nothing more has to be known of it. */
function ownershipOf(
  modelIds: readonly string[],
  { version, modelType, createdAtMs }: EndedTraining['training'],
  { workspace }: ProjectRef,
): Ownership {
  const unused = { group: undefined, others: [], isOnlyOne: false };
  return { workspace, version, modelIds, modelType, startedAtMs: createdAtMs, ...unused };
}

async function modelsInList(
  api: Api,
  project: ProjectRef,
  own: Ownership,
  patience: Patience,
): Promise<readonly Model[]> {
  const rows = await listModels(api, project, own.group, patience);
  const models = distinctModels(
    rows.filter((row) => isOwnRow(row, own)).flatMap(({ body }) => modelOfList(body) ?? []),
  );
  const areNamed = own.modelIds.length > 0 || own.group !== undefined;
  return areNamed || models.length === 1 ? models : [];
}

async function modelOfTheVersion(
  api: Api,
  project: ProjectRef,
  own: Ownership,
  type: string | undefined,
  patience: Patience,
): Promise<readonly Model[]> {
  const { model } = await getVersion(api, project, own.version, patience);
  if (model === undefined || !isOwnVersionModel(model, own)) return [];
  return [modelOfVersion(model.body, type)].filter((each) => each !== undefined);
}
