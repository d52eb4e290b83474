import type { AccuracyMetric, Metric } from './metric.ts';
import { latencyOn, type Model, sameHardware } from './model.ts';
import { type HardwareTarget, headlineOf, type MissingPick, type ModelResults, pickFor } from './picks.ts';
import { isUpperBound, type Rule } from './rules.ts';

/** The value that a rule judges, and the model that has it. */
export interface Measured {
  readonly kind: 'measured';
  readonly model: Model;
  readonly value: number;
  /** The hardware of the pick or of the latency, spelled as the API spells it. */
  readonly hardware: string | undefined;
}

/** Why a training has no value for a rule. */
export type NotMeasured =
  | { readonly kind: 'no-model' }
  | { readonly kind: 'no-pick'; readonly missing: MissingPick }
  | {
      readonly kind: 'not-reported';
      readonly model: Model;
      readonly metric: Metric;
      readonly hardware: string | undefined;
    };

/** The parts of a rule that say which value it judges. */
export type RuleSubject = Pick<Rule, 'metric' | 'hardware' | 'comparison'>;

/**
 * The value in `results` that `rule` judges. A rule with a hardware judges the pick for it (within that target's
 * budget), any other rule the headline model.
 * @param latencyHardware the hardware of the latency. Default: the rule's own; if it has none, the one with the worst latency.
 */
export function measure(
  rule: RuleSubject,
  results: ModelResults,
  targets: readonly HardwareTarget[],
  latencyHardware = rule.hardware,
): Measured | NotMeasured {
  const { metric } = rule;
  const judged = judgedModel(rule.hardware, results, targets);
  if (judged.kind !== 'model') return judged;
  const { model } = judged;
  if (metric === 'latency') {
    const found =
      latencyHardware === undefined
        ? worstLatency(rule, model)
        : { ms: latencyOn(model, latencyHardware), hardware: latencyHardware };
    return found?.ms === undefined
      ? { kind: 'not-reported', model, metric, hardware: latencyHardware }
      : { kind: 'measured', model, value: found.ms, hardware: judged.hardware ?? found.hardware };
  }
  const value = model.metrics.get(metric);
  return value === undefined
    ? { kind: 'not-reported', model, metric, hardware: rule.hardware }
    : { kind: 'measured', model, value, hardware: judged.hardware };
}

function judgedModel(
  hardware: string | undefined,
  results: ModelResults,
  targets: readonly HardwareTarget[],
):
  | { readonly kind: 'model'; readonly model: Model; readonly hardware: string | undefined }
  | Exclude<NotMeasured, { kind: 'not-reported' }> {
  if (hardware === undefined) {
    const model = headlineOf(results.models);
    return model ? { kind: 'model', model, hardware } : { kind: 'no-model' };
  }
  const target = targets.find((each) => sameHardware(each.hardware, hardware));
  const result = pickFor(target ?? { hardware, budgetMs: undefined }, results);
  return result.kind === 'pick'
    ? { kind: 'model', model: result.pick.model, hardware: result.pick.hardware }
    : { kind: 'no-pick', missing: result };
}

/**
 * A latency rule without a hardware must hold on all of them, so the worst one is judged. If the latency on one of them
 * cannot be read, that may be the worst one, and nothing is judged.
 */
function worstLatency(
  { comparison }: RuleSubject,
  { latencyMs, unreadable }: Model,
): { readonly ms: number; readonly hardware: string } | undefined {
  if (unreadable.some(({ name }) => name.startsWith('latency@'))) return undefined;
  const isMost = isUpperBound(comparison);
  const [worst] = [...latencyMs].sort(([, a], [, b]) => (isMost ? b - a : a - b));
  return worst && { hardware: worst[0], ms: worst[1] };
}

/** The accuracy metrics that `rules` hold against the headline model. */
export function neededMetrics(rules: readonly Rule[]): readonly AccuracyMetric[] {
  return rules.flatMap(({ metric, hardware }) =>
    metric === 'latency' || hardware !== undefined ? [] : [metric],
  );
}
