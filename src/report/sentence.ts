import { missingPickReason, type RuleResult, type Verdict } from '../gate/decide.ts';
import { unitOf } from '../gate/metric.ts';
import { formatBound, formatRule, formatTarget, type Rule } from '../gate/rules.ts';

/** What a rule came to in one line, with exact figures: `map50 73.1, wanted >= 80 (short by 6.9)`. */
export function ruleSentence(result: RuleResult): string {
  if (result.state === 'unknown') return `${formatRule(result.rule)}: ${result.reason}`;
  const { rule, value, bound, margin, hardware } = result;
  const unit = unitOf(rule.metric) === 'ms' ? ' ms' : '';
  const on = rule.hardware === undefined && hardware !== undefined ? ` on ${hardware}` : '';
  const wanted =
    rule.bound.kind === 'baseline'
      ? `${rule.comparison} ${bound}${unit} (${formatBound(rule)})`
      : `${rule.comparison} ${bound}${unit}`;
  const by = result.state === 'broken' ? ` (${shortfall(rule, margin)}${unit})` : '';
  return `${formatTarget(rule)} ${value}${unit}${on}, wanted ${wanted}${by}`;
}

/** How far off a broken rule is. At the bound itself a strict comparison is broken by nothing. */
function shortfall(rule: Rule, margin: number): string {
  const upper = rule.comparison === '<=' || rule.comparison === '<';
  return `${upper ? 'over' : 'short'} by ${Math.abs(margin)}`;
}

/** Why the outcome is not a pass: a line for each binding rule that does not hold and each target without a pick. */
export function reasonsAgainst(verdict: Verdict, targetsAsked: boolean): readonly string[] {
  const rules = verdict.rules
    .filter(({ rule, state }) => rule.severity === 'fail' && state !== 'holds')
    .map(ruleSentence);
  const picks = verdict.picks.flatMap((pick) =>
    pick.kind === 'missing' && targetsAsked ? [`hardware ${pick.hardware}: ${missingPickReason(pick)}`] : [],
  );
  return [...rules, ...picks];
}

/** A line for each `warn:` rule that does not hold. */
export function warningsOf(verdict: Verdict): readonly string[] {
  return verdict.rules
    .filter(({ rule, state }) => rule.severity === 'warn' && state !== 'holds')
    .map(ruleSentence);
}
