import { labelOf } from '../gate/metric.ts';
import type { PickResult } from '../gate/picks.ts';
import { type Conclusion, comparisonOf, type Judged } from './conclusion.ts';
import { PLAIN } from './markdown/voice.ts';
import { type Compared, comparedOf, trainingOf } from './page/compared.ts';
import { type JudgedPage, judgedPage } from './page/page.ts';
import { boundsOn } from './words/bounds.ts';
import { lackClause } from './words/end-words.ts';
import { judgedHeadingWords } from './words/heading.ts';
import { duration, NBSP, shown } from './words/numbers.ts';
import { whyNoPick } from './words/unknown-words.ts';
import { boundWords, subjectInSentence, targetOf, valueWords } from './words/words.ts';

const STATES = { holds: 'ok', broken: 'broken', unknown: 'unknown' } as const;

/** More are no help in a log; the report has them all. */
const MOST_PICKS = 20;

/** The verdict for whoever reads the log, as plain text: a line for each of several trainings, each rule and each pick. Of what was not judged only the trainings, if there are several. */
export function logLines(conclusion: Conclusion): readonly string[] {
  if (conclusion.kind !== 'judged') return asPlain(trainingLines(comparedOf(comparisonOf(conclusion))));
  const page = judgedPage(conclusion, { training: undefined, wholeAt: '', mostRows: 0 });
  const { picks } = conclusion.verdict;
  const lines = [
    judgedHeadingWords(page, PLAIN),
    ...trainingLines(page.compared),
    ...ruleLines(conclusion, page.compared),
    ...picks.slice(0, MOST_PICKS).map((pick) => pickLine(pick, page)),
    ...(picks.length > MOST_PICKS ? [`  and ${picks.length - MOST_PICKS} more hardware targets`] : []),
  ];
  return asPlain(lines);
}

function asPlain(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replaceAll(NBSP, ' '));
}

/** `  passed    rfdetr-small: mAP50-95 64.9 %, trained 1 h 45 min`, best first. */
function trainingLines(compared: Compared | undefined): readonly string[] {
  return (compared?.rows ?? []).map((row) => {
    const { modelType, outcome, headline, facts } = row;
    const lack = lackClause(row);
    const metric = compared?.ranking?.metric;
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

/** `  broken   latency on T4 ≤ 20 ms: 24.8 ms`. */
function ruleLines({ verdict }: Judged, compared: Compared | undefined): readonly string[] {
  return verdict.rules.map((result) => {
    const { rule, bound, value, state, origin } = result;
    const words = `${subjectInSentence(targetOf(result), PLAIN)} ${boundWords(rule, bound, value)}`;
    const worst = rule.ofClass?.kind === 'every' && origin?.className !== undefined;
    const figure = value === undefined ? 'no value' : valueWords(result, value);
    const training = rule.scope === 'each' && compared ? trainingOf(result, compared) : undefined;
    const whose = training === undefined ? '' : `${PLAIN.code(training.modelType)} `;
    const of = worst ? `${PLAIN.name(origin.className)} ` : '';
    const warns = rule.severity === 'warn' ? ' (only warns)' : '';
    return `  ${STATES[state].padEnd(8)} ${words}${warns}: ${whose}${of}${figure}`;
  });
}

/** `  T4: rf-detr-nano-3, mAP50 61.2, 3.4 ms`. */
function pickLine(result: PickResult, { judged: { verdict }, metric }: JudgedPage): string {
  if (result.kind === 'missing') return `  ${PLAIN.name(result.hardware)}: ${whyNoPick(result)}`;
  const { hardware, model, latencyMs } = result.pick;
  const figures = [
    ...(metric === undefined
      ? []
      : [
          `${labelOf(metric)} ${shown(model.metrics.get(metric), metric, boundsOn(verdict, model.id, metric))}`,
        ]),
    ...(latencyMs === undefined ? [] : [shown(latencyMs, 'latency', boundsOn(verdict, model.id, 'latency'))]),
  ];
  return `  ${PLAIN.name(hardware)}: ${[PLAIN.code(model.id), ...figures].join(', ')}`;
}
