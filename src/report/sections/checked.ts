import type { Baseline } from '../../gate/baseline.ts';
import { labelOf } from '../../gate/metric.ts';
import { rankingMetric } from '../../gate/rank.ts';
import type { Checked, PlannedAction, PlannedRule } from '../conclusion.ts';
import { code } from '../markdown/markdown.ts';
import { type Column, left, list, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { Page } from '../page/page.ts';
import { earlierName } from '../words/earlier-words.ts';
import { counted, NBSP, shown } from '../words/numbers.ts';
import { boundWords, imagesWords, offsetWords, onHardware, onSplit, subjectWords } from '../words/words.ts';
import { unjudgedLine } from './picks-table.ts';

const MOST_UNCHECKED = 20;

/** What a dry run found, and by what each rule would be judged. */
export function checkedSections(checked: Checked, page: Page): readonly string[] {
  const facts = [
    othersLine(checked),
    imagesLine(checked),
    rulesCount(checked),
    ...new Set(checked.baselines.flatMap(baselineWords)),
    ...afterGateWords(checked),
  ];
  const said = facts.filter((fact) => fact !== undefined);
  return [
    ...(said.length === 0 ? [] : [said.join(' · ')]),
    ...rulesToCome(checked, page),
    ...unjudgedLine(checked.unjudged),
    ...uncheckedLines(checked, page),
  ];
}

function othersLine({ others = [] }: Checked): string | undefined {
  if (others.length === 0) return undefined;
  return `also: ${others.map(plannedWords).join(', ')}`;
}

function plannedWords(action: PlannedAction): string {
  const type = action.modelType === undefined ? 'a training' : MARKDOWN.name(action.modelType);
  if (action.kind === 'start') return `start ${type}`;
  return `${action.kind === 'attach' ? 'wait for' : 'judge'} ${type} (${code(action.jobId)})`;
}

function imagesLine({ images }: Checked): string | undefined {
  const words = imagesWords(images);
  return words === undefined ? undefined : `${words} images`;
}

function rulesCount({ rules }: Checked): string {
  return rules.length === 0
    ? 'no rules: the training itself would have to succeed'
    : `would judge ${counted(rules.length, 'rule')}`;
}

function baselineWords(baseline: Baseline): readonly string[] {
  switch (baseline.kind) {
    case 'none':
      return [];
    case 'missing':
      return [`no baseline: ${MARKDOWN.prose(baseline.reason, 400)}`];
    case 'unread':
      return [`the baseline could not be read: ${MARKDOWN.prose(baseline.error.message, 400)}`];
    case 'training': {
      const { headline } = baseline.results;
      const metric = headline && rankingMetric([headline]);
      const figure = metric && ` with ${labelOf(metric)} ${shown(headline.metrics.get(metric), metric)}`;
      return [`baseline is ${earlierName(baseline)}${figure ?? ', without metrics'}`];
    }
  }
}

function afterGateWords({ weights, star }: Checked): readonly string[] {
  return [
    ...(weights === undefined ? [] : [`would store the weights in ${code(weights)}`]),
    ...(star === true ? ['would star the picks'] : []),
  ];
}

function rulesToCome(checked: Checked, page: Page): readonly string[] {
  if (checked.rules.length === 0) return [];
  const columns: readonly Column<PlannedRule>[] = [
    left('Rule', ruleCell),
    left('Judged on', ({ rule }) => judgedOn(rule)),
    left('Bound from', ({ rule }) => boundFrom(rule, checked)),
  ];
  return ['### Rules', ...table({ items: checked.rules, columns, noun: 'rules' }, page)];
}

function ruleCell({ rule, bound }: PlannedRule): string {
  const warns = rule.severity === 'warn' ? `, only${NBSP}warns` : '';
  return `${subjectWords(rule, MARKDOWN)} ${boundWords(rule, bound)}${warns}`;
}

function judgedOn({ hardware, ofClass, split }: PlannedRule['rule']): string {
  // The rule itself names any other split.
  const on = ofClass !== undefined && split === undefined ? onSplit('valid') : '';
  return hardware === undefined
    ? `the headline model${on}`
    : `the model picked${onHardware(hardware, MARKDOWN).replace(' on ', ' for ')}`;
}

function boundFrom(rule: PlannedRule['rule'], { baselines }: Checked): string {
  if (rule.bound.kind === 'value') return '';
  const from = baselines.map((each) =>
    each.kind === 'training' ? `${earlierName(each)}${offsetWords(rule)}` : 'the baseline',
  );
  return [...new Set(from)].join(' or ');
}

function uncheckedLines({ unchecked }: Checked, { wholeAt }: Page): readonly string[] {
  if (unchecked.length === 0) return [];
  const items = unchecked.map((line) => MARKDOWN.prose(line));
  return ['Not checked, since only a start can tell:', ...list(items, MOST_UNCHECKED, `all in ${wholeAt}`)];
}
