import type { Baseline } from '../../gate/decide.ts';
import type { Context } from '../../lib/context.ts';
import type { ProjectRef } from '../../roboflow/endpoints/project.ts';
import type { Api } from '../../roboflow/http/api.ts';
import { NO_HISTORY, type ProjectHistory, readHistory } from '../../roboflow/results/read-history.ts';
import type { Training } from '../../training/training.ts';

/** Without a baseline, the report compares with the version before, for information. */
export function historyFor(
  { version }: Training,
  baseline: Baseline,
  api: Api,
  project: ProjectRef,
  { clock }: Context,
): Promise<ProjectHistory> {
  if (version === undefined || baseline.kind !== 'none') return Promise.resolve(NO_HISTORY);
  return readHistory(api, project, version, clock.now());
}
