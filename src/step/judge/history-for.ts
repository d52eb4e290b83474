import type { Baseline } from '../../gate/decide.ts';
import type { Rule } from '../../gate/rules.ts';
import type { InProject } from '../../roboflow/http/in-project.ts';
import { NO_HISTORY, type ProjectHistory, readHistory } from '../../roboflow/results/read-history.ts';
import type { Training } from '../../training/training.ts';

/** Without a baseline, the report compares with the version before, for information. */
export function historyFor(
  { version }: Training,
  baseline: Baseline,
  rules: readonly Rule[],
  here: InProject,
): Promise<ProjectHistory> {
  const { clock } = here;
  if (version === undefined || baseline.kind !== 'none') return Promise.resolve(NO_HISTORY);
  return readHistory(here, version, rules, clock.now());
}
