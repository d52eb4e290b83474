import { type BaselineFigure, type BaselineLack, type NoiseUnknown, openLack } from './baseline.ts';
import type { NotMeasured } from './measure.ts';
import type { Figure } from './measure-figure.ts';
import type { Certainty } from './noise/certainty.ts';
import { decides, type Rule } from './rules.ts';

/** The result of one rule. */
export type RuleResult = JudgedRule | UnknownRule;

interface KnownOfRule extends Pick<Figure, 'hardware' | 'origin'> {
  readonly rule: Rule;
  /** Undefined if it was judged before there was one. */
  readonly modelId?: string | undefined;
  /** What its value is compared with, also if the rule does not compare. Undefined if there is nothing. */
  readonly baseline?: BaselineFigure | undefined;
  /** Of `[*]`: the result of each class; the rule's own is that of the one that stands for all. */
  readonly classes?: readonly RuleResult[] | undefined;
}

/** A rule that was judged. */
export interface JudgedRule extends KnownOfRule, Pick<Figure, 'value' | 'uncounted'> {
  readonly state: 'holds' | 'broken';
  readonly bound: number;
  /** How far the value is from the bound: positive on the good side, negative on the bad side. */
  readonly margin: number;
  /** Undefined if nothing was counted. */
  readonly certainty: Certainty | undefined;
}

/** A rule that cannot be judged, with everything that is known about it. */
export interface UnknownRule extends KnownOfRule {
  readonly state: 'unknown';
  readonly why: UnknownReason;
  /** Whether there is nothing to compare with, and the others decide then. */
  readonly isSkipped?: boolean;
  readonly value?: number | undefined;
  readonly bound?: number | undefined;
}

/** The result of a rule that cannot be judged, with what is `known` of it. */
export function unknownRule(
  rule: Rule,
  why: UnknownReason,
  known: Omit<UnknownRule, 'state' | 'rule' | 'why'> = {},
): UnknownRule {
  return { state: 'unknown', rule, why, ...known };
}

/** Why a rule cannot be judged. */
export type UnknownReason = NotMeasured | BaselineLack | NoiseUnknown | TrainingWithoutModel;

interface TrainingWithoutModel {
  readonly kind: 'training-without-model';
  readonly modelType: string;
}

/** Whether a result counts for the outcome: its rule does not only warn, and is not skipped for want of a baseline. */
export function isBinding(result: RuleResult): boolean {
  return decides(result.rule) && !isSkipped(result);
}

/** Whether a result does not count since there is nothing to compare with, and the others decide then. */
export function isSkipped(result: RuleResult): boolean {
  return result.state === 'unknown' && result.isSkipped === true;
}

/** What stands for the results of one rule, of classes or trainings: one that cannot be judged, else that with the least margin. */
export function standsForAll(results: readonly RuleResult[]): RuleResult {
  const counting = results.filter((result) => !isSkipped(result));
  return (counting.length > 0 ? counting : results).reduce((worst, result) =>
    worst.state !== 'unknown' && (result.state === 'unknown' || result.margin < worst.margin)
      ? result
      : worst,
  );
}

/** What keeps a rule from being judged that may pass, an evaluation that runs or a failed request; undefined if nothing does. */
export function passingLack(why: UnknownReason) {
  if (why.kind === 'baseline-unread')
    return why.isFinal ? undefined : ({ kind: 'unread', error: why.error } as const);
  return openLack(why.kind === 'baseline-not-comparable' ? why.why : why);
}
