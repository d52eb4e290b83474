import type { AccuracyMetric, Metric } from './metric.ts';
import { latencyOn, type Model, sameHardware } from './model.ts';
import { type HardwareTarget, headlineOf, type MissingPick, type ModelResults, pickFor } from './picks.ts';
import { isUpperBound, type Rule } from './rules.ts';

/** The value that a rule is about, and whose it is. */
export interface Measured {
  readonly kind: 'measured';
  readonly model: Model;
  readonly value: number;
  /** The hardware that was picked for or measured on, as the API spells it. */
  readonly hardware: string | undefined;
}

/** Why there is no value for a rule in a run. */
export type NotMeasured =
  | { readonly kind: 'no-model' }
  | { readonly kind: 'no-pick'; readonly missing: MissingPick }
  | {
      readonly kind: 'not-reported';
      readonly model: Model;
      readonly metric: Metric;
      readonly hardware: string | undefined;
    };

/** What a rule judges: a metric of the headline model, or of the pick for a hardware. */
export type Subject = Pick<Rule, 'metric' | 'hardware' | 'comparison'>;

/**
 * Measures in the run `pool` what `rule` judges: of the pick for its hardware (with that target's budget), or of the
 * headline model.
 * @param latencyHardware where latency is measured; by default on the rule's hardware, or else where it is worst
 */
export function measure(
  rule: Subject,
  pool: ModelResults,
  targets: readonly HardwareTarget[],
  latencyHardware = rule.hardware,
): Measured | NotMeasured {
  const { metric } = rule;
  const subject = subjectOf(rule.hardware, pool, targets);
  if (subject.kind !== 'subject') return subject;
  const { model } = subject;
  if (metric === 'latency') {
    const found =
      latencyHardware === undefined
        ? worstLatency(rule, model)
        : { ms: latencyOn(model, latencyHardware), hardware: latencyHardware };
    return found?.ms === undefined
      ? { kind: 'not-reported', model, metric, hardware: latencyHardware }
      : { kind: 'measured', model, value: found.ms, hardware: subject.hardware ?? found.hardware };
  }
  const value = model.metrics.get(metric);
  return value === undefined
    ? { kind: 'not-reported', model, metric, hardware: rule.hardware }
    : { kind: 'measured', model, value, hardware: subject.hardware };
}

function subjectOf(
  hardware: string | undefined,
  pool: ModelResults,
  targets: readonly HardwareTarget[],
):
  | { readonly kind: 'subject'; readonly model: Model; readonly hardware: string | undefined }
  | Exclude<NotMeasured, { kind: 'not-reported' }> {
  if (hardware === undefined) {
    const model = headlineOf(pool.models);
    return model ? { kind: 'subject', model, hardware } : { kind: 'no-model' };
  }
  const target = targets.find((each) => sameHardware(each.hardware, hardware));
  const result = pickFor(target ?? { hardware, budgetMs: undefined }, pool);
  return result.kind === 'pick'
    ? { kind: 'subject', model: result.pick.model, hardware: result.pick.hardware }
    : { kind: 'no-pick', missing: result };
}

/**
 * Without a named hardware a rule has to hold on all that were measured, so the worst of them is judged. Where one of
 * them came in a form that nobody can read, that may be the worst.
 */
function worstLatency(
  { comparison }: Subject,
  { latencyMs, unreadable }: Model,
): { readonly ms: number; readonly hardware: string } | undefined {
  if (unreadable.some(({ name }) => name.startsWith('latency@'))) return undefined;
  const upper = isUpperBound(comparison);
  const [worst] = [...latencyMs].sort(([, a], [, b]) => (upper ? b - a : a - b));
  return worst && { hardware: worst[0], ms: worst[1] };
}

/** The accuracy metrics that `rules` hold against the headline model. */
export function neededMetrics(rules: readonly Rule[]): readonly AccuracyMetric[] {
  return rules.flatMap(({ metric, hardware }) =>
    metric === 'latency' || hardware !== undefined ? [] : [metric],
  );
}
