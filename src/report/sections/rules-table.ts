import { isCounted } from '../../gate/metric.ts';
import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import { formatRule } from '../../gate/rules.ts';
import { code } from '../markdown/markdown.ts';
import { type Column, centred, left, list, right, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { resultOf, ruleColumns } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import { certaintyOfRule } from '../words/certainty-words.ts';
import {
  confidenceWords,
  headlineWords,
  onHardware,
  ruleAsTyped,
  sourceWords,
  splitWord,
  valueWords,
} from '../words/words.ts';
import { rulesLine } from './reason.ts';
import { remarkOn, typeJudged } from './rule-remark.ts';

/** The rules, those that decided first. */
export function rulesSection(page: JudgedPage): readonly string[] {
  const table = rulesTable(page);
  // Without a single figure a table would only repeat the heading.
  if (!hasFigures(page)) return table;
  return [...(table.length === 0 ? [] : ['### Rules', ...table]), ...judgedOnLines(page)];
}

/** The table alone, for the comment; nothing if the table of several trainings says it all. */
export function rulesTable(page: JudgedPage): readonly string[] {
  const { outcome, rules } = page.judged.verdict;
  if (!hasFigures(page)) return rulesLine('Not judged', rules);
  const items = rules
    .filter((result) => !isTold(result, page))
    .flatMap((result) => onceATraining(result, page))
    .toSorted((a, b) => placeOf(a, outcome) - placeOf(b, outcome));
  const columns: readonly Column<RuleResult>[] = [
    centred('', iconOfResult),
    left('Rule', (result) => ruleCell(result, page)),
    right('Value', valueCell),
  ];
  const remarks = [...new Set(items.flatMap((result) => remarkOn(result, page)))];
  return [
    ...table({ items, columns, noun: 'rules' }, page),
    ...list(remarks, page.mostRows, `all in ${page.wholeAt}`),
  ];
}

/** There are some without a model, if rules were judged before anything was trained. */
function hasFigures({ judged: { verdict } }: JudgedPage): boolean {
  return verdict.headline !== undefined || verdict.rules.some(({ state }) => state !== 'unknown');
}

/** A rule that must hold for each training has a row for each that has a model, and one for those that have none. */
function onceATraining(result: RuleResult, { compared }: JudgedPage): readonly RuleResult[] {
  if (compared === undefined || result.rule.scope !== 'each') return [result];
  const own = compared.withModel.flatMap((training) => resultOf(training, result.rule) ?? []);
  const isOfNone = result.state === 'unknown' && result.why.kind === 'training-without-model';
  return isOfNone ? [...own, result] : own;
}

/** What decided comes first; then the warnings; then what holds. Within each, the order of the workflow. */
function placeOf(result: RuleResult, outcome: string): number {
  const { state } = result;
  if (state === 'holds') return 4;
  if (!isBinding(result)) return 3;
  return (state === 'unknown') === (outcome === 'undecided') ? 1 : 2;
}

/** What a rule came to, in one sign. */
export function iconOfResult(result: RuleResult): string {
  if (result.state === 'holds') return '✅';
  return result.state === 'broken' && isBinding(result) ? '❌' : '⚠️';
}

function ruleCell(result: RuleResult, page: JudgedPage): string {
  const type = typeJudged(result, page);
  return `${ruleAsTyped(result, MARKDOWN)}${type && `, ${code(type)}`}`;
}

function valueCell(result: RuleResult): string {
  if (result.value === undefined) return 'none';
  const { rule, hardware } = result;
  const on = rule.hardware === undefined ? onHardware(hardware, MARKDOWN) : '';
  return [`${valueWords(result, result.value)}${on}`, certaintyOfRule(result)].filter(Boolean).join(' ');
}

function judgedOnLines(page: JudgedPage): readonly string[] {
  const sentences = [
    ...whoseSentence(page),
    ...splitSentence(page),
    ...sourceSentence(page),
    ...thresholdSentence(page),
  ];
  return sentences.length === 0 ? [] : [sentences.join(' ')];
}

function whoseSentence({ judged, candidates, compared }: JudgedPage): readonly string[] {
  const best = compared?.best;
  const { rules } = judged.verdict;
  if (candidates.length < 2 || rules.every(({ rule }) => rule.hardware === undefined)) return [];
  const whose = best === undefined ? '' : ` of ${code(best.modelType)}`;
  const others = rules.some(({ rule }) => rule.hardware === undefined)
    ? `, any other on the ${best?.models?.length === 1 ? 'trained model' : headlineWords(judged.verdict)}${whose}`
    : '';
  const from = compared === undefined ? '' : ' from all trainings';
  return [`A rule on hardware is judged on the model picked for it${from}${others}.`];
}

function splitSentence({ judged }: JudgedPage): readonly string[] {
  const isLeftOpen = judged.verdict.rules.some(
    ({ rule }) => rule.ofClass !== undefined && rule.split === undefined,
  );
  return isLeftOpen ? ['A rule on classes that names no split is judged on validation.'] : [];
}

/** The answers of Roboflow that have the figures, but for those that stand below with the classes. */
function sourceSentence({ judged, classes }: JudgedPage): readonly string[] {
  const origins = judged.verdict.rules.flatMap(({ origin }) => origin ?? []);
  const untold = origins.filter(
    ({ split, source }) => !(classes?.isJudged && classes.split === split && classes.source === source),
  );
  const sources = [...new Set(untold.map(({ source }) => source))].map(sourceWords);
  return sources.length === 0 ? [] : [`Figures of splits and classes are from ${sources.join(' and ')}.`];
}

/** At which confidence an evaluation measured; one that was chosen on the same images flatters. */
function thresholdSentence({ judged }: JudgedPage): readonly string[] {
  const places = judged.verdict.rules.flatMap(({ rule: { metric }, origin }) => {
    if (origin?.source !== 'evaluation' || !isCounted(metric) || metric === 'accuracy') return [];
    return origin.confidence === undefined
      ? `the ${splitWord(origin.split)} split's own best confidence`
      : `a confidence of ${confidenceWords(origin.confidence)}`;
  });
  if (places.length === 0) return [];
  return [`Precision, recall and F1 by the evaluation are at ${[...new Set(places)].join(' and ')}.`];
}

/** Whether a column of the table of the trainings says all that there is to say of a rule. */
function isTold(result: RuleResult, { compared }: JudgedPage): boolean {
  if (compared === undefined) return false;
  const { rule } = result;
  const { kind, noise } = rule.bound;
  const isPlain = kind === 'value' && noise === undefined && rule.hardware === undefined;
  // Why a training has no model is said there too.
  const hasReason = result.state === 'unknown' && result.why.kind !== 'training-without-model';
  const text = formatRule(rule);
  return (
    isPlain &&
    rule.ofClass?.kind !== 'every' &&
    !hasReason &&
    ruleColumns(compared).some((column) => formatRule(column) === text)
  );
}
