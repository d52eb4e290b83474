import type { RuleResult } from '../../gate/rule-result.ts';
import { formatRule, isOnDetails } from '../../gate/rules.ts';
import type { Checked, TriedBefore } from '../conclusion.ts';
import { code } from '../markdown/markdown.ts';
import { type Column, left, right, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { Page } from '../page/page.ts';
import { NBSP, NONE, rounded } from '../words/numbers.ts';

/** How the rules would have judged earlier versions: a table for each model type. */
export function triedSections({ tried = [], rules }: Checked, page: Page): readonly string[] {
  return rules.length === 0 ? [] : tried.flatMap((each) => triedSection(each, page));
}

function triedSection({ modelType, versions }: TriedBefore, page: Page): readonly string[] {
  const [first] = versions;
  if (first === undefined) return [];
  const items = first.rules.map(({ rule }, index) => ({
    rule,
    results: new Map(versions.map(({ version, rules }) => [version, rules[index]])),
  }));
  const columns: readonly Column<(typeof items)[number]>[] = [
    left('Rule', ({ rule }) => code(formatRule(rule))),
    ...versions.map(({ version }) =>
      right<(typeof items)[number]>(`v${version}`, ({ results }) => cellOf(results.get(version))),
    ),
  ];
  const type = modelType === undefined ? 'model' : code(modelType);
  const others = versions
    .filter(({ isSameType }) => !isSameType)
    .map((each) => `v${each.version} by ${each.modelType === undefined ? 'another' : code(each.modelType)}`);
  const notes = [
    ...(others.length === 0 || modelType === undefined ? [] : [`Of another type: ${others.join(', ')}.`]),
    ...(items.some(({ rule }) => isOnDetails(rule)) ? ['Rules on classes and splits are not shown.'] : []),
  ];
  return [
    `How the rules would have judged before, by the best ${type} of each version${baselineNote(items)}:`,
    ...table({ items, columns, noun: 'rules' }, page),
    ...(notes.length === 0 ? [] : [notes.join(' ')]),
  ];
}

function baselineNote(items: readonly { readonly rule: RuleResult['rule'] }[]): string {
  return items.some(({ rule }) => rule.bound.kind === 'baseline') ? ' (baseline: that of today)' : '';
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
