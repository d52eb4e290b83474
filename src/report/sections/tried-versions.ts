import { ACCURACY_METRICS, type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import type { RuleResult } from '../../gate/rule-result.ts';
import { formatRule, isOnDetails, type Rule } from '../../gate/rules.ts';
import type { Checked, TriedBefore, TriedVersion } from '../conclusion.ts';
import { code } from '../markdown/markdown.ts';
import { left, right, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { Page } from '../page/page.ts';
import { NBSP, NONE, rounded, shown } from '../words/numbers.ts';

/** How the rules would have judged earlier versions, a table for each model type; without rules what those reached, to choose bounds by. */
export function triedSections({ tried = [] }: Checked, page: Page): readonly string[] {
  return tried.flatMap((each) => triedSection(each, page));
}

interface Row {
  readonly name: string;
  readonly cell: (of: TriedVersion) => string;
}

function triedSection({ modelType, versions }: TriedBefore, page: Page): readonly string[] {
  const rules = versions[0]?.rules.map(({ rule }) => rule) ?? [];
  const items = rules.length > 0 ? rules.map(ruleRow) : metricRows(versions);
  const lines = table(
    {
      items,
      columns: [
        left(rules.length > 0 ? 'Rule' : 'Metric', ({ name }: Row) => name),
        ...versions.map((of) => right(`v${of.version}`, ({ cell }: Row) => cell(of))),
      ],
      noun: 'rows',
    },
    page,
  );
  if (lines.length === 0) return [];
  const best = `the best ${modelType === undefined ? 'model' : code(modelType)} of each version`;
  const today = rules.some(({ bound }) => bound.kind === 'baseline') ? ' (baseline: that of today)' : '';
  const others = versions
    .filter(({ isSameType }) => modelType !== undefined && !isSameType)
    .map((each) => `v${each.version} by ${each.modelType === undefined ? 'another' : code(each.modelType)}`);
  const notes = [
    ...(others.length === 0 ? [] : [`Of another type: ${others.join(', ')}.`]),
    ...(rules.some(isOnDetails) ? ['Rules on classes and splits are not shown.'] : []),
  ];
  return [
    rules.length > 0
      ? `How the rules would have judged before, by ${best}${today}:`
      : `What ${best} reached, to choose bounds by:`,
    ...lines,
    ...(notes.length === 0 ? [] : [notes.join(' ')]),
  ];
}

function ruleRow(rule: Rule, index: number): Row {
  return { name: code(formatRule(rule)), cell: ({ rules }) => cellOf(rules[index]) };
}

function metricRows(versions: readonly TriedVersion[]): readonly Row[] {
  const isReported = (metric: AccuracyMetric) => versions.some(({ metrics }) => metrics.has(metric));
  return ACCURACY_METRICS.filter(isReported).map((metric) => ({
    name: labelOf(metric),
    cell: ({ metrics }) => shown(metrics.get(metric), metric),
  }));
}

/** `83.4 ✓`, `76.1 ✗`; without a sign what has nothing to be held against. */
function cellOf(result: RuleResult | undefined): string {
  if (result?.value === undefined) return NONE;
  const { rule, value, bound, state } = result;
  const figure = rounded(value, rule.metric, bound === undefined ? [] : [bound]);
  if (state === 'unknown') return figure;
  return `${figure}${NBSP}${state === 'holds' ? '✓' : '✗'}`;
}

/** `Only Roboflow's evaluation tells ...`: of which free plans have none. */
export function evaluationLine({ needEvaluation = [] }: Checked): readonly string[] {
  if (needEvaluation.length === 0) return [];
  const names = needEvaluation.map((rule) => MARKDOWN.code(formatRule(rule)));
  return [
    `Only Roboflow's evaluation of the model can tell what ${names.join(', ')} need${names.length === 1 ? 's' : ''}. Free plans have none.`,
  ];
}
