import { missingPickReason, type RuleResult } from '../gate/decide.ts';
import { unitOf } from '../gate/metric.ts';
import type { Model } from '../gate/model.ts';
import { headlineOf } from '../gate/picks.ts';
import { formatBound, formatRule, formatTarget, type Rule } from '../gate/rules.ts';
import type { Judged } from './conclusion.ts';

/** What a rule came to in one line, with exact figures: `map50 73.1, wanted >= 80 (short by 6.9)`. */
function ruleSentence(result: RuleResult): string {
  if (result.state === 'unknown')
    return `${formatRule({ ...result.rule, severity: 'fail' })}: ${result.reason}`;
  const { rule, value, bound, margin, hardware } = result;
  const unit = unitOf(rule.metric) === 'ms' ? ' ms' : '';
  const on = rule.hardware === undefined && hardware !== undefined ? ` on ${hardware}` : '';
  const origin = rule.bound.kind === 'baseline' ? ` (${formatBound(rule)})` : '';
  const by = result.state === 'broken' ? ` (${shortfall(rule, margin)}${unit})` : '';
  return `${formatTarget(rule)} ${value}${unit}${on}, wanted ${rule.comparison} ${bound}${unit}${origin}${by}`;
}

/** How far off a broken rule is. At the bound itself a strict comparison is broken by nothing. */
function shortfall(rule: Rule, margin: number): string {
  const upper = rule.comparison === '<=' || rule.comparison === '<';
  return `${upper ? 'over' : 'short'} by ${Math.abs(margin)}`;
}

/** Why the outcome is not a pass: a line for each binding rule that does not hold and each asked target without a pick. */
export function reasonsAgainst({
  verdict,
  targetsAsked,
}: Pick<Judged, 'verdict' | 'targetsAsked'>): readonly string[] {
  const rules = verdict.rules
    .filter(({ rule, state }) => rule.severity === 'fail' && state !== 'holds')
    .map(ruleSentence);
  const picks = verdict.picks.flatMap((pick) =>
    pick.kind === 'missing' && targetsAsked ? [`hardware ${pick.hardware}: ${missingPickReason(pick)}`] : [],
  );
  return [...rules, ...picks];
}

/** A line for each `warn:` rule that does not hold. */
export function warningsOf({ verdict }: Pick<Judged, 'verdict'>): readonly string[] {
  return verdict.rules
    .filter(({ rule, state }) => rule.severity === 'warn' && state !== 'holds')
    .map(ruleSentence);
}

/** The headline model of the run that is compared with; undefined where there is none. */
export function baselineModel({ baseline }: Pick<Judged, 'baseline'>): Model | undefined {
  return baseline.kind === 'run' ? headlineOf(baseline.pool.models) : undefined;
}
