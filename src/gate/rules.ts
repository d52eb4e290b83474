import { type ClassChoice, formatClassChoice } from './class-choice.ts';
import { isCount, lowerIsBetter, type Metric, unitOf } from './metric.ts';
import type { Split } from './split-figures.ts';

export type ComparisonSign = '>=' | '>' | '<=' | '<';

/** Whether a rule with this comparison says how large the value may be; otherwise it says how small. */
export function isUpperBound(comparison: ComparisonSign): boolean {
  return comparison === '<=' || comparison === '<';
}

/**
 * What a value is compared with: a number in the unit of the metric, or the value of the baseline plus `offset` in that unit. `noise`
 * moves it by what may be chance: `+`, the value is surely beyond it; `-`, it may be.
 */
export type Bound = (
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'baseline'; readonly offset: number }
) & { readonly noise?: '+' | '-' | undefined };

/** One line of the `thresholds` input. */
export interface Rule {
  /** `warn`: if the rule does not hold, the outcome stays as it is. */
  readonly severity: 'fail' | 'warn';
  /** `each`: of several trainings, every one must hold it, and not only the best. */
  readonly scope: 'best' | 'each';
  readonly metric: Metric;
  /** The classes that it judges; undefined: all together. */
  readonly ofClass: ClassChoice | undefined;
  /** The rule judges the headline model on this split; a rule on classes without one means `valid`. */
  readonly split: Split | undefined;
  readonly hardware: string | undefined;
  readonly comparison: ComparisonSign;
  readonly bound: Bound;
}

/** `rule` as the documentation writes rules. Parsing that text gives the same rule again. */
export function formatRule(rule: Rule): string {
  const prefix = `${rule.severity === 'warn' ? 'warn: ' : ''}${rule.scope === 'each' ? 'each: ' : ''}`;
  return `${prefix}${formatTarget(rule)} ${rule.comparison} ${formatBound(rule)}`;
}

/** What a rule is about. */
export type RuleTarget = Pick<Rule, 'metric' | 'ofClass' | 'split' | 'hardware'>;

/** The part of a rule before its comparison: `map50`, `recall[helmet]@test`, `map50@T4`. */
export function formatTarget({ metric, ofClass, split, hardware }: RuleTarget): string {
  const place = split ?? hardware;
  const classes = ofClass === undefined ? '' : formatClassChoice(ofClass);
  return `${metric}${classes}${place === undefined ? '' : `@${place}`}`;
}

/** Whether a rule judges a figure that a model has by class or split, and not one of the model as a whole. */
export function isOnDetails({ metric, ofClass, split }: Pick<Rule, 'metric' | 'ofClass' | 'split'>): boolean {
  return ofClass !== undefined || split !== undefined || isCount(metric);
}

/** Whether a rule counts for the outcome, and does not only warn. */
export function decides({ severity }: Pick<Rule, 'severity'>): boolean {
  return severity === 'fail';
}

/** Whether what the bound of a rule comes to rests on how sure a figure is. */
export function hasNoise({ bound }: Pick<Rule, 'bound'>): boolean {
  return bound.noise !== undefined;
}

/** Whether a rule needs what is known by class and split: for its value, or for how sure that is. */
export function needsDetails(rule: Pick<Rule, 'metric' | 'ofClass' | 'split' | 'bound'>): boolean {
  return isOnDetails(rule) || hasNoise(rule);
}

/** Whether a rule has a say in the headline model. One on classes, on splits or with noise has none: evaluations come after the choice. */
export function choosesHeadline(rule: Rule): boolean {
  return decides(rule) && rule.hardware === undefined && !needsDetails(rule);
}

/** The part of a rule after its comparison: `80`, `10 ms`, `baseline - 0.5`, `90 + noise`. */
export function formatBound({ bound, metric }: Rule): string {
  const noise = bound.noise === undefined ? '' : ` ${bound.noise} noise`;
  if (bound.kind === 'value') return `${bound.value}${unitInRule(bound.value, metric)}${noise}`;
  if (noise !== '') return `baseline${noise}`;
  if (bound.offset === 0) return 'baseline';
  return `baseline ${bound.offset < 0 ? '-' : '+'} ${Math.abs(bound.offset)}`;
}

/** A percentage that could be taken for a fraction has to have its sign. */
function unitInRule(value: number, metric: Metric): string {
  if (unitOf(metric) === 'ms') return ' ms';
  return unitOf(metric) === 'percent' && value > 0 && value <= 1 ? ' %' : '';
}

/** Whether a rule asks a model to be at least this good, and does not rule out what is too good to be true. */
export function isThreshold({ metric, comparison }: Pick<Rule, 'metric' | 'comparison'>): boolean {
  return isUpperBound(comparison) === lowerIsBetter(metric);
}
