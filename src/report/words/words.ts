import type { ClassChoice } from '../../gate/class-choice.ts';
import type { Verdict } from '../../gate/decide.ts';
import { labelOf, type Metric, unitOf } from '../../gate/metric.ts';
import type { JudgedRule, RuleResult } from '../../gate/rule-result.ts';
import {
  type ComparisonSign,
  formatBound,
  formatRule,
  isUpperBound,
  type Rule,
  type RuleTarget,
} from '../../gate/rules.ts';
import type { FigureSource, Split } from '../../gate/split-figures.ts';
import type { Voice } from '../markdown/voice.ts';
import type { DatasetSplit, ImageCounts } from '../training-facts.ts';
import { namesInSentence } from './names.ts';
import { count, countDifference, distance, NBSP, rounded, shown, withUnit } from './numbers.ts';

const SIGNS: Readonly<Record<ComparisonSign, string>> = { '>=': '≥', '>': '>', '<=': '≤', '<': '<' };

/** `mAP50, %`: the title of a column of figures without their unit. */
export function columnTitle(metric: Metric): string {
  return unitOf(metric) === 'percent' ? `${labelOf(metric)},${NBSP}%` : labelOf(metric);
}

/** `mAP50`, `recall`: the name of a metric in the middle of a sentence. */
export function metricInSentence(metric: Metric): string {
  const label = labelOf(metric);
  return metric === 'f1' ? label : `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** `latency on Jetson Orin NX`, `recall of helmet on test`: what a rule is about, in the middle of a sentence. */
export function subjectInSentence(target: RuleTarget, voice: Voice): string {
  return `${metricInSentence(target.metric)}${whereWords(target, voice)}`;
}

function whereWords({ ofClass, split, hardware }: RuleTarget, voice: Voice): string {
  const classes = ofClass === undefined ? '' : classWords(ofClass, voice);
  return `${classes}${split === undefined ? '' : onSplit(split)}${onHardware(hardware, voice)}`;
}

function classWords(choice: ClassChoice, voice: Voice): string {
  return choice.kind === 'every' ? ' of every class' : ` of ${voice.name(choice.name)}`;
}

/** The word for a split, which Roboflow calls `valid` or `test`. */
export function splitWord(split: Split): string {
  return split === 'valid' ? 'validation' : 'test';
}

/** ` on test`. */
export function onSplit(split: Split): string {
  return ` on ${splitWord(split)}`;
}

/** What a headline model is: where it is not the most accurate one, another was passed over. */
export function headlineWords({ passedOver }: Pick<Verdict, 'passedOver'>): string {
  return `${passedOver === undefined ? 'most accurate' : 'headline'} model`;
}

/** `No rule judges the model picked for T4.`: a model may ship there whatever it is like. */
export function unjudgedWords(targets: readonly string[], voice: Voice): string {
  const what = targets.length === 1 ? 'model' : 'models';
  return `No rule judges the ${what} picked for ${namesInSentence(targets, voice)}.`;
}

/** `0.41`: a confidence of 0 to 1. */
export function confidenceWords(threshold: number): string {
  return String(Number(threshold.toFixed(3)));
}

/** The answer of Roboflow that has a figure. */
export function sourceWords(source: FigureSource): string {
  if (source === 'version') return 'the version';
  return source === 'evaluation' ? "Roboflow's evaluation" : "the version's training results";
}

/** What a rule is about, with the hardware as the API spells it; of a bare latency that on which it was judged. */
export function targetOf({ rule, hardware }: Pick<RuleResult, 'rule' | 'hardware'>): RuleTarget {
  return { ...rule, hardware: hardware ?? rule.hardware };
}

/** What latency on Serverless is, unlike that on a device. */
export const ON_SERVERLESS = 'median on Roboflow Serverless, with pre- and postprocessing';

export function onHardware(hardware: string | undefined, voice: Voice): string {
  return hardware === undefined ? '' : ` on ${voice.name(hardware)}`;
}

/** `≤ 20 ms`: a bound with its sign. It is told from `value`. */
export function boundWords(rule: Rule, bound: number | undefined, value?: number): string {
  return `${SIGNS[rule.comparison]}${NBSP}${boundNumber(rule, bound, value)}`;
}

type TypedRule = Pick<RuleResult, 'rule' | 'bound'> & { readonly value?: number | undefined };

/** `map50 >= baseline - 1 (≥ 79.9 %)`: a rule as it was typed, and what its bound came to if that is not said. */
export function ruleAsTyped({ rule, bound, value }: TypedRule, voice: Voice): string {
  const isSaid = bound === undefined || (rule.bound.kind === 'value' && rule.bound.noise === undefined);
  return `${voice.code(formatRule(rule))}${isSaid ? '' : ` (${boundWords(rule, bound, value)})`}`;
}

/** `limit 20 ms`, `wanted 80 % or more`: a bound as people say it. */
export function wantedWords({ rule, bound, value }: JudgedRule): string {
  const number = boundNumber(rule, bound, value);
  switch (rule.comparison) {
    case '>=':
      return `wanted ${number} or more`;
    case '>':
      return `wanted more than ${number}`;
    case '<':
      return `wanted less than ${number}`;
    case '<=':
      return rule.metric === 'latency' ? `limit ${number}` : `wanted ${number} or less`;
  }
}

/** A bound as it was typed; of the baseline, or with noise, as the number that it comes to, or in words. */
function boundNumber(rule: Rule, bound: number | undefined, value?: number): string {
  const { metric, bound: typed } = rule;
  if (typed.kind === 'value' && typed.noise === undefined) return withUnit(String(typed.value), metric);
  if (bound === undefined) return formatBound(rule);
  return withUnit(rounded(bound, metric, value === undefined ? [] : [value]), metric);
}

/** `latency on Jetson Orin NX ≤ 20 ms`: a rule in the middle of a sentence. */
export function ruleInSentence({ rule, bound, value }: TypedRule, voice: Voice): string {
  return `${subjectInSentence(rule, voice)} ${boundWords(rule, bound, value)}`;
}

/** `24.8 ms`: what a rule was held against its bound with, written so that the two can be told apart. */
export function valueWords({ rule, bound }: Pick<RuleResult, 'rule' | 'bound'>, value: number): string {
  return shown(value, rule.metric, bound === undefined ? [] : [bound]);
}

/** `4.8 ms too slow`, `2.1 short`, `0.3 to spare`: how far a value is from its bound. */
export function marginWords({ rule, state, margin }: JudgedRule): string {
  if (margin === 0) return state === 'broken' ? 'equal is not enough' : 'nothing to spare';
  const size = distance(margin, rule.metric);
  if (state === 'holds') return `${size} to spare`;
  if (!isUpperBound(rule.comparison)) return `${size} short`;
  return unitOf(rule.metric) === 'ms' ? `${size} too slow` : `${size} too high`;
}

/** Whether the class that stands for all in a rule on every class is the one with the least value: not above a bound, nor beside a baseline. */
export function isWeakest({ comparison, bound }: Rule): boolean {
  return bound.kind === 'value' && !isUpperBound(comparison);
}

/** What a rule says to a reader who does not see its result. */
export function rulesInSentence(rules: readonly Pick<RuleResult, 'rule' | 'bound'>[], voice: Voice): string {
  const words = (severity: Rule['severity']) =>
    rules
      .filter(({ rule }) => rule.severity === severity)
      .map((each) => ruleInSentence(each, voice))
      .join(', ');
  const [binding, warning] = [words('fail'), words('warn')];
  return [binding, warning && `as a warning, ${warning}`].filter((part) => part !== '').join('; ');
}

/** `1,640 train (+210), 412 validation, 206 test`; undefined if nothing is known. */
export function imagesWords(images: ImageCounts | undefined, before?: ImageCounts): string | undefined {
  const parts = IMAGE_SPLITS.flatMap((split) => {
    const now = images?.[split];
    return now === undefined ? [] : [`${count(now)}${NBSP}${split}${countDifference(before?.[split], now)}`];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

const IMAGE_SPLITS: readonly DatasetSplit[] = ['train', 'validation', 'test'];
