import type { RuleResult } from '../../gate/decide.ts';
import { measure } from '../../gate/measure.ts';
import { code } from '../markdown/markdown.ts';
import { type Column, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { resultOf, trainingOf } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import { tableTellsRules } from '../page/rule-columns.ts';
import { namesInSentence } from '../words/names.ts';
import { NBSP, shown } from '../words/numbers.ts';
import {
  boundWords,
  marginWords,
  offsetWords,
  onHardware,
  subjectWords,
  targetOf,
  valueWords,
} from '../words/words.ts';
import { judgedOnLines } from './judged-on.ts';
import { rulesLine } from './reason.ts';
import { unknownWords } from './unknown-rule.ts';

/** The rules, those that decided first. */
export function rulesSection(page: JudgedPage): readonly string[] {
  const { rules } = page.judged.verdict;
  if (rules.length === 0 || tableTellsRules(page)) return [];
  // Without a single figure a table would only repeat the heading.
  if (page.judged.verdict.headline === undefined) return rulesTable(page);
  return ['### Rules', ...rulesTable(page), ...judgedOnLines(page)];
}

/** The table alone, for the comment; nothing if the table of several trainings says it all. */
export function rulesTable(page: JudgedPage): readonly string[] {
  const { outcome, rules, headline } = page.judged.verdict;
  if (tableTellsRules(page)) return [];
  if (headline === undefined)
    return rulesLine(
      'Not judged',
      rules.map(({ rule }) => rule),
    );
  const items = rules
    .flatMap((result) => onceATraining(result, page))
    .toSorted((a, b) => placeOf(a, outcome) - placeOf(b, outcome));
  const columns: readonly Column<RuleResult>[] = [
    { title: '', align: 'c', cell: iconOf },
    { title: 'Rule', align: 'l', cell: (result) => ruleCell(result, page) },
    { title: 'Value', align: 'r', cell: valueCell },
    { title: '', align: 'l', cell: (result) => remarkOn(result, page) },
  ];
  return table({ items, columns, noun: 'rules' }, page);
}

/** A rule that must hold for each training has a row for each that has a model, and one for those that have none. */
function onceATraining(result: RuleResult, { compared }: JudgedPage): readonly RuleResult[] {
  if (compared === undefined || result.rule.scope !== 'each') return [result];
  const own = compared.withModel.flatMap((training) => resultOf(training, result.rule) ?? []);
  const isOfNone = result.state === 'unknown' && result.why.kind === 'training-without-model';
  return isOfNone ? [...own, result] : own;
}

/** What decided comes first; then the warnings; then what holds. Within each, the order of the workflow. */
function placeOf({ rule, state }: RuleResult, outcome: string): number {
  if (state === 'holds') return 4;
  if (rule.severity === 'warn') return 3;
  return (state === 'unknown') === (outcome === 'undecided') ? 1 : 2;
}

function iconOf({ rule, state }: RuleResult): string {
  if (state === 'holds') return '✅';
  return state === 'broken' && rule.severity === 'fail' ? '❌' : '⚠️';
}

function ruleCell(result: RuleResult, { compared }: JudgedPage): string {
  const { rule, bound, value } = result;
  const warns = rule.severity === 'warn' ? `, only${NBSP}warns` : '';
  const training = rule.scope === 'each' && compared ? trainingOf(result, compared) : undefined;
  const whose = training === undefined ? '' : `, ${code(training.modelType)}`;
  return `${subjectWords(targetOf(result), MARKDOWN)} ${boundWords(rule, bound, value)}${whose}${warns}`;
}

function valueCell(result: RuleResult): string {
  return result.value === undefined ? 'none' : valueWords(result, result.value);
}

/** How far the value is from the bound, or why nobody knows; and what the version before had. */
function remarkOn(result: RuleResult, page: JudgedPage): string {
  const { rule, hardware } = result;
  const main =
    result.state === 'unknown'
      ? unknownWords(result.why)
      : `${worstClass(result)}${marginWords(result)}${rule.hardware === undefined ? onHardware(hardware, MARKDOWN) : ''}`;
  return [main, ...leftOutClasses(result), ...earlierValue(result, page)].join('; ');
}

/** The class that decided about a rule on every class. */
function worstClass({ rule, origin }: RuleResult): string {
  const isEvery = rule.ofClass?.kind === 'every' && origin?.className !== undefined;
  return isEvery ? `${MARKDOWN.name(origin.className)} is weakest, ` : '';
}

function leftOutClasses({ origin }: RuleResult): readonly string[] {
  if (origin === undefined || origin.leftOut.length === 0) return [];
  return [`without objects, so left out: ${namesInSentence(origin.leftOut, MARKDOWN)}`];
}

function earlierValue(result: RuleResult, page: JudgedPage): readonly string[] {
  const { earlier } = page;
  const value = result.baseline ?? valueBefore(result, page);
  if (earlier === undefined || value === undefined) return [];
  const { rule } = result;
  const others = result.value === undefined ? [] : [result.value];
  return [`version${NBSP}${earlier.version}: ${shown(value, rule.metric, others)}${offsetWords(rule)}`];
}

/** The value of a version that no rule is judged by, for information. */
function valueBefore(
  { rule, hardware, origin }: RuleResult,
  { earlier, targets }: JudgedPage,
): number | undefined {
  if (earlier === undefined) return undefined;
  const before = measure(rule, earlier.results, targets, { hardware, origin });
  return before.kind === 'measured' ? before.value : undefined;
}
