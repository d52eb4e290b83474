import type { AccuracyMetric } from '../../gate/metric.ts';
import { isBinding } from '../../gate/rule-result.ts';
import type { Judged } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import { brokenBy, type Compared, type WithModel } from '../page/compared.ts';
import { allRules, differenceWords, marginWords, metricInSentence, subjectWords } from './words.ts';

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
