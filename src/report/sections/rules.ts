import type { RuleResult } from '../../gate/decide.ts';
import { labelOf } from '../../gate/metric.ts';
import { formatBound } from '../../gate/rules.ts';
import { code, leftOutLine, prose, table } from '../text/markdown.ts';
import { differenceFrom, NBSP, NONE, ROUNDED, rounded, shown, signed, withUnit } from '../text/numbers.ts';
import { type Page, shortId } from '../text/page.ts';
import { whyUnknown } from '../text/reasons.ts';

const STATES: Readonly<Record<RuleResult['state'], string>> = {
  holds: `✅${NBSP}holds`,
  broken: `❌${NBSP}broken`,
  unknown: `⚠️${NBSP}not${NBSP}judged`,
};

/** The rules with value and margin; with the baseline's values where it has any of them. */
export function rulesSection(
  results: readonly RuleResult[],
  page: Page,
  maxBytes: number,
): readonly string[] {
  if (results.length === 0) return [];
  const compares = results.some(({ baseline }) => baseline !== undefined);
  const header = [
    'Rule',
    'Wanted',
    'Value',
    ...(compares ? ['Baseline', 'Difference'] : []),
    'Margin',
    'Result',
    results.some(({ state }) => state === 'unknown') ? 'Model, or why not judged' : 'Model',
  ];
  const align = ['l', 'l', 'r', ...(compares ? ['r', 'l'] : []), 'r', 'l', 'l'];
  const rows = results.map((result) => [
    nameOf(result),
    wantedBy(result),
    shown(result.value, result.rule.metric, known(result.bound, result.baseline)),
    ...(compares ? comparison(result) : []),
    result.state === 'unknown' ? NONE : signed(result.margin, result.rule.metric),
    stateOf(result),
    result.state === 'unknown' ? prose(whyUnknown(result.why, ROUNDED)) : shortId(result.modelId, page),
  ]);
  const { text, leftOut } = table(header, rows, align, maxBytes);
  return ['### Rules', ...text, ...leftOutLine(leftOut, 'rules', page.wholeAt)];
}

function nameOf({ rule, hardware = rule.hardware }: RuleResult): string {
  const on = hardware === undefined ? '' : ` on ${code(hardware)}`;
  return `${rule.severity === 'warn' ? 'warn: ' : ''}${labelOf(rule.metric)}${on}`;
}

/** A bound as it was written, with its unit; one that is taken from the baseline with what it comes to. */
function wantedBy({ rule, bound, value }: RuleResult): string {
  const { metric, comparison } = rule;
  if (rule.bound.kind === 'value') return `${comparison}${NBSP}${withUnit(String(rule.bound.value), metric)}`;
  if (bound === undefined) return `${comparison}${NBSP}${formatBound(rule)}`;
  const number = rounded(bound, metric, known(value));
  return `${comparison}${NBSP}${withUnit(number, metric)} (${formatBound(rule)})`;
}

function comparison({ rule, value, baseline }: RuleResult): readonly string[] {
  return [
    shown(baseline, rule.metric, known(value)),
    value === undefined || baseline === undefined ? NONE : differenceFrom(value, baseline, rule.metric),
  ];
}

/** A rule that only warns is marked as such. */
function stateOf({ state, rule }: RuleResult): string {
  return state === 'broken' && rule.severity === 'warn' ? `⚠️${NBSP}broken, only warns` : STATES[state];
}

/** What a figure beside them is to be told from. */
function known(...values: readonly (number | undefined)[]): readonly number[] {
  return values.filter((value) => value !== undefined);
}
