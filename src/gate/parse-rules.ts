import { percentOf } from '../lib/decimals.ts';
import { METRICS, type Metric, metricNamed, unitOf } from './metric.ts';
import { type Bound, type Comparison, formatRule, type Rule } from './rules.ts';
import { likelyRules } from './suggest-rule.ts';

/** A line that is no rule: its number (from 1), its text, what is wrong with it, and the rule that was probably meant. */
export interface RuleMistake {
  readonly line: number;
  readonly text: string;
  readonly problem: string;
  readonly suggestion: string | undefined;
}

export interface ParsedRules {
  readonly rules: readonly Rule[];
  readonly mistakes: readonly RuleMistake[];
}

/** Characters that nobody sees and that a rule may contain when it is copied from a web page. A tab is not one of them. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\t)\p{Cc}/gu;

/**
 * Parses the `thresholds` input: one rule per line. `#` starts a comment, blank lines are skipped. Never throws: a line
 * that is no rule gives a mistake.
 */
export function parseRules(text: string): ParsedRules {
  const rules: Rule[] = [];
  const mistakes: RuleMistake[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const content = line
      .replace(INVISIBLE, '')
      .replace(/#.*$/u, '')
      .replace(/≥/gu, '>=')
      .replace(/≤/gu, '<=')
      .trim();
    if (content === '') continue;
    const parsed = parseRule(content);
    if (parsed.kind === 'parsed') rules.push(parsed.value);
    else
      mistakes.push({
        line: index + 1,
        text: content,
        problem: parsed.problem,
        suggestion: suggestionFor(content),
      });
  }
  return { rules, mistakes };
}

type Parsed<Value> =
  | { readonly kind: 'parsed'; readonly value: Value }
  | { readonly kind: 'problem'; readonly problem: string };

function problem(text: string): { readonly kind: 'problem'; readonly problem: string } {
  return { kind: 'problem', problem: text };
}

function parseRule(content: string): Parsed<Rule> {
  const warn = /^warn\s*:\s*/iu.exec(content);
  const severity = warn ? 'warn' : 'fail';
  const parts = /^(?<target>[^<>=]*?)\s*(?<comparison>>=|<=|>|<)\s*(?<bound>[^<>=]*)$/u.exec(
    content.slice(warn?.[0].length ?? 0),
  )?.groups;
  const comparison = comparisonOf(parts?.comparison);
  if (isSeveralRules(content))
    return problem(
      'these are several rules on one line: write each on its own. In YAML, "thresholds: |" keeps lines apart, and ">" joins them',
    );
  if (!parts || !comparison)
    return problem(
      'a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"',
    );
  const target = parseTarget(parts.target ?? '');
  if (target.kind === 'problem') return target;
  const bound = parseBound((parts.bound ?? '').trim(), target.value.metric);
  if (bound.kind === 'problem') return bound;
  return { kind: 'parsed', value: { severity, ...target.value, comparison, bound: bound.value } };
}

/** As when YAML joined the lines of a block that begins with `>`. */
function isSeveralRules(content: string): boolean {
  return (content.match(/(?:>=|<=|>|<)\s*(?:\d|baseline)/giu) ?? []).length > 1;
}

function comparisonOf(text: string | undefined): Comparison | undefined {
  return text === '>=' || text === '<=' || text === '>' || text === '<' ? text : undefined;
}

type Target = Pick<Rule, 'metric' | 'hardware'>;

/** The `@` of `mAP@50` belongs to the metric, so the whole text is tried as a metric before it is split at an `@`. */
function parseTarget(text: string): Parsed<Target> {
  if (/@\s*$/u.test(text)) return problem('a hardware name is missing after "@", as in "map50@t4"');
  const inBrackets = /^\s*(?<metric>[\w -]+?)\s*\[/u.exec(text)?.groups?.metric ?? '';
  const ofClass = metricNamed(inBrackets);
  if (ofClass && metricNamed(text) === undefined)
    return problem(`a rule judges all classes together; write it without brackets, as in "${ofClass} >= 80"`);
  const whole = metricNamed(text);
  if (whole) return { kind: 'parsed', value: { metric: whole, hardware: undefined } };
  for (let at = text.lastIndexOf('@'); at > 0; at = text.lastIndexOf('@', at - 1)) {
    const metric = metricNamed(text.slice(0, at));
    const hardware = text.slice(at + 1).trim();
    if (metric && hardware.startsWith('@')) return problem('one "@" is enough, as in "map50@t4"');
    if (metric && hardware) return { kind: 'parsed', value: { metric, hardware } };
  }
  return problem(`"${text.trim()}" is not a metric; valid: ${METRICS.join(', ')}, each also with @hardware`);
}

/** At most nine digits and six decimals: enough for every metric, and always printed again as it was written. */
const NUMBER = String.raw`\d{1,9}(?:\.\d{1,6})?`;
const VALUE_BOUND = new RegExp(`^(?<number>${NUMBER})\\s*(?<unit>%|ms)?$`, 'iu');
const BASELINE_BOUND = new RegExp(
  `^baseline(?:\\s*(?<sign>[+-])\\s*(?<number>${NUMBER})\\s*(?<unit>%|ms)?)?$`,
  'iu',
);

function parseBound(text: string, metric: Metric): Parsed<Bound> {
  const baseline = BASELINE_BOUND.exec(text)?.groups;
  if (baseline) return parseBaselineBound(baseline, metric);
  const value = VALUE_BOUND.exec(text)?.groups;
  if (!value)
    return problem(
      text === ''
        ? 'a bound is missing after the comparison'
        : `"${text}" is not a bound; valid: a number such as 80, ${unitOf(metric) === 'ms' ? '"10 ms"' : '"80 %"'}, or "baseline - 0.5"`,
    );
  return parseValueBound(Number(value.number), value.unit?.toLowerCase(), metric);
}

function parseBaselineBound(parts: Record<string, string | undefined>, metric: Metric): Parsed<Bound> {
  if (parts.unit === '%')
    return problem(
      'a % after baseline could mean points or a share of the baseline; write the points without %, as in "baseline - 0.5"',
    );
  if (parts.unit && unitOf(metric) !== 'ms')
    return problem(`ms does not fit ${metric}; only latency is in ms`);
  const size = Number(parts.number ?? 0);
  return {
    kind: 'parsed',
    value: { kind: 'baseline', offset: parts.sign === '-' && size !== 0 ? -size : size },
  };
}

function parseValueBound(value: number, unit: string | undefined, metric: Metric): Parsed<Bound> {
  const metricUnit = unitOf(metric);
  if (unit === '%' && metricUnit !== 'percent')
    return problem(`% does not fit ${metric}${metricUnit === 'ms' ? ', which is in ms' : ''}`);
  if (unit === 'ms' && metricUnit !== 'ms')
    return problem(`ms does not fit ${metric}; only latency is in ms`);
  if (metricUnit === 'percent' && value > 0 && value <= 1)
    return problem(`metrics are percentages; write ${percentOf(value)}, not ${value}`);
  if (metricUnit === 'percent' && value > 100) return problem(`${metric} is a percentage and never over 100`);
  return { kind: 'parsed', value: { kind: 'value', value } };
}

/** The rule that was probably meant, undefined if no correction gives a rule. */
function suggestionFor(content: string): string | undefined {
  for (const candidate of likelyRules(content)) {
    const parsed = parseRule(candidate);
    if (parsed.kind === 'parsed') return formatRule(parsed.value);
  }
  return undefined;
}
