import { type Figure, measureFigures, type WhyNoFigure } from './measure-figure.ts';
import type { AccuracyMetric, Metric } from './metric.ts';
import { isServerless, latencyOn, type Model, sameHardware } from './model.ts';
import { type HardwareTarget, type MissingPick, pickFor, type WithHeadline } from './picks.ts';
import { isOnDetails, isUpperBound, type Rule } from './rules.ts';
import type { EvaluationLack } from './split-figures.ts';

/** What a rule judges of a training: one figure, or of `[*]` one for each class. */
export interface Measured {
  readonly kind: 'measured';
  readonly model: Model;
  readonly figures: readonly [Figure, ...Figure[]];
}

/** Why a training has no figure for a rule. */
export type NotMeasured =
  | { readonly kind: 'no-model' }
  | { readonly kind: 'no-pick'; readonly missing: MissingPick }
  | {
      readonly kind: 'not-reported';
      readonly model: Model;
      readonly metric: Metric;
      readonly hardware: string | undefined;
      readonly lack?: EvaluationLack | undefined;
    }
  | {
      readonly kind: 'no-figure';
      readonly model: Model;
      readonly rule: RuleSubject;
      readonly why: WhyNoFigure;
    };

/** The parts of a rule that say which value it judges. */
export type RuleSubject = Pick<Rule, 'metric' | 'ofClass' | 'split' | 'hardware' | 'comparison'>;

/**
 * The figures in `results` that `rule` judges. A rule with a hardware judges the pick for it (within that target's
 * budget), any other rule the headline model.
 * @param like the latency is taken on its hardware, and a figure from its source. Default: the hardware of the rule; if it
 * has none, the one with the worst latency; and the first source that has the figure.
 */
export function measure(
  rule: RuleSubject,
  results: WithHeadline,
  targets: readonly HardwareTarget[],
  like?: Pick<Figure, 'hardware' | 'origin'>,
): Measured | NotMeasured {
  const judged = judgedModel(rule.hardware, results, targets);
  if (judged.kind !== 'model') return judged;
  const { model, hardware } = judged;
  const { split: judgedSplit = 'valid' } = rule;
  const uncounted = model.details?.lacking.find(({ counts, split }) => counts && split === judgedSplit)?.why;
  if (isOnDetails(rule)) {
    const found = measureFigures(rule, model.details, hardware, like?.origin);
    if (found.kind !== 'found') return { kind: 'no-figure', model, rule, why: found };
    const [first, ...others] = found.figures.map((figure) => ({ ...figure, uncounted }));
    return { kind: 'measured', model, figures: [first ?? found.figures[0], ...others] };
  }
  if (rule.metric === 'latency')
    return measureLatency(rule, { model, hardware }, results, like?.hardware ?? rule.hardware);
  const { metric } = rule;
  const value = model.metrics.get(metric);
  if (value === undefined) return { kind: 'not-reported', model, metric, hardware: rule.hardware };
  // A figure of the model as a whole is one of the validation split.
  const samples = model.details?.figures.flatMap((each) =>
    each.split === 'valid' ? (each.samples?.get(metric) ?? []) : [],
  );
  return { kind: 'measured', model, figures: [{ value, hardware, sample: samples?.[0], uncounted }] };
}

/** The model that a rule judges: the pick for its hardware, or else the headline model. */
function judgedModel(
  hardware: string | undefined,
  results: WithHeadline,
  targets: readonly HardwareTarget[],
) {
  if (hardware === undefined) {
    const model = results.headline;
    return model ? ({ kind: 'model', model, hardware } as const) : ({ kind: 'no-model' } as const);
  }
  const target = targets.find((each) => sameHardware(each.hardware, hardware));
  const result = pickFor(target ?? { hardware, budgetMs: undefined }, results);
  return result.kind === 'pick'
    ? ({ kind: 'model', model: result.model, hardware: result.hardware } as const)
    : ({ kind: 'no-pick', missing: result } as const);
}

function measureLatency(
  rule: RuleSubject,
  { model, hardware }: { readonly model: Model; readonly hardware: string | undefined },
  { hardware: measured }: WithHeadline,
  on: string | undefined,
): Measured | NotMeasured {
  const found =
    on === undefined ? worstLatency(rule, model, measured) : { ms: latencyOn(model, on), hardware: on };
  if (found?.ms === undefined) {
    const without = on ?? measured.find((name) => latencyOn(model, name) === undefined);
    const isOnServerless = without === undefined ? measured.length === 0 : isServerless(without);
    const lack = isOnServerless ? model.serverlessLack : undefined;
    return { kind: 'not-reported', model, metric: rule.metric, hardware: without, lack };
  }
  return { kind: 'measured', model, figures: [{ value: found.ms, hardware: hardware ?? found.hardware }] };
}

/** Without a hardware the worst of all that were `measured` is judged; if one is missing or unreadable, nothing is. */
function worstLatency(
  { comparison }: RuleSubject,
  { latencyMs, unreadable }: Model,
  measured: readonly string[],
): { readonly ms: number; readonly hardware: string } | undefined {
  const own = [...latencyMs].filter(([name]) => measured.some((each) => sameHardware(each, name)));
  if (own.length < measured.length) return undefined;
  if (unreadable.some(({ name }) => name.startsWith('latency@'))) return undefined;
  const isMost = isUpperBound(comparison);
  const [worst] = own.sort(([, a], [, b]) => (isMost ? b - a : a - b));
  return worst && { hardware: worst[0], ms: worst[1] };
}

/** The accuracy metrics that `rules` hold against the headline model as a whole. */
export function neededMetrics(rules: readonly Rule[]): readonly AccuracyMetric[] {
  return rules.flatMap((rule) =>
    rule.metric === 'latency' || rule.hardware !== undefined || isOnDetails(rule) ? [] : [rule.metric],
  );
}
