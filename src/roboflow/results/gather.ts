import type { AccuracyMetric } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { once } from '../../lib/promises.ts';
import {
  hasMetrics,
  type ResultsReading,
  type TrainingResults,
  type WantedResults,
} from '../../training/await-results.ts';
import { isSearch } from '../../training/model-type.ts';
import { listModels } from '../endpoints/project.ts';
import { getVersion } from '../endpoints/version.ts';
import type { InProject, ProjectRef } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { unlessFailed, unlessRefused } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import type { ResultsBody } from '../schema/results-body.ts';
import type { VersionBody } from '../schema/version-body.ts';
import { distinctModels, isSameModel } from './model-identity.ts';
import { isOwnRow, type OnVersion, type Ownership, ownerUnknown } from './ownership.ts';
import { modelOfList, modelOfResults } from './read-model.ts';
import { ownVersionModel, withDetailsOf, withMetrics } from './version-results.ts';

interface EndedTraining {
  readonly here: InProject;
  readonly training: OnVersion;
  readonly bundle: ResultsBody;
  /** Finds out what tells its models from others. */
  readonly identify: () => Promise<Ownership>;
}

interface EndedReads extends EndedTraining {
  readonly type: string | undefined;
  readonly readVersion: () => Promise<VersionBody>;
}

type Gathered = Pick<TrainingResults, 'models' | 'source' | 'onlyModel'>;

/**
 * The models of a training, from the first that has metrics of its results, the models list and the version: the results of
 * a fine-tune often hold no model at all (docs/internals/roboflow-api.md#d4-fine-tunes-without-models). Only what certainly is of this
 * training counts.
 * @param wanted metrics that are looked for in the version too, if a fine-tune's model does not report them
 * @throws ApiError if the version is refused, or the models list is and the version has no metrics
 */
export async function gatherModels(given: EndedTraining, wanted: WantedResults): Promise<ResultsReading> {
  const { here, training, bundle } = given;
  const type = bundle.modelType ?? training.modelType;
  const readVersion = once(() => getVersion(here, training.version, outagePatience(here)));
  const ended = { ...given, type, identify: once(given.identify), readVersion };
  const models = distinctModels(bundle.models.flatMap((body) => modelOfResults(body, type) ?? []));
  const reading = hasMetrics(models)
    ? { models, source: 'the training results' }
    : await elsewhere(ended, models);
  if ('kind' in reading) return reading;
  const found = await withVersion(reading, wanted, ended);
  const recommended = namedLike(found.models, bundle.recommended, here.project);
  const results = { trainingId: bundle.trainingId, ...found, recommended };
  const reason = isSearch(type) ? missingOf(bundle, found.models) : missingDetails(results, wanted);
  if (reason === undefined) return { kind: 'complete', results };
  return { kind: 'incomplete', results, reason, lacks: isSearch(type) ? 'models' : 'classes' };
}

/** Children of a search come in a burst near its end, and their metrics after them. */
function missingOf({ modelCount = 0 }: ResultsBody, models: readonly Model[]): string | undefined {
  const unmeasured = models.filter(({ finished, metrics }) => finished && metrics.size === 0).length;
  if (models.length < modelCount) return `Only ${models.length} of ${modelCount} models are listed`;
  return unmeasured === 0 ? undefined : `${unmeasured} of ${models.length} models report no metrics`;
}

/** The results by class of a version may come after its metrics. */
function missingDetails(
  { models, onlyModel }: TrainingResults,
  { details }: WantedResults,
): string | undefined {
  const isLate = details === 'needed' && onlyModel?.isOnlyOfVersion === true && !models[0]?.details;
  return isLate ? 'The version shows no results by class yet' : undefined;
}

/** `recommended` with the ids that `models` have: answers write them with and without the workspace. */
function namedLike(
  models: readonly Model[],
  recommended: ReadonlyMap<string, string>,
  { workspace }: ProjectRef,
): ReadonlyMap<string, string> {
  const named = [...recommended].map(([hardware, modelId]) => {
    const model = models.find(({ id }) => isSameModel(id, modelId, workspace));
    return [hardware, model?.id ?? modelId] as const;
  });
  return new Map(named);
}

/** The models list needs a scope of its own, so if it is refused the version is read all the same. */
async function elsewhere(ended: EndedReads, inResults: readonly Model[]): Promise<Gathered | ResultsReading> {
  const { training, bundle } = ended;
  const own = inResults.length > 0 ? ownerOf(inResults, ended) : await ended.identify();
  const inList = await unlessRefused(() => modelsInList(ended, own));
  if (!(inList instanceof ApiError) && hasMetrics(inList))
    return { models: inList, source: 'the models list' };
  const inVersion = ownVersionModel(await ended.readVersion(), own, ended.type);
  if (inVersion !== undefined && hasMetrics([inVersion]))
    return { models: [inVersion], source: `version ${training.version}` };
  if (inList instanceof ApiError) throw inList;
  if (own.others.length > 0) return { kind: 'not-yet', ...ownerUnknown(training, own.others) };
  const { trainingId, recommended } = bundle;
  const results = { trainingId, recommended, models: inResults, source: 'nowhere' };
  const reason = `No metrics of training ${training.id} are reported yet`;
  return { kind: 'incomplete', results, reason, lacks: 'models' };
}

/** Of the training whose models these are nothing more has to be known. */
function ownerOf(models: readonly Model[], { here, training }: EndedTraining): Ownership {
  const { version, modelType, createdAtMs: startedAtMs } = training;
  const modelIds = models.map(({ id }) => id);
  const unused = { group: undefined, others: [], isOnlyOne: false };
  return { ...here.project, version, modelIds, modelType, startedAtMs, ...unused };
}

async function modelsInList({ here }: EndedReads, own: Ownership): Promise<readonly Model[]> {
  const rows = await listModels(here, own.group, outagePatience(here));
  const models = distinctModels(
    rows.filter((row) => isOwnRow(row, own)).flatMap(({ body }) => modelOfList(body, own.modelType) ?? []),
  );
  const areNamed = own.modelIds.length > 0 || own.group !== undefined;
  return areNamed || models.length === 1 ? models : [];
}

/**
 * The only model of a fine-tune, with what just the version reports: wanted metrics, and what it reaches by class and split. The
 * version's training results name no training, so they count only if it never had another one (docs/internals/roboflow-api.md#version).
 * @throws ApiError if rules need it and it cannot be read
 */
async function withVersion(found: Gathered, wanted: WantedResults, reads: EndedReads): Promise<Gathered> {
  const [only, ...others] = found.models;
  if (only === undefined || others.length > 0) return found;
  const lacks = (metric: AccuracyMetric) => !only.metrics.has(metric);
  const lacking = [...wanted.metrics, ...wanted.toldMetrics].filter(lacks);
  const details = isSearch(reads.type) ? 'none' : wanted.details;
  const read = () => readOfVersion(only, found.source, lacking, details !== 'none', reads);
  if (wanted.metrics.some(lacks) || details === 'needed') return read();
  if (lacking.length === 0 && details === 'none') return found;
  const told = await unlessFailed(read);
  return told instanceof ApiError ? found : told;
}

async function readOfVersion(
  only: Model,
  source: string,
  lacking: readonly AccuracyMetric[],
  hasDetails: boolean,
  { identify, readVersion, type, training }: EndedReads,
): Promise<Gathered> {
  const own = await identify();
  const isDetailed = hasDetails && own.isOnlyOne && own.group === undefined;
  const version = isDetailed || lacking.length > 0 ? await readVersion() : undefined;
  const shown = version && ownVersionModel(version, own, type);
  const isMore = shown !== undefined && lacking.some((metric) => shown.metrics.has(metric));
  const model = isMore ? withMetrics(only, shown.metrics) : only;
  return {
    models: [version && isDetailed ? withDetailsOf(version, model) : model],
    source: isMore ? `${source} and version ${training.version}` : source,
    ...(hasDetails && {
      onlyModel: { isOnlyOfVersion: own.isOnlyOne, trainedSinceMs: own.startedAtMs },
    }),
  };
}
