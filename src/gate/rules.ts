import { METRICS, type Metric, metricNamed, percentOf, unitOf } from './metric.ts';
import { repairedRule } from './repair.ts';

export type Comparison = '>=' | '>' | '<=' | '<';

/** Whether a bound with this comparison is the most that a value may be, and not the least. */
export function isUpperBound(comparison: Comparison): boolean {
  return comparison === '<=' || comparison === '<';
}

/** What a value is held against: a number in the metric's unit, or the baseline's value moved by `offset` of that unit. */
export type Bound =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'baseline'; readonly offset: number };

/** One line of the `thresholds` input. */
export interface Rule {
  /** `warn`: where it does not hold, the outcome stays as it is. */
  readonly severity: 'fail' | 'warn';
  readonly metric: Metric;
  /** Undefined: the headline model is judged. Else the pick for this hardware. */
  readonly hardware: string | undefined;
  readonly comparison: Comparison;
  readonly bound: Bound;
}

/** A line that is no rule: where it stands, why it is none, and the rule that was probably meant. */
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

/** What comes along unseen when a rule is copied from a page: marks of no width, and control characters but tabs. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\t)\p{Cc}/gu;

/**
 * Reads the `thresholds` input: one rule a line, `#` begins a comment, blank lines are skipped.
 * Never throws; whatever cannot be read is a mistake with the number of its line (from 1).
 */
export function parseRules(text: string): ParsedRules {
  const rules: Rule[] = [];
  const mistakes: RuleMistake[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const content = line.replace(INVISIBLE, '').replace(/#.*$/u, '').trim();
    if (content === '') continue;
    const read = readRule(content);
    if (read.kind === 'read') rules.push(read.value);
    else
      mistakes.push({
        line: index + 1,
        text: content,
        problem: read.problem,
        suggestion: suggestionFor(content),
      });
  }
  return { rules, mistakes };
}

/** Writes `rule` in the one form that the documentation uses; reading it again gives the same rule. */
export function formatRule(rule: Rule): string {
  const prefix = rule.severity === 'warn' ? 'warn: ' : '';
  return `${prefix}${formatTarget(rule)} ${rule.comparison} ${formatBound(rule)}`;
}

/** The part of a rule before its comparison: `map50`, or `map50@T4`. */
export function formatTarget({ metric, hardware }: Pick<Rule, 'metric' | 'hardware'>): string {
  return hardware === undefined ? metric : `${metric}@${hardware}`;
}

/** The part of a rule after its comparison: `80`, `10 ms`, `baseline - 0.5`. */
export function formatBound({ bound, metric }: Rule): string {
  if (bound.kind === 'value') return `${bound.value}${unitOf(metric) === 'ms' ? ' ms' : ''}`;
  if (bound.offset === 0) return 'baseline';
  return `baseline ${bound.offset < 0 ? '-' : '+'} ${Math.abs(bound.offset)}`;
}

type Read<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'problem'; readonly problem: string };

function problem(text: string): { readonly kind: 'problem'; readonly problem: string } {
  return { kind: 'problem', problem: text };
}

function readRule(content: string): Read<Rule> {
  const warn = /^warn\s*:\s*/iu.exec(content);
  const severity = warn ? 'warn' : 'fail';
  const parts = /^(?<target>[^<>=]*?)\s*(?<comparison>>=|<=|>|<)\s*(?<bound>[^<>=]*)$/u.exec(
    content.slice(warn?.[0].length ?? 0),
  )?.groups;
  const comparison = comparisonOf(parts?.comparison);
  if (!parts || !comparison)
    return problem(
      'a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"',
    );
  const target = readTarget(parts.target ?? '');
  if (target.kind === 'problem') return target;
  const bound = readBound((parts.bound ?? '').trim(), target.value.metric);
  if (bound.kind === 'problem') return bound;
  return { kind: 'read', value: { severity, ...target.value, comparison, bound: bound.value } };
}

function comparisonOf(text: string | undefined): Comparison | undefined {
  return text === '>=' || text === '<=' || text === '>' || text === '<' ? text : undefined;
}

type Target = Pick<Rule, 'metric' | 'hardware'>;

/** `mAP@50` has an `@` of its own, so the whole text is tried as a metric before any `@` is taken for the hardware's. */
function readTarget(text: string): Read<Target> {
  if (/@\s*$/u.test(text)) return problem('a hardware name is missing after "@", as in "map50@t4"');
  const whole = metricNamed(text);
  if (whole) return { kind: 'read', value: { metric: whole, hardware: undefined } };
  for (let at = text.lastIndexOf('@'); at > 0; at = text.lastIndexOf('@', at - 1)) {
    const metric = metricNamed(text.slice(0, at));
    const hardware = text.slice(at + 1).trim();
    if (metric && hardware.startsWith('@')) return problem('one "@" is enough, as in "map50@t4"');
    if (metric && hardware) return { kind: 'read', value: { metric, hardware } };
  }
  return problem(`"${text.trim()}" is no metric; valid: ${METRICS.join(', ')}, each also with @hardware`);
}

/** At most nine digits and six decimals: what a metric can be, and what prints as it was written. */
const NUMBER = String.raw`\d{1,9}(?:\.\d{1,6})?`;
const VALUE_BOUND = new RegExp(`^(?<number>${NUMBER})\\s*(?<unit>%|ms)?$`, 'iu');
const BASELINE_BOUND = new RegExp(
  `^baseline(?:\\s*(?<sign>[+-])\\s*(?<number>${NUMBER})\\s*(?<unit>%|ms)?)?$`,
  'iu',
);

function readBound(text: string, metric: Metric): Read<Bound> {
  const baseline = BASELINE_BOUND.exec(text)?.groups;
  if (baseline) return readBaselineBound(baseline, metric);
  const value = VALUE_BOUND.exec(text)?.groups;
  if (!value)
    return problem(
      text === ''
        ? 'a bound is missing after the comparison'
        : `"${text}" is no bound; valid: a number such as 80, ${unitOf(metric) === 'ms' ? '"10 ms"' : '"80 %"'}, or "baseline - 0.5"`,
    );
  return readValueBound(Number(value.number), value.unit?.toLowerCase(), metric);
}

function readBaselineBound(parts: Record<string, string | undefined>, metric: Metric): Read<Bound> {
  if (parts.unit === '%')
    return problem(
      'a % after baseline could mean points or a share of it; write the points alone, as in "baseline - 0.5"',
    );
  if (parts.unit && unitOf(metric) !== 'ms')
    return problem(`ms does not fit ${metric}; only latency is in ms`);
  const size = Number(parts.number ?? 0);
  return {
    kind: 'read',
    value: { kind: 'baseline', offset: parts.sign === '-' && size !== 0 ? -size : size },
  };
}

function readValueBound(value: number, unit: string | undefined, metric: Metric): Read<Bound> {
  const metricUnit = unitOf(metric);
  if (unit === '%' && metricUnit !== 'percent')
    return problem(`% does not fit ${metric}${metricUnit === 'ms' ? ', which is in ms' : ''}`);
  if (unit === 'ms' && metricUnit !== 'ms')
    return problem(`ms does not fit ${metric}; only latency is in ms`);
  if (metricUnit === 'percent' && value > 0 && value <= 1)
    return problem(`metrics are percentages; write ${percentOf(value)}, not ${value}`);
  if (metricUnit === 'percent' && value > 100) return problem(`${metric} is a percentage and never over 100`);
  return { kind: 'read', value: { kind: 'value', value } };
}

/** The rule that was probably meant, if mending the usual slips makes it one. */
function suggestionFor(content: string): string | undefined {
  for (const candidate of repairedRule(content)) {
    const read = readRule(candidate);
    if (read.kind === 'read') return formatRule(read.value);
  }
  return undefined;
}
