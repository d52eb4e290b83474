import { type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import { latencyOn, measuredHardware, sameHardware } from '../../gate/model.ts';
import { rankingMetric } from '../../gate/rank.ts';
import type { Rule } from '../../gate/rules.ts';
import { earlierOf, sameTypeHeadline } from '../against.ts';
import type { ComparedTraining } from '../compared-trainings.ts';
import { type Conclusion, comparisonOf } from '../conclusion.ts';
import { code, LONGEST_PHRASE, prose } from '../markdown/markdown.ts';
import { type Column, centred, left, list, right, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { type Compared, comparedOf, isOnRank, resultOf, ruleColumns } from '../page/compared.ts';
import type { JudgedPage, Page } from '../page/page.ts';
import { shownHardware } from '../page/shown-figures.ts';
import { boundsOnMetric } from '../words/bounds.ts';
import { lackClause } from '../words/end-words.ts';
import { typesInSentence } from '../words/names.ts';
import { differenceFrom, duration, NBSP, NONE, rounded } from '../words/numbers.ts';
import { columnTitle, ruleAsTyped } from '../words/words.ts';
import { iconOfResult } from './rules-table.ts';

type Row = ComparedTraining;

/** The trainings of a step that compares several, best first. Nothing for a single one. */
export function trainingsSection(page: JudgedPage): readonly string[] {
  const { compared } = page;
  if (compared === undefined) return [];
  const headlines = compared.withModel.map(({ headline }) => headline);
  const [hardware] = shownHardware(page, headlines);
  const lacks = compared.withoutModel.flatMap((training) => {
    const clause = lackClause(training);
    return clause === undefined ? [] : [`${code(training.modelType)} ${prose(clause, LONGEST_PHRASE)}`];
  });
  return [
    ...trainingsTable(compared, hardware, page),
    ...list(lacks, page.mostRows, `all in ${page.wholeAt}`),
  ];
}

/** The same of trainings of which nothing was decided. */
export function undecidedTrainings(conclusion: Conclusion, page: Page): readonly string[] {
  const compared = comparedOf(comparisonOf(conclusion));
  if (compared === undefined) return [];
  const [hardware] = measuredHardware(compared.withModel.map(({ headline }) => headline));
  return trainingsTable(compared, hardware, page);
}

/** @param hardware the one of which latencies are shown; undefined: none */
function trainingsTable(compared: Compared, hardware: string | undefined, page: Page): readonly string[] {
  const rules = ruleColumns(compared);
  const metric = compared.ranking;
  const isShown = metric === undefined || rules.some((rule) => isOnRank(rule, compared));
  const columns: readonly Column<Row>[] = [
    centred('', iconOf),
    left('Model type', (row) => bestBold(code(row.modelType), row, compared)),
    ...rules.map((rule) => ruleColumn(rule, compared)),
    ...(isShown ? [] : [rankColumn(metric, compared)]),
    ...latencyColumn(hardware, rules),
    right('Trained', ({ facts }) => (facts?.trainedMs === undefined ? NONE : duration(facts.trainedMs))),
    left('', statusCell),
  ];
  return [...table({ items: compared.rows, columns, noun: 'trainings' }, page), ...metricRemark(compared)];
}

/** Of one that is under way. What became of another stands below, where there is room for it. */
function statusCell(row: Row): string {
  const isUnderWay = row.headline === undefined && lackClause(row) === undefined;
  return isUnderWay ? prose(row.facts?.status ?? '', LONGEST_PHRASE) : '';
}

function iconOf({ facts, headline, outcome, end }: Row): string {
  if (headline === undefined) return facts?.inFlight === true || end.kind === 'left' ? '⏳' : '⚠️';
  return { passed: '✅', failed: '❌', undecided: '⚠️' }[outcome];
}

function bestBold(text: string, row: Row, { best }: Compared): string {
  return row === best ? `**${text}**` : text;
}

function ruleColumn(rule: Rule, compared: Compared): Column<Row> {
  const bounds = new Set(compared.withModel.map((row) => resultOf(row, rule)?.bound));
  const [bound] = bounds.size === 1 ? bounds : [];
  return right(ruleAsTyped({ rule, bound }, MARKDOWN), (row) => ruleCell(rule, row, compared));
}

function ruleCell(rule: Rule, row: Row, compared: Compared): string {
  const result = resultOf(row, rule);
  if (result === undefined) return NONE;
  const { state, value, bound } = result;
  const icon = state === 'holds' ? '' : `${iconOfResult(result)}${NBSP}`;
  if (value === undefined) return `${icon}none`;
  const number = rounded(value, rule.metric, bound === undefined ? [] : [bound]);
  return isOnRank(rule, compared)
    ? `${icon}${bestBold(number, row, compared)}${differenceOf(row, compared)}`
    : `${icon}${number}`;
}

function rankColumn(metric: AccuracyMetric, compared: Compared): Column<Row> {
  return right(columnTitle(metric), (row) => {
    const value = row.headline?.metrics.get(metric);
    if (value === undefined) return NONE;
    const number = rounded(value, metric, boundsOnMetric(row.rules, metric));
    return `${bestBold(number, row, compared)}${differenceOf(row, compared)}`;
  });
}

function differenceOf({ headline, against }: Row, { ranking: metric }: Compared): string {
  if (metric === undefined) return '';
  const before = sameTypeHeadline(against && earlierOf(against))?.metrics.get(metric);
  return differenceFrom(before, headline?.metrics.get(metric), metric);
}

/** On the hardware that matters most, unless a rule's column has it. */
function latencyColumn(hardware: string | undefined, rules: readonly Rule[]): readonly Column<Row>[] {
  if (hardware === undefined) return [];
  const isThere = ({ metric, hardware: on }: Rule) =>
    metric === 'latency' && on !== undefined && sameHardware(on, hardware);
  if (rules.some(isThere)) return [];
  return [
    right(`${MARKDOWN.name(hardware)},${NBSP}ms`, ({ headline, rules }) => {
      const ms = headline && latencyOn(headline, hardware);
      return ms === undefined ? NONE : rounded(ms, 'latency', boundsOnMetric(rules, 'latency'));
    }),
  ];
}

/** By what they are in order, if that is not what they always are by, or some do not report it. */
function metricRemark({ ranking, withModel }: Compared): readonly string[] {
  if (ranking === undefined || withModel.length < 2) return [];
  const by = `Compared by ${labelOf(ranking)}`;
  const without = withModel.filter(({ headline }) => !headline.metrics.has(ranking));
  if (without.length > 0)
    return [
      `${by}, not reported by ${typesInSentence(without, MARKDOWN)}: there is no metric that all report.`,
    ];
  const usual = rankingMetric(withModel.map(({ headline }) => headline));
  return usual === undefined || usual === ranking ? [] : [`${by}, since not all report ${labelOf(usual)}.`];
}
