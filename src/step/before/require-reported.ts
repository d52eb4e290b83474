import { decides, formatRule, type Rule } from '../../gate/rules.ts';
import type { Log } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { neverReports, reportedBy } from '../../training/project-type.ts';

/** A rule on a metric that no training of such a project reports is refused, or told of if it only warns. */
export function requireReported(projectType: string | undefined, rules: readonly Rule[], log: Log): void {
  const never = rules.filter(({ metric }) => neverReports(projectType, metric));
  const namesOf = (some: readonly Rule[]) =>
    some.map((rule) => `the rule "${formatRule(rule)}"`).join(' and ');
  const [refused, told] = [namesOf(never.filter(decides)), namesOf(never.filter((rule) => !decides(rule)))];
  const why = `No training of a project of type ${projectType} reports that, so`;
  const hint = `It may report ${reportedBy(projectType).join(', ')}.`;
  if (told !== '') log.warning(`${why} ${told} will not be judged. ${hint}`);
  if (refused !== '')
    throw new TrainGateError(`${why} ${refused} could not be judged, and nothing was started.`, { hint });
}
