import type { MissingPick } from '../../gate/picks.ts';
import {
  isBinding,
  type JudgedRule,
  type RuleResult,
  type UnknownReason,
  type UnknownRule,
} from '../../gate/rule-result.ts';
import type { Judged } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { leadingMetrics } from '../page/shown-figures.ts';
import { NBSP, shown, withUnit } from './numbers.ts';
import {
  boundWords,
  isWeakest,
  metricInSentence,
  onHardware,
  onSplit,
  subjectInSentence,
  valueWords,
} from './words.ts';

const LONGEST_REASON = 400;

/** The rules that count. */
export function bindingRules({ verdict }: Pick<Judged, 'verdict'>): readonly RuleResult[] {
  return verdict.rules.filter(isBinding);
}

/** The rules that only warn, and have reason to; and those that are skipped for want of a baseline. */
function warningRules({ verdict }: Pick<Judged, 'verdict'>): readonly RuleResult[] {
  return verdict.rules.filter((result) => !isBinding(result) && result.state !== 'holds');
}

/** The targets that the workflow named and that no model can be picked for. */
export function missingPicks({ verdict, asked }: Pick<Judged, 'verdict' | 'asked'>): readonly MissingPick[] {
  return verdict.picks.flatMap((pick) => (pick.kind === 'missing' && asked.targetsGiven ? [pick] : []));
}

/** What a heading says of a judged training: the figure that decided, its bound, and how many more there are. */
export function verdictWords(page: JudgedPage, voice: Voice): string {
  switch (page.judged.verdict.outcome) {
    case 'passed':
      return `${passedWords(page, voice)}${warningCount(page.judged)}`;
    case 'failed':
      return failedWords(page.judged, voice);
    case 'undecided':
      return unknownWords(page.judged, voice);
  }
}

function passedWords({ judged }: JudgedPage, voice: Voice): string {
  const rules = bindingRules(judged);
  const [only, ...others] = rules;
  if (only !== undefined && others.length === 0 && only.state !== 'unknown')
    return figureWords(only, voice, '');
  const [metric] = leadingMetrics({ judged });
  const value = metric && judged.verdict.headline?.metrics.get(metric);
  const best = metric === undefined ? '' : `, ${metricInSentence(metric)} ${shown(value, metric)}`;
  if (rules.length === 0 && judged.verdict.rules.some(({ rule }) => rule.severity === 'fail'))
    return `nothing was judged, since there is no baseline yet${best}`;
  if (rules.length === 0) return `trained${best || ', no metrics were reported'}`;
  return `${rules.length === 2 ? 'both' : `all ${rules.length}`} rules hold${best}`;
}

function failedWords(judged: Judged, voice: Voice): string {
  const broken = bindingRules(judged).filter((result): result is JudgedRule => result.state === 'broken');
  const missing = missingPicks(judged).filter(({ reason }) => reason === 'over-budget');
  const [rule, ...others] = broken;
  if (rule !== undefined)
    return `${figureWords(rule, voice, 'is ')}${andMore(others.length, 'rule')}${withoutModel(missing.length)}`;
  const [first, ...more] = missing;
  return first === undefined ? '' : `${missingWords(first, voice)}${andMore(more.length, 'target')}`;
}

/** `latency on T4 is 24.8 ms (≤ 20 ms)`. */
export function figureWords(
  { rule, value, bound, origin, hardware = rule.hardware }: JudgedRule,
  voice: Voice,
  verb: '' | 'is ',
): string {
  const figure = valueWords({ rule, bound }, value);
  const worst = rule.ofClass?.kind === 'every' ? origin?.className : undefined;
  const ofClass = worst === undefined ? rule.ofClass : ({ kind: 'one', name: worst } as const);
  const subject = subjectInSentence({ ...rule, hardware, ofClass }, voice);
  const weakest = worst === undefined ? '' : `, the ${isWeakest(rule) ? 'weakest' : 'deciding'} class,`;
  return `${subject}${weakest} ${verb}${figure} (${boundWords(rule, bound, value)})`;
}

/** `, and 2 more rules`. */
export function andMore(count: number, noun: string): string {
  return count === 0 ? '' : `, and ${count} more ${noun}${count === 1 ? '' : 's'}`;
}

/** `, and no model for 1 target`. */
export function withoutModel(count: number): string {
  return count === 0 ? '' : `, and no model for ${count} target${count === 1 ? '' : 's'}`;
}

/** `, 1 warning`. */
export function warningCount(judged: Judged): string {
  const count = warningRules(judged).length;
  return count === 0 ? '' : `, ${count} warning${count === 1 ? '' : 's'}`;
}

/** What could not be judged. */
export function unknownWords(judged: Judged, voice: Voice): string {
  const unknown = bindingRules(judged).filter(({ state }) => state === 'unknown');
  const missing = missingPicks(judged).filter(({ reason }) => reason !== 'over-budget');
  const [rule, ...others] = unknown;
  if (rule?.state === 'unknown')
    return `${unknownRuleWords(rule.why, voice)}${andMore(others.filter((other) => !isSameReason(rule, other)).length, 'rule')}`;
  const [first, ...more] = missing;
  return first === undefined ? '' : `${missingWords(first, voice)}${andMore(more.length, 'target')}`;
}

/** What keeps all rules that need it from being judged. */
const OF_ALL_RULES: readonly UnknownReason['kind'][] = [
  'no-model',
  'baseline-missing',
  'baseline-not-set',
  'baseline-unread',
];

/** Whether another rule cannot be judged for the same reason, and need not be counted. */
function isSameReason(one: UnknownRule, other: RuleResult): boolean {
  const { kind } = one.why;
  return other.state === 'unknown' && other.why.kind === kind && OF_ALL_RULES.includes(kind);
}

/** Why a rule cannot be judged, as short as a heading needs it. */
export function unknownRuleWords(why: UnknownReason, voice: Voice): string {
  switch (why.kind) {
    case 'no-model':
      return 'no metrics were reported';
    case 'no-pick':
      return missingWords(why.missing, voice);
    case 'not-reported':
      return `${subjectInSentence({ ...why, ofClass: undefined, split: undefined }, voice)} was not reported`;
    case 'no-figure':
      return noFigureWords(why, voice);
    case 'training-without-model':
      return `${voice.name(why.modelType)} has no model`;
    case 'baseline-not-set':
      return 'no baseline is named to compare with';
    case 'baseline-missing':
      return `no baseline: ${voice.prose(why.reason, LONGEST_REASON)}`;
    case 'baseline-unread':
      return `the baseline could not be read: ${voice.prose(why.error.message, LONGEST_REASON)}`;
    case 'baseline-not-reported':
    case 'baseline-not-comparable':
      return `version${NBSP}${why.version} cannot be compared with: ${unknownRuleWords(why.why, voice)}`;
  }
}

const NOT_THERE = {
  none: 'was not reported',
  failed: 'was not reported',
  running: 'is still being evaluated',
  unread: 'could not be read',
} as const;

/** What is there instead, and what to do, is said beside the rule and in the next step. */
function noFigureWords({ rule, why }: Extract<UnknownReason, { kind: 'no-figure' }>, voice: Voice): string {
  switch (why.kind) {
    case 'no-class':
      return `there is no class ${voice.name(why.name)}${onSplit(why.split)}`;
    case 'no-objects': {
      const name = why.name === undefined ? 'any class' : voice.name(why.name);
      return `there are no objects of ${name}${onSplit(why.split)}`;
    }
    case 'not-there':
      return `${subjectInSentence(rule, voice)} ${NOT_THERE[why.lack?.kind ?? 'none']}`;
  }
}

/** Why there is no pick for a target. */
export function missingWords({ hardware, budgetMs, reason }: MissingPick, voice: Voice): string {
  const within = budgetMs === undefined ? '' : ` within ${withUnit(String(budgetMs), 'latency')}`;
  switch (reason) {
    case 'over-budget':
      return `no model is${within}${onHardware(hardware, voice)}`;
    case 'not-measured':
      return `no model was measured${onHardware(hardware, voice)}`;
    case 'no-metric':
      return `no model${within}${onHardware(hardware, voice)} reports a metric to pick by`;
  }
}
