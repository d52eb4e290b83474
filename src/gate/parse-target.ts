import { didYouMean, MAX_TYPOS } from '../lib/suggest.ts';
import { type ClassInRule, formatClassChoice, readClassChoice } from './class-choice.ts';
import { isCount, METRICS, type Metric, metricNamed } from './metric.ts';
import type { RuleTarget } from './rules.ts';
import { SPLITS, type Split } from './split-figures.ts';

/** Reads what is at the left of a rule's comparison, taken apart at the brackets of a class. A text says what is wrong. */
export function parseTarget(target: ClassInRule): RuleTarget | string {
  const read = target.brackets === '' ? withoutClass(target.after) : withClass(target);
  if (typeof read === 'string') return read;
  const { metric, ofClass, split, hardware } = read;
  if (metric === 'images' && ofClass !== undefined)
    return 'images have no classes; leave that out, as in "images@test >= 100"';
  if (isCount(metric) && hardware !== undefined)
    return `${metric} are counted in a split, not on a hardware; valid there: @test and @valid`;
  if (metric !== 'latency' && metric !== 'perplexity') return read;
  const extra = ofClass === undefined ? split && 'splits' : 'classes';
  return extra === undefined ? read : `${metric} has no ${extra}; leave that out, as in "${metric} <= 10"`;
}

function withClass({ before, brackets, after }: ClassInRule): RuleTarget | string {
  const metric = metricNamed(before);
  if (metric === undefined) return notAMetric(before);
  const ofClass = readClassChoice(brackets);
  if (ofClass === undefined)
    return `a class is missing in "${brackets}", as in "${metric}[helmet]", or "${metric}[*]" for the worst`;
  const rest = after.trim();
  if (rest === '') return { metric, ofClass, split: undefined, hardware: undefined };
  if (!rest.startsWith('@'))
    return `"${rest}" does not belong after "${metric}${formatClassChoice(ofClass)}"; valid there: @test, @valid or @hardware`;
  const place = placeNamed(rest.slice(1), metric);
  return typeof place === 'string' ? place : { metric, ofClass, ...place };
}

/** The `@` of `mAP@50` belongs to the metric, so the whole text is tried as a metric before it is split at an `@`. */
function withoutClass(text: string): RuleTarget | string {
  if (text.includes('[') && metricNamed(text.slice(0, text.indexOf('['))) !== undefined)
    return 'a "]" is missing after the class, as in "recall[helmet] >= 90"';
  const whole = metricNamed(text);
  if (whole) return { metric: whole, ofClass: undefined, split: undefined, hardware: undefined };
  for (let at = text.lastIndexOf('@'); at > 0; at = text.lastIndexOf('@', at - 1)) {
    const metric = metricNamed(text.slice(0, at));
    if (metric === undefined) continue;
    const place = placeNamed(text.slice(at + 1), metric);
    return typeof place === 'string' ? place : { metric, ofClass: undefined, ...place };
  }
  return notAMetric(text);
}

/** What stands after the first `@` that is no part of the metric: a split, or a hardware. */
function placeNamed(text: string, metric: Metric): Pick<RuleTarget, 'split' | 'hardware'> | string {
  const place = text.trim();
  if (place === '') return `a hardware name is missing after "@", as in "${metric}@t4"`;
  if (place.startsWith('@')) return `one "@" is enough, as in "${metric}@t4"`;
  const split = splitNamed(place);
  if (split !== undefined) return { split, hardware: undefined };
  if (place.split('@').some((part) => splitNamed(part.trim()) !== undefined))
    return `a rule judges a split or a hardware, not both; write "${metric}@test" or "${metric}@t4"`;
  if (/^train(?:ing)?$/iu.test(place))
    return `"${place}" is not a split that can be judged; valid: @valid and @test`;
  return { split: undefined, hardware: place };
}

const SPLIT_NAMES: ReadonlyMap<string, Split> = new Map<string, Split>([
  ...SPLITS.map((split) => [split, split] as const),
  ['val', 'valid'],
  ['validation', 'valid'],
  ['testing', 'test'],
]);

function splitNamed(text: string): Split | undefined {
  return SPLIT_NAMES.get(text.toLowerCase());
}

/** In a short word at most half of the letters may be typos: `foo` is not `f1`. */
function notAMetric(text: string): string {
  const [word = ''] = text.trim().split('@');
  const hint = didYouMean(word, METRICS, Math.min(MAX_TYPOS, word.length / 2));
  return `"${text.trim()}" is not a metric; valid: ${METRICS.join(', ')}, each also with [class], @test, @valid or @hardware${hint}`;
}
