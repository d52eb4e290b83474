import { type CountedMetric, isCounted } from '../../gate/metric.ts';
import type { FigureInterval } from '../../gate/noise/sample.ts';
import type { RuleResult } from '../../gate/rule-result.ts';
import { isUpperBound } from '../../gate/rules.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { namesInSentence } from './names.ts';
import { count, NBSP } from './numbers.ts';

/** What a metric counts. */
const COUNTED: Readonly<Record<CountedMetric, string>> = {
  recall: 'objects',
  precision: 'detections',
  f1: 'objects and false alarms',
  accuracy: 'images',
};

/** `86.2 to 95.9`. */
export function rangeWords({ low, high }: FigureInterval): string {
  return `${low.toFixed(1)}${NBSP}to${NBSP}${high.toFixed(1)}`;
}

/** `of 120 objects (86.2 to 95.9)`: what a rule's figure was counted from, and how low and how high it could be; undefined if nothing was counted. */
export function certaintyOfRule(result: RuleResult): string | undefined {
  const interval = result.state === 'unknown' ? undefined : result.certainty?.interval;
  const { metric } = result.rule;
  const what = isCounted(metric) ? ` ${COUNTED[metric]}` : '';
  return interval && `of${NBSP}${count(interval.n)}${what} (${rangeWords(interval)})`;
}

/** With so much noise a rule that gives way by it can hardly break. */
const WIDE_POINTS = 10;

/** What is to be said of a rule's noise: what it came to and how, or that the rule is closer than it. */
export function noiseRemarks(result: RuleResult): readonly string[] {
  if (result.state === 'unknown' || result.certainty === undefined) return [];
  const { interval, difference, noise, isCloser } = result.certainty;
  const { bound } = result.rule;
  if (noise === undefined) return isCloser ? ['closer than its noise'] : [];
  const sign = bound.noise === '-' ? 'less' : 'plus';
  const compared = bound.kind === 'baseline' ? difference : undefined;
  if (compared?.isOfTooFew === true)
    return [`fewer than 6 of ${count(compared.all ?? 0)} images differ, so neither better nor worse is sure`];
  const { method } = compared ?? interval;
  const shared =
    compared?.shared === undefined
      ? ''
      : `: ${count(compared.shared)} of ${count(compared.all ?? 0)} images are in both`;
  const by =
    method === 'images'
      ? `by image${shared}`
      : compared
        ? 'unpaired: wider than it need be'
        : 'by objects: probably too narrow';
  const asked = bound.kind === 'value' ? `${bound.value}${NBSP}%, ` : '';
  return [`${asked}${sign} noise of ${noise.toFixed(1)} (${by})`, ...hardlyBreaks(result)];
}

/** Of `[*]` also what is so of a class that does not decide: it holds by its noise alone. */
function hardlyBreaks(result: RuleResult): readonly string[] {
  const wide = (result.classes ?? [result]).filter(isWide);
  if (wide.length === 0) return [];
  const names = result.classes === undefined ? [] : wide.flatMap(({ origin }) => origin?.className ?? []);
  const of = names.length === 0 ? '' : ` for ${namesInSentence(names, MARKDOWN)}`;
  return [`so wide${of} that the rule can hardly break: ask for more \`objects\` too`];
}

function isWide(result: RuleResult): boolean {
  const { bound, comparison } = result.rule;
  const noise = result.state === 'unknown' ? undefined : result.certainty?.noise;
  const isLenient = (bound.noise === '+') === isUpperBound(comparison);
  return isLenient && noise !== undefined && noise > WIDE_POINTS;
}
