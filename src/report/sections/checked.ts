import type { Baseline } from '../../gate/baseline.ts';
import { labelOf } from '../../gate/metric.ts';
import { rankingMetric } from '../../gate/rank.ts';
import type { Checked, PlannedAction, PlannedRule } from '../conclusion.ts';
import { code } from '../markdown/markdown.ts';
import { list } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { Page } from '../page/page.ts';
import { baselineLack, earlierName } from '../words/earlier-words.ts';
import { creditsWords, duration, NBSP, shown } from '../words/numbers.ts';
import { figureWords } from '../words/verdict.ts';
import { imagesWords, ON_SERVERLESS, onHardware } from '../words/words.ts';
import { changesToCome } from './changes.ts';
import { unjudgedLine } from './picks-table.ts';
import { rulesLine } from './reason.ts';
import { evaluationLine, triedSections } from './tried-versions.ts';

const MOST_UNCHECKED = 20;

/** What a dry run found, and by what each rule would be judged. */
export function checkedSections(checked: Checked, page: Page): readonly string[] {
  const images = imagesWords(checked.images);
  const facts = [
    othersLine(checked),
    images && `${images} images`,
    ...(checked.rules.length === 0 ? ['no rules: the training itself would have to succeed'] : []),
    checked.serverless &&
      `latency${onHardware(checked.serverless, MARKDOWN)}: ${ON_SERVERLESS}, told with the evaluation`,
    ...new Set(checked.baselines.flatMap(baselineWords)),
    ...tookWords(checked),
    ...afterGateWords(checked),
  ];
  const said = facts.filter((fact) => fact !== undefined);
  return [
    ...(said.length === 0 ? [] : [said.join(' · ')]),
    ...rulesLine('To be judged', checked.rules.map(ruleToCome)),
    ...countsLine(checked),
    ...triedSections(checked, page),
    ...changesToCome(checked),
    ...evaluationLine(checked),
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

function baselineWords(baseline: Baseline): readonly string[] {
  if (baseline.kind !== 'training') return [baselineLack(baseline)].filter((words) => words !== undefined);
  const { headline } = baseline.results;
  const metric = headline && rankingMetric([headline]);
  const figure = metric && ` with ${labelOf(metric)} ${shown(headline.metrics.get(metric), metric)}`;
  return [`baseline is ${earlierName(baseline)}${figure ?? ', without metrics'}`];
}

/** ``the last `rfdetr-nano` took 1 h 4 min on version 6, about 2.1 credits``. */
function tookWords({ took = [] }: Checked): readonly string[] {
  const words = took.map(({ modelType, version, trainedMs }) => {
    const which = modelType === undefined ? 'training' : code(modelType);
    return `the last ${which} took ${duration(trainedMs)} on version${NBSP}${version}${creditsWords(trainedMs)}`;
  });
  return [...new Set(words)];
}

function afterGateWords({ weights, star }: Checked): readonly string[] {
  return [
    ...(weights === undefined ? [] : [`would store the weights in ${code(weights)}`]),
    ...(star === true ? ['would star the picks'] : []),
  ];
}

/** `Told by the version: images on test 197, wanted 100 or more ✓.` */
function countsLine({ counts = [] }: Checked): readonly string[] {
  if (counts.length === 0) return [];
  const words = counts.map(
    (result) => `${figureWords(result, MARKDOWN)} ${result.state === 'holds' ? '✓' : '✗'}`,
  );
  return [`Told by the version: ${words.join('; ')}.`];
}

/** A rule on classes that names no split is judged on validation. */
function ruleToCome({ rule, bound }: PlannedRule): PlannedRule {
  return { rule: { ...rule, split: rule.split ?? (rule.ofClass && 'valid') }, bound };
}

function uncheckedLines({ unchecked }: Checked, { wholeAt }: Page): readonly string[] {
  if (unchecked.length === 0) return [];
  const items = unchecked.map((line) => MARKDOWN.prose(line));
  return ['Not checked:', ...list(items, MOST_UNCHECKED, `all in ${wholeAt}`)];
}
