import type { Metric } from '../../gate/metric.ts';
import type { RuleResult } from '../../gate/rule-result.ts';
import type { Rule } from '../../gate/rules.ts';

/** What a rule holds one class against. */
export interface HeldAgainst {
  readonly metric: Metric;
  readonly bound: number;
  /** The severity of the rule if the class breaks it. */
  readonly breaks: Rule['severity'] | undefined;
}

/** What `results`, which are all of its split and source, hold the class of this name against. */
export function heldAgainst(results: readonly RuleResult[], className: string): readonly HeldAgainst[] {
  return results
    .flatMap((result) => result.classes ?? [result])
    .flatMap((result) => {
      if (result.state === 'unknown' || result.origin?.className !== className) return [];
      const { rule, bound, state } = result;
      return [{ metric: rule.metric, bound, breaks: state === 'broken' ? rule.severity : undefined }];
    });
}
