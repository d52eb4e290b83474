import { withoutFloatNoise } from '../lib/decimals.ts';
import {
  type Baseline,
  type BaselineFigure,
  type BaselineLack,
  baselineFigure,
  isLeftToOthers,
} from './baseline.ts';
import { measure } from './measure.ts';
import type { Figure } from './measure-figure.ts';
import type { Model } from './model.ts';
import { certaintyOf } from './noise/certainty.ts';
import type { HardwareTarget, WithHeadline } from './picks.ts';
import { type RuleResult, standsForAll, unknownRule } from './rule-result.ts';
import { type ComparisonSign, hasNoise, isUpperBound, type Rule } from './rules.ts';
import { isOpen } from './split-figures.ts';

/** What one rule is judged on. */
export interface RuleInput {
  readonly results: WithHeadline;
  readonly targets: readonly HardwareTarget[];
  /** What a model is compared with: the baseline of its training. Of no model: what one would be. */
  readonly baselineOf: (model: Model | undefined) => Baseline;
  /** What becomes of a rule that has nothing to compare with: it is undecided, or the others decide. */
  readonly onMissingBaseline: 'fail' | 'skip';
}

/** Holds `rule` against one training. `[*]` is a rule on each class, against its own baseline. */
export function judgeRule(rule: Rule, input: RuleInput): RuleResult {
  const measured = measure(rule, input.results, input.targets);
  const model = 'model' in measured ? measured.model : undefined;
  const baseline = input.baselineOf(model);
  if (measured.kind === 'measured') {
    const each = measured.figures.map((figure) => {
      const before = baselineFigure(rule, figure, baseline, input.targets);
      const known = { ...figure, modelId: measured.model.id, among: measured.figures.length };
      return judgeFigure(rule, known, before, input);
    });
    return rule.ofClass?.kind === 'every' ? { ...standsForAll(each), classes: each } : standsForAll(each);
  }
  const before = baselineFigure(rule, undefined, baseline, input.targets);
  const bound = boundOf(rule, before);
  const isOwn = typeof bound !== 'number' && bound.kind === 'baseline-itself';
  return unknownRule(rule, isOwn ? bound : measured, {
    modelId: model?.id,
    isSkipped: isOwn,
    bound: typeof bound === 'number' ? bound : undefined,
    baseline: before.kind === 'figure' ? before : undefined,
  });
}

/** Holds `rule` against one figure. Only what is certainly missing can be skipped. */
function judgeFigure(
  rule: Rule,
  { among, sample, uncounted, ...figure }: Figure & { readonly modelId: string; readonly among: number },
  before: BaselineFigure | BaselineLack,
  { onMissingBaseline }: RuleInput,
): RuleResult {
  const known = { ...figure, rule, baseline: before.kind === 'figure' ? before : undefined };
  const bound = boundOf(rule, before);
  if (typeof bound !== 'number') {
    return unknownRule(rule, bound, { ...known, isSkipped: isLeftToOthers(bound, onMissingBaseline) });
  }
  const certainty = certaintyOf(rule, { ...figure, sample }, known.baseline, among);
  const noise = hasNoise(rule) ? certainty?.noise : 0;
  const lacks = [uncounted, known.baseline?.uncounted].flatMap((lack) => lack ?? []);
  const open = lacks.find(isOpen);
  if (noise === undefined || (hasNoise(rule) && open))
    return unknownRule(rule, { kind: 'noise-unknown', lack: open ?? lacks[0] }, known);
  const moved = addOffset(bound, rule.bound.noise === '-' ? -noise : noise);
  const margin = marginOf(figure.value, rule.comparison, moved);
  const state = holds(margin, rule.comparison) ? 'holds' : 'broken';
  return {
    ...known,
    state,
    bound: moved,
    margin,
    certainty,
    uncounted: hasNoise(rule) ? uncounted : undefined,
  };
}

function boundOf({ bound }: Rule, before: BaselineFigure | BaselineLack): number | BaselineLack {
  if (bound.kind === 'value') return bound.value;
  return before.kind === 'figure' ? addOffset(before.value, bound.offset) : before;
}

/** How far a value is from a bound: positive on the good side, negative on the bad side. */
function marginOf(value: number, comparison: ComparisonSign, bound: number): number {
  return withoutFloatNoise(isUpperBound(comparison) ? bound - value : value - bound);
}

/** Judged by the margin, which has no noise of binary fractions: the noise must not decide about a rule. */
function holds(margin: number, comparison: ComparisonSign): boolean {
  return margin > 0 || (margin === 0 && (comparison === '>=' || comparison === '<='));
}

/** Without an offset the value keeps all its digits: a training that equals its baseline must hold `>= baseline`. */
function addOffset(value: number, offset: number): number {
  return offset === 0 ? value : withoutFloatNoise(value + offset);
}

/** What the bound of `rule` comes to before anything is judged; undefined if it rests on a figure that is not there, or on one of each class. */
export function plannedBound(
  rule: Rule,
  baseline: Baseline,
  targets: readonly HardwareTarget[],
): number | undefined {
  if (hasNoise(rule) || (rule.bound.kind === 'baseline' && rule.ofClass?.kind === 'every')) return undefined;
  const bound = boundOf(rule, baselineFigure(rule, undefined, baseline, targets));
  return typeof bound === 'number' ? bound : undefined;
}
