import type { PastTraining } from '../../gate/baseline.ts';
import { withHeadline } from '../../gate/headline.ts';
import { candidatesOf, type Model } from '../../gate/model.ts';
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
  const rows = await unlessFailed(() => listModels(here, undefined, { untilMs: here.clock.now() }));
  return rows instanceof ApiError ? NO_HISTORY : historyBelow(version, rows);
}

function historyBelow(version: number, rows: readonly ModelRow[]): ProjectHistory {
  const lower = rows.filter((row) => row.version !== undefined && row.version < version);
  const byVersion = [...Map.groupBy(lower, (row) => row.version ?? 0)].sort(([a], [b]) => b - a);
  const reached = byVersion.flatMap(([number, own]) => {
    const models = distinctModels(own.flatMap((row) => modelOfList(row.body, row.modelType) ?? []));
    const best = mostAccurate(candidatesOf(models));
    return best === undefined ? [] : [{ version: number, models, best }];
  });
  const history = reached.map(({ version: number, best }) => ({ version: number, metrics: best.metrics }));
  return { newest: reached[0], history: history.slice(0, MOST_VERSIONS) };
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
