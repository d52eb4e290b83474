import type { Model } from '../gate/model.ts';
import { PATIENCE_MS } from '../training/patience.ts';
import { hasMetrics, type RunResults } from '../training/results.ts';
import { sameModelType, type Training } from '../training/training.ts';
import type { Api } from './api.ts';
import { getVersion, listModels, type ProjectRef } from './client.ts';
import { modelOfList, modelOfResults, modelOfVersion } from './metrics.ts';
import type { Patience } from './persist.ts';
import type { ResultsBody } from './wire/results.ts';

/** Reading results goes on as long as watching the run did: losing them would lose the run. */
export function resultsPatience(api: Api): Partial<Patience> {
  return { untilMs: api.context.clock.now() + PATIENCE_MS, knownToExist: true };
}

/**
 * The models of a run, from the first of results, models list and version that has metrics: the results of a fine-tune
 * often hold no model at all (API reference, D4).
 */
export async function gatherResults(
  api: Api,
  project: ProjectRef,
  training: Training & { readonly version: number },
  bundle: ResultsBody,
): Promise<RunResults> {
  const type = bundle.modelType ?? training.modelType;
  const base = { trainingId: bundle.trainingId, recommended: bundle.recommended };
  const inResults = bundle.models.flatMap((body) => modelOfResults(body, type) ?? []);
  if (hasMetrics(inResults)) return { ...base, models: inResults, source: 'the training results' };

  const inList = await modelsInList(api, project, training, bundle.modelGroup);
  if (hasMetrics(inList)) return { ...base, models: inList, source: 'the models list' };

  const { model } = await getVersion(api, project, training.version, resultsPatience(api));
  const inVersion =
    model === undefined ? [] : [modelOfVersion(model, type)].filter((each) => each !== undefined);
  if (hasMetrics(inVersion)) return { ...base, models: inVersion, source: `version ${training.version}` };
  return {
    ...base,
    models: inResults,
    source: 'nowhere: neither results, nor models list, nor version have metrics',
  };
}

async function modelsInList(
  api: Api,
  { workspace, project }: ProjectRef,
  training: Training & { readonly version: number },
  group: string | undefined,
): Promise<readonly Model[]> {
  const rows = await listModels(api, { workspace, project }, group, resultsPatience(api));
  const own = group === undefined ? rows.filter((row) => belongsTo(row, project, training)) : rows;
  const models = own.flatMap((row) => modelOfList(row) ?? []);
  return group === undefined && models.length > 1 ? [] : models;
}

/** Clocks of client and server, and of the server's own parts, need not agree to the second. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Whether a row of the project's models certainly is of this run: its version, its model type, and made after the run
 * began. A row that does not tell is left out; judging another run's model would be worse than none.
 */
function belongsTo(
  row: Readonly<Record<string, unknown>>,
  project: string,
  training: Training & { readonly version: number },
): boolean {
  if (!namesVersion(row, project, training.version)) return false;
  const { modelType } = row;
  if (
    typeof modelType === 'string' &&
    training.modelType !== undefined &&
    !sameModelType(modelType, training.modelType)
  )
    return false;
  const createdMs = typeof row.created === 'string' ? Date.parse(row.created) : Number.NaN;
  return (
    training.createdAtMs === undefined ||
    Number.isNaN(createdMs) ||
    createdMs >= training.createdAtMs - CLOCK_SKEW_MS
  );
}

/** The version stands in the url (`w/p/7`), in a field of its own, or at the start of the slug that a run is given. */
function namesVersion(row: Readonly<Record<string, unknown>>, project: string, version: number): boolean {
  const [, second = '', third] = typeof row.url === 'string' ? row.url.split('/') : [];
  if (third !== undefined) return second === project && third === String(version);
  if (typeof row.version === 'string' || typeof row.version === 'number')
    return String(row.version).split('/').at(-1) === String(version);
  return second.startsWith(`${project}-${version}-`);
}
