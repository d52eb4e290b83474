import type { Inputs } from '../../inputs/inputs.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { NO_HISTORY, type ProjectHistory, readHistory } from '../../roboflow/results/read-history.ts';

/** Without a baseline, the report compares with the version before, for information. */
export function historyFor(
  version: number | undefined,
  { baseline }: Pick<Inputs, 'baseline'>,
  here: InProject,
): Promise<ProjectHistory> {
  if (version === undefined || baseline !== undefined) return Promise.resolve(NO_HISTORY);
  return readHistory(here, version, here.clock.now());
}
