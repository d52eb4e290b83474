import type { RuleResult } from '../gate/decide.ts';
import { labelOf } from '../gate/metric.ts';
import { formatBound } from '../gate/rules.ts';
import { code, leftOutLine, prose, table } from './markdown.ts';
import { differenceFrom, NONE, shown, signed } from './numbers.ts';

const STATES: Readonly<Record<RuleResult['state'], string>> = {
  holds: '✅ holds',
  broken: '❌ broken',
  unknown: '⚠️ not judged',
};

/** The rules with value and margin; with the baseline's value where one of them compares with it. */
export function rulesSection(results: readonly RuleResult[], maxBytes: number): readonly string[] {
  if (results.length === 0) return [];
  const compares = results.some(({ rule }) => rule.bound.kind === 'baseline');
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
  const rows = results.map((result) => row(result, compares));
  const { text, leftOut } = table(header, rows, align, maxBytes);
  return ['### Rules', ...text, ...leftOutLine(leftOut, 'rules')];
}

function row(result: RuleResult, compares: boolean): readonly string[] {
  const { rule } = result;
  const hardware = (result.state === 'unknown' ? undefined : result.hardware) ?? rule.hardware;
  const on = hardware === undefined ? '' : ` on ${code(hardware)}`;
  const name = `${rule.severity === 'warn' ? 'warn: ' : ''}${labelOf(rule.metric)}${on}`;
  const wanted = `${rule.comparison} ${formatBound(rule)}`;
  if (result.state === 'unknown')
    return [
      name,
      wanted,
      NONE,
      ...(compares ? [NONE, NONE] : []),
      NONE,
      STATES.unknown,
      prose(result.reason),
    ];
  const { value, baseline, margin, modelId } = result;
  const before =
    baseline === undefined
      ? [NONE, NONE]
      : [shown(baseline, rule.metric), differenceFrom(value, baseline, rule.metric)];
  return [
    name,
    wanted,
    telling(result),
    ...(compares ? before : []),
    signed(margin, rule.metric),
    stateOf(result),
    code(modelId),
  ];
}

/** A rule that only warns is marked as such. */
function stateOf({ state, rule }: RuleResult): string {
  return state === 'broken' && rule.severity === 'warn' ? '⚠️ broken, only warns' : STATES[state];
}

/** The value for people, but exact where rounding would blur on which side of the bound it is. */
function telling({ value, bound, rule }: Extract<RuleResult, { state: 'holds' | 'broken' }>): string {
  const text = shown(value, rule.metric);
  return value !== bound && text === shown(bound, rule.metric) ? String(value) : text;
}
