import type { JudgedRule, RuleResult } from '../../gate/decide.ts';
import type { AccuracyMetric } from '../../gate/metric.ts';
import type { ComparisonSign, Rule } from '../../gate/rules.ts';
import type { ClassFigures } from '../../gate/split-figures.ts';
import { withoutFloatNoise } from '../../lib/decimals.ts';

/** What a rule holds one class against. */
export interface HeldAgainst {
  readonly metric: AccuracyMetric;
  readonly bound: number;
  /** The severity of the rule if the class breaks it. */
  readonly breaks: Rule['severity'] | undefined;
}

/** For each class what `results`, which are all of its split and source, hold it against. */
export function heldAgainst(
  results: readonly RuleResult[],
): (figures: ClassFigures) => readonly HeldAgainst[] {
  const known = results.filter((result): result is JudgedRule => result.state !== 'unknown');
  const onEvery = known.filter(({ rule }) => rule.ofClass?.kind === 'every');
  const onOne = Map.groupBy(
    known.filter(({ rule }) => rule.ofClass?.kind === 'one'),
    ({ origin }) => origin?.className,
  );
  return (figures) =>
    [...onEvery, ...(onOne.get(figures.name) ?? [])].flatMap((result) => heldBy(result, figures));
}

function heldBy({ rule, bound, state }: JudgedRule, { metrics }: ClassFigures): readonly HeldAgainst[] {
  const { metric, comparison, severity } = rule;
  if (metric === 'latency') return [];
  const value = metrics.get(metric);
  // The gate judged the weakest class only: the others break a broken rule if they are as far off.
  const breaks = state === 'broken' && value !== undefined && !isKept(value, comparison, bound);
  return [{ metric, bound, breaks: breaks ? severity : undefined }];
}

/** As the gate compares: the noise of binary fractions decides nothing. */
function isKept(value: number, comparison: ComparisonSign, bound: number): boolean {
  const above = withoutFloatNoise(value - bound);
  return { '>=': above >= 0, '>': above > 0, '<=': above <= 0, '<': above < 0 }[comparison];
}
