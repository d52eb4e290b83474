import { isBinding, type JudgedRule } from '../../gate/rule-result.ts';
import type { ComparedTraining } from '../compared-trainings.ts';
import type { Judged } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import { brokenBy, type Compared, decidingLacks, trainingOf, type WithModel } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import { shown } from './numbers.ts';
import {
  andMore,
  bindingRules,
  figureWords,
  missingPicks,
  missingWords,
  unknownRuleWords,
  unknownWords,
  warningCount,
  withoutModel,
} from './verdict.ts';
import { metricInSentence } from './words.ts';

const MOST_NAMES = 3;

/** What a heading says of several trainings: which is the best, or what decided, and how many have no model. */
export function comparedVerdictWords(page: JudgedPage, compared: Compared, voice: Voice): string {
  const { judged } = page;
  switch (judged.verdict.outcome) {
    case 'passed':
      return `${passedWords(judged, compared, voice)}${lackCount(compared)}${warningCount(judged)}`;
    case 'failed':
      return `${failedWords(judged, compared, voice)}${lackCount(compared)}`;
    case 'undecided':
      return undecidedWords(judged, compared, voice);
  }
}

function passedWords(judged: Judged, compared: Compared, voice: Voice): string {
  const { best, rows, withModel } = compared;
  if (best === undefined) return `${rows.length} trainings, no metrics were reported`;
  const name = voice.code(best.modelType);
  const rank =
    withModel.length === 1
      ? `${name} is the only one of ${rows.length} with a model`
      : `${name} is best of ${rows.length}`;
  const binding = bindingRules(judged);
  const figure = binding
    .filter((result) => [best, undefined].includes(trainingOf(result, compared)))
    .find((result): result is JudgedRule => result.state !== 'unknown');
  if (figure !== undefined) return `${rank}, ${figureWords(figure, voice, '')}`;
  const isSkipped = binding.length === 0 && judged.verdict.rules.some(({ rule }) => rule.severity === 'fail');
  return `${isSkipped ? 'nothing was judged, since there is no baseline yet; ' : ''}${rank}${accuracyOf(best, compared)}`;
}

function accuracyOf({ headline }: WithModel, { ranking }: Compared): string {
  const metric = ranking?.metric;
  const value = metric && headline.metrics.get(metric);
  return metric === undefined || value === undefined
    ? ''
    : `, ${metricInSentence(metric)} ${shown(value, metric)}`;
}

/** `, 1 of 3 trainings has no model`; nothing if the words before have said it. */
function lackCount({ withModel, withoutModel: lacking, rows }: Compared): string {
  return lacking.length === 0 || withModel.length < 2 ? '' : `, ${ofAll(lacking, rows)} no model`;
}

function ofAll(some: readonly ComparedTraining[], all: readonly ComparedTraining[]): string {
  return `${some.length} of ${all.length} trainings ${some.length === 1 ? 'has' : 'have'}`;
}

function failedWords(judged: Judged, compared: Compared, voice: Voice): string {
  const broken = brokenRules(judged, compared);
  const missing = missingPicks(judged).filter(({ reason }) => reason === 'over-budget');
  const [rule, ...others] = broken;
  if (rule !== undefined)
    return `${brokenWords(rule, compared, voice)}${andMore(others.length, 'rule')}${withoutModel(missing.length)}`;
  const [first, ...more] = missing;
  return first === undefined
    ? 'a rule does not hold'
    : `${missingWords(first, voice)}${andMore(more.length, 'target')}`;
}

/** Those of the verdict; or else those that trainings break for themselves. */
function brokenRules(judged: Judged, { withModel }: Compared): readonly JudgedRule[] {
  const broken = bindingRules(judged).filter((result): result is JudgedRule => result.state === 'broken');
  return broken.length > 0 || missingPicks(judged).length > 0 ? broken : withModel.flatMap(brokenBy);
}

/** `yolo26n has recall 74.8 % (≥ 78 %)`. */
function brokenWords(rule: JudgedRule, compared: Compared, voice: Voice): string {
  const training = trainingOf(rule, compared);
  if (training === undefined) return figureWords(rule, voice, 'is ');
  const isBest = training === compared.best && compared.withModel.length > 1;
  const name = `${voice.code(training.modelType)}${isBest ? `, best of ${compared.rows.length},` : ''}`;
  return `${name} has ${figureWords(rule, voice, '')}`;
}

function undecidedWords(judged: Judged, compared: Compared, voice: Voice): string {
  const { rows } = compared;
  const lacks = decidingLacks(judged, compared);
  if (lacks.length > 0) return `${ofAll(lacks, rows)} no model: ${namesOf(lacks, voice)}`;
  const unknown = judged.verdict.rules.find((result) => isBinding(result) && result.state === 'unknown');
  const training = unknown && trainingOf(unknown, compared);
  if (unknown?.state === 'unknown' && training !== undefined)
    return `${unknownRuleWords(unknown.why, voice)} for ${voice.code(training.modelType)}`;
  return unknownWords(judged, voice) || `not all of ${rows.length} trainings could be judged`;
}

/** `rfdetr-nano, yolo26n and 1 more`. */
export function namesOf(trainings: readonly ComparedTraining[], voice: Voice): string {
  const names = trainings.slice(0, MOST_NAMES).map(({ modelType }) => voice.code(modelType));
  const more = trainings.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
