import type { PastTraining } from '../../gate/baseline.ts';
import { withHeadline } from '../../gate/headline.ts';
import { candidatesOf, type Model, trainedHardware } from '../../gate/model.ts';
import { mostAccurate } from '../../gate/rank.ts';
import type { Rule } from '../../gate/rules.ts';
import type { VersionPoint } from '../../report/conclusion.ts';
import { isSameType } from '../../training/model-type.ts';
import { listModels } from '../endpoints/project.ts';
import type { InProject } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { unlessFailed } from '../http/outcome.ts';
import type { ModelRow } from '../schema/results-body.ts';
import { distinctModels } from './model-identity.ts';
import { modelOfList } from './read-model.ts';

const MOST_VERSIONS = 9;

/** The lower versions that have a model with metrics, for information: no rule is judged by them. If the list is refused or does not come, none. */
export async function readHistory(here: InProject, version: number): Promise<readonly ReachedVersion[]> {
  const { versions } = (await readProjectModels(here)) ?? { versions: [] };
  return versions.filter((each) => each.version < version);
}

/** What the best model of `modelType` reached on each of the newest of these versions that have one. */
export function historyOf(
  versions: readonly ReachedVersion[],
  modelType: string | undefined,
): readonly VersionPoint[] {
  const points = versions.flatMap(({ version, models }) => {
    const best = mostAccurate(candidatesOf(ofType(models, modelType)));
    return best === undefined ? [] : [{ version, metrics: best.metrics }];
  });
  return points.slice(0, MOST_VERSIONS);
}

function ofType(models: readonly Model[], modelType: string | undefined): readonly Model[] {
  return models.filter(({ type }) => isSameType(type, modelType));
}

/** What the models of a version reach. */
export interface ReachedVersion {
  readonly version: number;
  readonly models: readonly Model[];
  readonly best: Model;
}

/** What the models list tells of a project. */
export interface ProjectModels {
  /** Those that have a model with metrics, highest first. */
  readonly versions: readonly ReachedVersion[];
  /** Every hardware that a search was measured on. */
  readonly hardware: readonly string[];
}

/** Reads the models list once; undefined if it is refused or does not come. */
export async function readProjectModels(here: InProject): Promise<ProjectModels | undefined> {
  const rows = await unlessFailed(() => listModels(here, undefined, { untilMs: here.clock.now() }));
  if (rows instanceof ApiError) return undefined;
  const byVersion = [...Map.groupBy(rows, (row) => row.version ?? 0)].sort(([a], [b]) => b - a);
  const models = byVersion.map(([version, own]) => ({ version, models: modelsIn(own) }));
  const versions = models.flatMap((each) => {
    const best = mostAccurate(candidatesOf(each.models));
    return best === undefined || each.version === 0 ? [] : [{ ...each, best }];
  });
  return { versions, hardware: trainedHardware(models.flatMap((each) => each.models)) };
}

function modelsIn(rows: readonly ModelRow[]): readonly Model[] {
  return distinctModels(rows.flatMap((row) => modelOfList(row.body, row.modelType) ?? []));
}

/** What a training of `modelType` is compared with for information: the models of its type if there are any, else all. */
export function previousOf(
  [newest]: readonly Omit<ReachedVersion, 'best'>[],
  modelType: string | undefined,
  rules: readonly Rule[],
): PastTraining | undefined {
  if (newest === undefined) return undefined;
  const { version, models } = newest;
  const resultsOf = (some: readonly Model[]) => withHeadline({ models: some, recommended: new Map() }, rules);
  const same = resultsOf(ofType(models, modelType));
  const isOfSameType = same.headline !== undefined;
  const results = isOfSameType ? same : resultsOf(models);
  return { version, modelType: results.headline?.type, isSameType: isOfSameType, results };
}
