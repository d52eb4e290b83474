import type { JudgedRule, RuleResult, UnknownReason } from '../../gate/decide.ts';
import { type Metric, unitOf } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import type { MissingPick } from '../../gate/picks.ts';
import { formatBound, formatRule, formatTarget, isUpperBound } from '../../gate/rules.ts';
import type { Judged } from '../conclusion.ts';
import type { Figures } from './numbers.ts';

/** Why the outcome is not a pass: a line for each binding rule that does not hold and each asked target without a pick. */
export function reasonsAgainst(
  { verdict, targetsGiven }: Pick<Judged, 'verdict' | 'targetsGiven'>,
  figures: Figures,
): readonly string[] {
  const rules = verdict.rules
    .filter(({ rule, state }) => rule.severity === 'fail' && state !== 'holds')
    .map((result) => ruleSentence(result, figures));
  const picks = verdict.picks.flatMap((pick) =>
    pick.kind === 'missing' && targetsGiven ? [missingPickReason(pick, figures)] : [],
  );
  return [...rules, ...picks];
}

/** A line for each `warn:` rule that does not hold. */
export function warningsOf({ verdict }: Pick<Judged, 'verdict'>, figures: Figures): readonly string[] {
  return verdict.rules
    .filter(({ rule, state }) => rule.severity === 'warn' && state !== 'holds')
    .map((result) => ruleSentence(result, figures));
}

/** What a rule came to in one line: `map50 73.1, wanted >= 80 (short by 6.9)`. */
function ruleSentence(result: RuleResult, figures: Figures): string {
  if (result.state === 'unknown')
    return `${formatRule({ ...result.rule, severity: 'fail' })}: ${whyUnknown(result.why, figures)}`;
  const { rule, value, bound, hardware } = result;
  const unit = unitOf(rule.metric) === 'ms' ? ' ms' : '';
  const on = rule.hardware === undefined && hardware !== undefined ? ` on ${hardware}` : '';
  const wanted =
    rule.bound.kind === 'value'
      ? `${bound}${unit}`
      : `${figures.value(bound, rule.metric, value)}${unit} (${formatBound(rule)})`;
  const by = result.state === 'broken' ? ` (${shortfall(result, figures, unit)})` : '';
  return `${formatTarget(rule)} ${figures.value(value, rule.metric, bound)}${unit}${on}, wanted ${rule.comparison} ${wanted}${by}`;
}

/** How far off a broken rule is. At the bound itself a strict comparison is broken by nothing. */
function shortfall({ rule, margin }: JudgedRule, figures: Figures, unit: string): string {
  if (margin === 0) return 'equal is not enough';
  const size = figures.distance(Math.abs(margin), rule.metric);
  return `${isUpperBound(rule.comparison) ? 'over' : 'short'} by ${size}${unit}`;
}

/** Why a rule cannot be judged, with what was reported instead. */
export function whyUnknown(why: UnknownReason, figures: Figures): string {
  switch (why.kind) {
    case 'no-model':
      return 'no finished model with metrics was reported';
    case 'no-pick':
      return missingPickReason(why.missing, figures);
    case 'not-reported': {
      const { model, metric } = why;
      return `${notReported(why)}; ${reportedBy(model, metric, figures)}`;
    }
    case 'baseline-not-set':
      return 'no baseline was asked for';
    case 'baseline-missing':
      return `there is no baseline: ${why.reason}`;
    case 'baseline-not-comparable':
      return `the baseline, version ${why.version}, cannot be compared with: ${whyUnknown(why.why, figures)}`;
  }
}

function reportedBy(model: Model, wanted: Metric, figures: Figures): string {
  const reported = [
    ...[...model.metrics].map(([name, value]) => `${name} ${figures.value(value, name)}`),
    ...[...model.latencyMs].map(([name, ms]) => `latency@${name} ${figures.value(ms, 'latency')} ms`),
  ];
  const unreadable = model.unreadable
    .filter(({ name }) => name === wanted || name.startsWith(`${wanted}@`))
    .map(({ name, raw }) => ` (${name} came as ${raw})`);
  return `reported: ${reported.length > 0 ? reported.join(', ') : 'nothing'}${unreadable.join('')}`;
}

function notReported({ model, metric, hardware }: Extract<UnknownReason, { kind: 'not-reported' }>): string {
  if (metric !== 'latency') return `${formatTarget({ metric, hardware })} was not reported for ${model.id}`;
  if (hardware !== undefined) return `no latency was reported for ${model.id} on ${hardware}`;
  return model.latencyMs.size === 0
    ? `no latency was reported for ${model.id}`
    : `the latency of ${model.id} cannot be read on every hardware`;
}

/** Why nothing can be picked for a target, with what was measured. */
export function missingPickReason(missing: MissingPick, figures: Figures): string {
  const { hardware, budgetMs, measured } = missing;
  switch (missing.reason) {
    case 'over-budget':
      return `no model keeps ${budgetMs} ms on ${hardware} (the fastest takes ${figures.value(missing.fastestMs, 'latency', budgetMs)} ms)`;
    case 'no-metric':
      return budgetMs === undefined
        ? `no model measured on ${hardware} reports a metric to pick by`
        : `no model that keeps ${budgetMs} ms on ${hardware} reports a metric to pick by`;
    case 'not-measured': {
      const elsewhere =
        measured.length > 0 ? `measured: ${measured.join(', ')}` : 'no latency was reported at all';
      return `no model was measured on ${hardware}; ${elsewhere}`;
    }
  }
}
