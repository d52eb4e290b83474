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

/** What the project's earlier versions reached, for information: no rule is judged by it. */
export interface ProjectHistory {
  /** The newest lower version that has a model with metrics, and its models. */
  readonly newest: { readonly version: number; readonly models: readonly Model[] } | undefined;
  /** The best of each lower version, highest first. */
  readonly history: readonly VersionPoint[];
}

const MOST_VERSIONS = 9;
/** Of a project of which nothing is known. */
export const NO_HISTORY: ProjectHistory = { newest: undefined, history: [] };

/** Reads the models list once. If it is refused or does not come, there is no history. */
export async function readHistory(here: InProject, version: number): Promise<ProjectHistory> {
  const { versions } = (await readProjectModels(here)) ?? { versions: [] };
  const reached = versions.filter((each) => each.version < version);
  const history = reached.map(({ version: number, best }) => ({ version: number, metrics: best.metrics }));
  return { newest: reached[0], history: history.slice(0, MOST_VERSIONS) };
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
  { newest }: Pick<ProjectHistory, 'newest'>,
  modelType: string | undefined,
  rules: readonly Rule[],
): PastTraining | undefined {
  if (newest === undefined) return undefined;
  const { version, models } = newest;
  const resultsOf = (some: readonly Model[]) => withHeadline({ models: some, recommended: new Map() }, rules);
  const same = resultsOf(models.filter(({ type }) => isSameType(type, modelType)));
  const isOfSameType = same.headline !== undefined;
  const results = isOfSameType ? same : resultsOf(models);
  return { version, modelType: results.headline?.type, isSameType: isOfSameType, results };
}
