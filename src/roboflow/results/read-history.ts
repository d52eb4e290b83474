import type { Model } from '../../gate/model.ts';
import { headlineOf } from '../../gate/picks.ts';
import type { EarlierVersion } from '../../report/against.ts';
import type { VersionPoint } from '../../report/conclusion.ts';
import { listModels } from '../endpoints/project.ts';
import { ApiError } from '../http/failure.ts';
import type { InProject } from '../http/in-project.ts';
import type { ModelRow } from '../schema/results-body.ts';
import { distinctModels } from './distinct.ts';
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
export async function readHistory(here: InProject, version: number, nowMs: number): Promise<ProjectHistory> {
  try {
    const rows = await listModels(here, undefined, { untilMs: nowMs });
    return historyBelow(version, rows);
  } catch (error) {
    if (error instanceof ApiError) return NO_HISTORY;
    throw error;
  }
}

function historyBelow(version: number, rows: readonly ModelRow[]): ProjectHistory {
  const lower = rows.filter((row) => row.version !== undefined && row.version < version);
  const byVersion = [...Map.groupBy(lower, (row) => row.version ?? 0)].sort(([a], [b]) => b - a);
  const reached = byVersion.flatMap(([number, own]) => {
    const models = distinctModels(own.flatMap((row) => modelOfList(row.body, row.modelType) ?? []));
    const headline = headlineOf(models);
    return headline === undefined ? [] : [{ version: number, models, headline }];
  });
  const [newest] = reached;
  return {
    previous: newest && { version: newest.version, results: resultsOf(newest.models) },
    history: reached
      .slice(0, MOST_VERSIONS)
      .map(({ version: number, headline }) => ({ version: number, metrics: headline.metrics })),
  };
}

function resultsOf(models: readonly Model[]): EarlierVersion['results'] {
  return { models, recommended: new Map() };
}
