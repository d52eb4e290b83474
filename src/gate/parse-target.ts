import { formatClassChoice, readClassChoice } from './class-choice.ts';
import { METRICS, type Metric, metricNamed } from './metric.ts';
import { type Parsed, parsed, problem } from './parsed.ts';
import type { RuleTarget } from './rules.ts';
import { SPLITS, type Split } from './split-figures.ts';

/** What is at the left of a rule's comparison, taken apart at the brackets of a class. */
export interface TargetText {
  readonly before: string;
  readonly brackets: string | undefined;
  readonly after: string;
}

/** Reads what a rule is about. */
export function parseTarget({ before, brackets, after }: TargetText): Parsed<RuleTarget> {
  const target = brackets === undefined ? withoutClass(after) : withClass(before, brackets, after);
  if (target.kind === 'problem') return target;
  const { metric, ofClass, split } = target.value;
  const has = (what: string) => problem(`${metric} has no ${what}; leave that out, as in "${metric} <= 10"`);
  if ((metric === 'latency' || metric === 'perplexity') && ofClass !== undefined) return has('classes');
  if ((metric === 'latency' || metric === 'perplexity') && split !== undefined) return has('splits');
  return target;
}

function withClass(before: string, brackets: string, after: string): Parsed<RuleTarget> {
  const metric = metricNamed(before);
  if (metric === undefined) return notAMetric(before);
  const ofClass = readClassChoice(brackets);
  if (ofClass === undefined)
    return problem(
      `a class is missing in "${brackets}", as in "${metric}[helmet]", or "${metric}[*]" for the worst`,
    );
  const rest = after.trim();
  if (rest === '') return parsed({ metric, ofClass, split: undefined, hardware: undefined });
  if (!rest.startsWith('@'))
    return problem(
      `"${rest}" does not belong after "${metric}${formatClassChoice(ofClass)}"; valid there: @test, @valid or @hardware`,
    );
  const place = placeNamed(rest.slice(1), metric);
  return place.kind === 'problem' ? place : parsed({ metric, ofClass, ...place.value });
}

/** The `@` of `mAP@50` belongs to the metric, so the whole text is tried as a metric before it is split at an `@`. */
function withoutClass(text: string): Parsed<RuleTarget> {
  if (text.includes('[') && metricNamed(text.slice(0, text.indexOf('['))) !== undefined)
    return problem('a "]" is missing after the class, as in "recall[helmet] >= 90"');
  const whole = metricNamed(text);
  if (whole) return parsed({ metric: whole, ofClass: undefined, split: undefined, hardware: undefined });
  for (let at = text.lastIndexOf('@'); at > 0; at = text.lastIndexOf('@', at - 1)) {
    const metric = metricNamed(text.slice(0, at));
    if (metric === undefined) continue;
    const place = placeNamed(text.slice(at + 1), metric);
    return place.kind === 'problem' ? place : parsed({ metric, ofClass: undefined, ...place.value });
  }
  return notAMetric(text);
}

type Place = Pick<RuleTarget, 'split' | 'hardware'>;

/** What stands after the first `@` that is no part of the metric: a split, or a hardware. */
function placeNamed(text: string, metric: Metric): Parsed<Place> {
  const place = text.trim();
  if (place === '') return problem(`a hardware name is missing after "@", as in "${metric}@t4"`);
  if (place.startsWith('@')) return problem(`one "@" is enough, as in "${metric}@t4"`);
  const parts = place.split('@').map((part) => part.trim());
  const split = splitNamed(place);
  if (split !== undefined) return parsed({ split, hardware: undefined });
  if (parts.length > 1 && parts.some((part) => splitNamed(part) !== undefined))
    return problem(`a rule judges a split or a hardware, not both; write "${metric}@test" or "${metric}@t4"`);
  if (/^(?:train(?:ing)?|val|validation|testing)$/iu.test(place))
    return problem(`"${place}" is not a split that can be judged; valid: @valid and @test`);
  return parsed({ split: undefined, hardware: place });
}

function splitNamed(text: string): Split | undefined {
  return SPLITS.find((split) => split === text.toLowerCase());
}

function notAMetric(text: string): Parsed<RuleTarget> {
  return problem(
    `"${text.trim()}" is not a metric; valid: ${METRICS.join(', ')}, each also with [class], @test, @valid or @hardware`,
  );
}
