import { withHeadline } from '../../gate/decide.ts';
import { candidatesOf } from '../../gate/model.ts';
import { mostAccurate } from '../../gate/rank.ts';
import type { Rule } from '../../gate/rules.ts';
import type { EarlierVersion } from '../../report/against.ts';
import type { VersionPoint } from '../../report/conclusion.ts';
import { listModels } from '../endpoints/project.ts';
import { ApiError } from '../http/failure.ts';
import type { InProject } from '../http/in-project.ts';
import type { ModelRow } from '../schema/results-body.ts';
import { distinctModels } from './model-identity.ts';
import { modelOfList } from './read-model.ts';

/** What the project's earlier versions reached, for information: no rule is judged by it. */
export interface ProjectHistory {
  /** The newest lower version that has a model with metrics. */
  readonly previous: EarlierVersion | undefined;
  /** The best of each lower version, highest first. */
  readonly history: readonly VersionPoint[];
}

const MOST_VERSIONS = 9;
/** Of a project of which nothing is known. */
export const NO_HISTORY: ProjectHistory = { previous: undefined, history: [] };

/** Reads the models list once. If it is refused or does not come, there is no history. */
export async function readHistory(
  here: InProject,
  version: number,
  rules: readonly Rule[],
  nowMs: number,
): Promise<ProjectHistory> {
  try {
    const rows = await listModels(here, undefined, { untilMs: nowMs });
    return historyBelow(version, rows, rules);
  } catch (error) {
    if (error instanceof ApiError) return NO_HISTORY;
    throw error;
  }
}

function historyBelow(version: number, rows: readonly ModelRow[], rules: readonly Rule[]): ProjectHistory {
  const lower = rows.filter((row) => row.version !== undefined && row.version < version);
  const byVersion = [...Map.groupBy(lower, (row) => row.version ?? 0)].sort(([a], [b]) => b - a);
  const reached = byVersion.flatMap(([number, own]) => {
    const models = distinctModels(own.flatMap((row) => modelOfList(row.body, row.modelType) ?? []));
    const best = mostAccurate(candidatesOf(models));
    return best === undefined ? [] : [{ version: number, models, best }];
  });
  const [newest] = reached;
  return {
    previous: newest && {
      version: newest.version,
      results: withHeadline({ models: newest.models, recommended: new Map() }, rules),
    },
    history: reached
      .slice(0, MOST_VERSIONS)
      .map(({ version: number, best }) => ({ version: number, metrics: best.metrics })),
  };
}
