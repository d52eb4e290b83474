import { labelOf } from '../gate/metric.ts';
import type { RuleResult } from '../gate/rule-result.ts';
import { type Conclusion, comparisonOf } from './conclusion.ts';
import { PLAIN } from './markdown/voice.ts';
import { type Compared, comparedOf } from './page/compared.ts';
import type { TrainingFacts } from './training-facts.ts';
import { lackClause } from './words/end-words.ts';
import { headingWords } from './words/heading.ts';
import { duration, NBSP, shown } from './words/numbers.ts';
import { ruleSentence, whoseWords } from './words/reasons.ts';

const STATES = { holds: 'ok', broken: 'broken', unknown: 'unknown' } as const;

/** The verdict for whoever reads the log, as plain text: a line for each of several trainings and each rule. Of what was not judged only the trainings, if there are several. */
export function logLines(conclusion: Conclusion, facts?: TrainingFacts): readonly string[] {
  const compared = comparedOf(comparisonOf(conclusion));
  const isJudged = conclusion.kind === 'judged';
  const lines = [
    ...(isJudged ? [headingWords(conclusion, facts, PLAIN)] : []),
    ...trainingLines(compared),
    ...(isJudged ? conclusion.verdict.rules.map((result) => ruleLine(result, compared)) : []),
  ];
  return lines.map((line) => line.replaceAll(NBSP, ' '));
}

/** `  passed    rfdetr-small: mAP50-95 64.9 %, trained 1 h 45 min`, best first. */
function trainingLines(compared: Compared | undefined): readonly string[] {
  return (compared?.rows ?? []).map((row) => {
    const { modelType, outcome, headline, facts } = row;
    const lack = lackClause(row);
    const metric = compared?.ranking;
    const value = metric && headline?.metrics.get(metric);
    const figures = [
      ...(metric === undefined || value === undefined ? [] : [`${labelOf(metric)} ${shown(value, metric)}`]),
      ...(lack === undefined ? [] : [PLAIN.prose(lack)]),
      ...(facts?.trainedMs === undefined ? [] : [`trained ${duration(facts.trainedMs)}`]),
    ];
    const state = headline === undefined ? (lack === undefined ? 'started' : 'no model') : outcome;
    return `  ${state.padEnd(9)} ${[PLAIN.code(modelType), figures.join(', ')].filter(Boolean).join(': ')}`;
  });
}

/** `  broken   latency@T4 24.8 ms, wanted <= 20 ms (over by 4.8 ms)`. */
function ruleLine(result: RuleResult, compared: Compared | undefined): string {
  const warns = result.rule.severity === 'warn' ? 'only warns: ' : '';
  return `  ${STATES[result.state].padEnd(8)} ${warns}${whoseWords(result, compared)}${ruleSentence(result)}`;
}
