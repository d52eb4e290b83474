import type { AccuracyMetric } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import type { MissingPick } from '../../gate/picks.ts';
import {
  isBinding,
  isSkipped,
  type JudgedRule,
  type RuleResult,
  type UnknownReason,
  type UnknownRule,
} from '../../gate/rule-result.ts';
import type { ComparedTraining } from '../compared-trainings.ts';
import type { Judged } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import { type Compared, comparedOf, decidingLacks, trainingOf } from '../page/compared.ts';
import { leadingMetrics } from '../page/shown-figures.ts';
import { typesInSentence } from './names.ts';
import { counted, shown } from './numbers.ts';
import { missingPickWords, unknownWords } from './unknown-words.ts';
import {
  isWeakest,
  metricInSentence,
  subjectInSentence,
  targetOf,
  valueWords,
  wantedWords,
} from './words.ts';

/** The rules that count. */
export function bindingRules({ verdict }: Pick<Judged, 'verdict'>): readonly RuleResult[] {
  return verdict.rules.filter(isBinding);
}

/** The targets that the workflow named and that no model can be picked for. */
export function missingPicks({
  verdict,
  targetsGiven,
}: Pick<Judged, 'verdict' | 'targetsGiven'>): readonly MissingPick[] {
  return verdict.picks.flatMap((pick) => (pick.kind === 'missing' && targetsGiven ? [pick] : []));
}

/** The whole heading of what passed by no rule at all, without the outcome; undefined if a rule or a latency budget decided. */
export function nothingJudged(judged: Judged, note: string, voice: Voice): string | undefined {
  const { outcome, headline, rules, picks } = judged.verdict;
  const isJudged = judged.targetsGiven && picks.some((each) => each.budgetMs !== undefined);
  if (outcome !== 'passed' || isJudged || bindingRules(judged).length > 0) return undefined;
  const compared = comparedOf(judged.comparison);
  const best = compared === undefined ? '' : bestWords(compared, voice);
  const lacks = lackCount(compared);
  if (rules.some(isSkipped)) {
    const why = judged.baseline.kind === 'itself' ? 'the baseline is this very training' : 'no baseline yet';
    return `⏭️ Nothing was judged${note}: ${why}${best && `; ${best}`}${lacks}`;
  }
  const trained = headline === undefined ? ', no metrics were reported' : best && `: ${best}${lacks}`;
  const why = rules.length === 0 ? 'no rules, nothing was judged' : 'the rules only warn';
  return `✅ Trained${note}${trained}; ${why}${warningCount(judged)}`;
}

/** What a heading says of what was judged: the figure that decided, its bound, and how many more there are. */
export function verdictWords(judged: Judged, voice: Voice): string {
  const compared = comparedOf(judged.comparison);
  switch (judged.verdict.outcome) {
    case 'passed':
      return `${passedWords(judged, compared, voice)}${lackCount(compared)}${warningCount(judged)}`;
    case 'failed':
      return `${failedWords(judged, compared, voice)}${lackCount(compared)}`;
    case 'undecided':
      return undecidedWords(judged, compared, voice);
  }
}

function passedWords(judged: Judged, compared: Compared | undefined, voice: Voice): string {
  const rules = bindingRules(judged);
  if (compared?.best !== undefined) {
    const figure = rules
      .filter((result) => [compared.best, undefined].includes(trainingOf(result, compared)))
      .find((result): result is JudgedRule => result.state !== 'unknown');
    const isRanked = figure === undefined;
    return isRanked
      ? bestWords(compared, voice)
      : `${rankWords(compared, voice)}, ${figureWords(figure, voice)}`;
  }
  const [only, ...others] = rules;
  if (only !== undefined && others.length === 0 && only.state !== 'unknown') return figureWords(only, voice);
  const [metric] = leadingMetrics({ judged });
  const best = accuracyWords(judged.verdict.headline, metric);
  if (rules.length === 0) return `a model for each target${best}`;
  return `${rules.length === 2 ? 'both' : `all ${rules.length}`} rules hold${best}`;
}

/** `rfdetr-small is best of 3, mAP50-95 64.9 %`. */
function bestWords(compared: Compared, voice: Voice): string {
  return `${rankWords(compared, voice)}${accuracyWords(compared.best?.headline, compared.ranking)}`;
}

function rankWords({ best, withModel, rows }: Compared, voice: Voice): string {
  const name = voice.code(best?.modelType ?? '');
  return withModel.length === 1
    ? `${name} is the only one of ${rows.length} with a model`
    : `${name} is best of ${rows.length}`;
}

/** `, mAP50-95 64.9 %`. */
function accuracyWords(model: Model | undefined, metric: AccuracyMetric | undefined): string {
  const value = metric && model?.metrics.get(metric);
  return metric === undefined || value === undefined
    ? ''
    : `, ${metricInSentence(metric)} ${shown(value, metric)}`;
}

function failedWords(judged: Judged, compared: Compared | undefined, voice: Voice): string {
  const broken = bindingRules(judged).filter((result): result is JudgedRule => result.state === 'broken');
  const missing = missingPicks(judged).filter(({ reason }) => reason === 'over-budget');
  const [rule, ...others] = broken;
  if (rule === undefined) return missingWords(missing, voice);
  const without = missing.length === 0 ? '' : `, and no model for ${counted(missing.length, 'target')}`;
  return `${brokenWords(rule, compared, voice)}${andMore(others.length, 'rule')}${without}`;
}

/** `latency on T4 24.8 ms, limit 20 ms`, `yolo26n has recall 74.8 %, wanted 78 % or more`. */
function brokenWords(rule: JudgedRule, compared: Compared | undefined, voice: Voice): string {
  const training = compared && trainingOf(rule, compared);
  if (compared === undefined || training === undefined) return figureWords(rule, voice);
  const isBest = training === compared.best && compared.withModel.length > 1;
  const name = `${voice.code(training.modelType)}${isBest ? `, best of ${compared.rows.length},` : ''}`;
  return `${name} has ${figureWords(rule, voice)}`;
}

function undecidedWords(judged: Judged, compared: Compared | undefined, voice: Voice): string {
  const lacks = compared === undefined ? [] : decidingLacks(judged, compared);
  if (compared !== undefined && lacks.length > 0)
    return `${ofAll(lacks, compared)} no model: ${typesInSentence(lacks, voice)}`;
  const unknown = bindingRules(judged).filter((result): result is UnknownRule => result.state === 'unknown');
  const [rule, ...others] = unknown;
  if (rule === undefined)
    return missingWords(
      missingPicks(judged).filter(({ reason }) => reason !== 'over-budget'),
      voice,
    );
  const training = compared && trainingOf(rule, compared);
  const whose = training === undefined ? '' : ` for ${voice.code(training.modelType)}`;
  const more = others.filter((other) => !isSameReason(rule, other)).length;
  return `${unknownWords(rule.why, voice).short}${whose}${andMore(more, 'rule')}`;
}

/** What keeps all rules that need it from being judged. */
const OF_ALL_RULES: readonly UnknownReason['kind'][] = [
  'no-model',
  'baseline-missing',
  'baseline-not-set',
  'baseline-unread',
];

/** Whether another rule cannot be judged for the same reason, and need not be counted. */
function isSameReason(one: UnknownRule, other: UnknownRule): boolean {
  return other.why.kind === one.why.kind && OF_ALL_RULES.includes(one.why.kind);
}

function missingWords([first, ...more]: readonly MissingPick[], voice: Voice): string {
  return first === undefined
    ? ''
    : `${missingPickWords(first, voice).short}${andMore(more.length, 'target')}`;
}

/** `latency on T4 24.8 ms, limit 20 ms`. */
export function figureWords(result: JudgedRule, voice: Voice, certainty?: string): string {
  const { rule, value, origin } = result;
  const worst = rule.ofClass?.kind === 'every' ? origin?.className : undefined;
  const ofClass = worst === undefined ? rule.ofClass : ({ kind: 'one', name: worst } as const);
  const subject = subjectInSentence({ ...targetOf(result), ofClass }, voice);
  const weakest = worst === undefined ? '' : `, the ${isWeakest(rule) ? 'weakest' : 'deciding'} class,`;
  const figure = [`${subject}${weakest}`, valueWords(result, value), certainty].filter(Boolean).join(' ');
  return `${figure}, ${wantedWords(result)}`;
}

/** `, 1 of 3 trainings has no model`; nothing if the words before have said it. */
function lackCount(compared: Compared | undefined): string {
  if (compared === undefined || compared.withModel.length < 2) return '';
  const { withoutModel } = compared;
  return withoutModel.length === 0 ? '' : `, ${ofAll(withoutModel, compared)} no model`;
}

function ofAll(some: readonly ComparedTraining[], { rows }: Compared): string {
  return `${some.length} of ${rows.length} trainings ${some.length === 1 ? 'has' : 'have'}`;
}

/** `, 1 warning`: of the rules that only warn and have reason to, and of those that are skipped for want of a baseline. */
function warningCount({ verdict }: Judged): string {
  const warnings = verdict.rules.filter((result) => !isBinding(result) && result.state !== 'holds');
  return warnings.length === 0 ? '' : `, ${counted(warnings.length, 'warning')}`;
}

/** `, and 2 more rules`. */
export function andMore(count: number, noun: string): string {
  return count === 0 ? '' : `, and ${counted(count, `more ${noun}`)}`;
}
