import type { AccuracyMetric } from '../../gate/metric.ts';
import { isBinding, type JudgedRule, type RuleResult } from '../../gate/rule-result.ts';
import type { Judged } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import { brokenBy, type Compared, trainingOf, type WithModel } from '../page/compared.ts';
import { namesOf } from './compared-verdict.ts';
import {
  allRules,
  boundWords,
  differenceWords,
  marginWords,
  metricInSentence,
  subjectInSentence,
  subjectWords,
  valueWords,
} from './words.ts';

/** `Take rfdetr-small.`, and what the others have instead. Nothing if nothing is known of them. */
export function choiceWords(judged: Judged, compared: Compared, voice: Voice): string | undefined {
  const { best, withModel } = compared;
  const others = withModel.filter((training) => training !== best);
  if (best === undefined || others.length === 0) return undefined;
  const next = others.find(({ outcome }) => outcome === 'passed');
  // The line above has the most accurate one, if it breaks rules.
  const broken = judged.verdict.passedOver
    ? undefined
    : others.find((training) => brokenBy(training).length > 0);
  const reasons = [
    ...(next === undefined ? [] : nextBest(next, best, judged, compared, voice)),
    ...(broken === undefined ? [] : [whyNot(broken, voice)]),
  ];
  if (reasons.length === 0) return undefined;
  return [voice.bold(`Take ${voice.code(best.modelType)}.`), ...reasons].join(' ');
}

/** `rfdetr-nano holds both rules too, with 3.2 points less mAP50-95.` Nothing if neither is known of it. */
function nextBest(
  next: WithModel,
  best: WithModel,
  { verdict }: Judged,
  compared: Compared,
  voice: Voice,
): readonly string[] {
  const count = verdict.rules.length === 0 ? 0 : next.rules.filter(isBinding).length;
  const behind = behindWords(next, best, compared);
  if (count === 0 && behind === undefined) return [];
  const holds = count === 0 ? 'comes next' : `holds ${allRules(count)} too`;
  return [`${voice.code(next.modelType)} ${holds}${behind === undefined ? '' : `, with ${behind}`}.`];
}

/** `Recall of yolo26n is 3.2 short.` */
function whyNot(training: WithModel, voice: Voice): string {
  const [first, ...others] = brokenBy(training);
  if (first === undefined) return '';
  const more =
    others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'rule' : 'rules'} broken`;
  const name = voice.code(training.modelType);
  return `${subjectWords(first.rule, voice)} of ${name} is ${marginWords(first)}${more}.`;
}

function valuesOf(one: WithModel, other: WithModel, metric: AccuracyMetric | undefined) {
  return [one, other].map(({ headline }) => metric && headline.metrics.get(metric));
}

/** `3.2 points less mAP50-95`: what one has against the other; undefined if that is not known. */
function behindWords(training: WithModel, best: WithModel, { ranking }: Compared): string | undefined {
  const metric = ranking?.metric;
  const [own, other] = valuesOf(training, best, metric);
  if (metric === undefined || own === undefined || other === undefined) return undefined;
  return differenceWords(own - other, metric) ?? `the same ${metricInSentence(metric)}`;
}

/** Who holds all rules, or that none does and which comes nearest. */
export function brokenTrainingsWords(
  { verdict }: Judged,
  compared: Compared,
  voice: Voice,
): string | undefined {
  const { withModel } = compared;
  // What the picks lack is no matter of one training.
  if (verdict.rules.some((result) => isOfBrokenPick(result, compared))) return undefined;
  const holding = withModel.filter((training) => training.outcome === 'passed');
  const breaking = withModel.filter((training) => brokenBy(training).length > 0);
  const [first] = breaking;
  if (first === undefined) return undefined;
  const count = first.rules.filter(isBinding).length;
  if (holding.length > 0) {
    const verb = holding.length === 1 ? 'holds' : 'hold';
    return voice.bold(
      `${namesOf(holding, voice)} ${verb} ${allRules(count)}, ${namesOf(breaking, voice)} ${breaking.length === 1 ? 'does' : 'do'} not.`,
    );
  }
  const none = voice.bold(`None of the ${withModel.length} holds ${allRules(count)}.`);
  const nearest = nearestOf(withModel);
  if (nearest === undefined || nearest === compared.best) return none;
  const [rule, ...others] = brokenBy(nearest);
  if (rule === undefined) return none;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `${none} Nearest is ${voice.code(nearest.modelType)}: ${figureOf(rule, voice)}${more}.`;
}

function isOfBrokenPick(result: RuleResult, compared: Compared): boolean {
  return isBinding(result) && result.state === 'broken' && trainingOf(result, compared) === undefined;
}

function figureOf(result: JudgedRule, voice: Voice): string {
  const { rule, value, bound } = result;
  return `${subjectInSentence(rule, voice)} ${valueWords(result, value)} (${boundWords(rule, bound, value)})`;
}

/** The one that breaks the fewest rules, then by the smallest shortfall as a share of the bound; the first of equals. */
function nearestOf(trainings: readonly WithModel[]): WithModel | undefined {
  const isJudged = ({ rules }: WithModel) =>
    rules.every((result) => !isBinding(result) || result.state !== 'unknown');
  const shortfall = (training: WithModel) =>
    brokenBy(training).reduce((sum, { margin, bound }) => sum - margin / Math.max(Math.abs(bound), 1e-9), 0);
  return trainings
    .filter(isJudged)
    .map((training) => ({ training, count: brokenBy(training).length, size: shortfall(training) }))
    .toSorted((a, b) => a.count - b.count || a.size - b.size)[0]?.training;
}
