import { type BaselineFigure, baselineFigure } from '../../gate/baseline.ts';
import type { RuleResult, UnknownReason } from '../../gate/rule-result.ts';
import { earlierOf } from '../against.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { trainingOf } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import { noiseRemarks } from '../words/certainty-words.ts';
import { earlierName, otherImages } from '../words/earlier-words.ts';
import { namesInSentence } from '../words/names.ts';
import { shown } from '../words/numbers.ts';
import { lackingName, unknownWords } from '../words/unknown-words.ts';
import { isWeakest, marginWords, subjectInSentence, targetOf } from '../words/words.ts';

/**
 * How far the value is from the bound, or why nobody knows, and what the version before had: a line for each rule that does not hold,
 * and for one that holds by more than its number says.
 */
export function remarkOn(result: RuleResult, page: JudgedPage): readonly string[] {
  const { rule, state } = result;
  const own = [...noiseRemarks(result), ...leftOutClasses(result), ...skippedClasses(result)];
  const isPlain = rule.bound.kind === 'value' && rule.ofClass?.kind !== 'every';
  if (state === 'holds' && isPlain && own.length === 0) return [];
  const main =
    state === 'unknown' ? remarkOnUnknown(result.why) : `${worstClass(result)}${marginWords(result)}`;
  const type = typeJudged(result, page);
  const about = `${subjectInSentence(targetOf(result), MARKDOWN)}${type && ` of ${MARKDOWN.code(type)}`}`;
  const says = state === 'unknown' ? ' cannot be judged; ' : ': ';
  return [`**${about}**${says}${[main, ...own, ...earlierValue(result, page)].join('; ')}`];
}

/** Of several trainings the one that a rule for each was held against. */
export function typeJudged(result: RuleResult, { compared }: JudgedPage): string {
  const training = result.rule.scope === 'each' && compared ? trainingOf(result, compared) : undefined;
  return training?.modelType ?? '';
}

function remarkOnUnknown(why: UnknownReason): string {
  const { short, more } = unknownWords(why, MARKDOWN);
  const whose = 'version' in why ? `${lackingName(why, MARKDOWN)}: ` : '';
  return more === undefined ? short : `${whose}${more}`;
}

function worstClass({ rule, origin }: RuleResult): string {
  const isEvery = rule.ofClass?.kind === 'every' && origin?.className !== undefined;
  return isEvery ? `${MARKDOWN.name(origin.className)} ${isWeakest(rule) ? 'is weakest' : 'decides'}, ` : '';
}

function leftOutClasses({ origin }: RuleResult): readonly string[] {
  if (origin === undefined || origin.leftOut.length === 0) return [];
  return [`without objects, so left out: ${namesInSentence(origin.leftOut, MARKDOWN)}`];
}

function skippedClasses({ state, classes = [] }: RuleResult): readonly string[] {
  const names = classes.flatMap((each) =>
    each.state === 'unknown' && each.isSkipped ? (each.origin?.className ?? []) : [],
  );
  return state === 'unknown' || names.length === 0
    ? []
    : [`without a baseline, so not judged: ${namesInSentence(names, MARKDOWN)}`];
}

function earlierValue(result: RuleResult, page: JudgedPage): readonly string[] {
  const before = result.baseline ?? valueBefore(result, page);
  if (before === undefined) return [];
  const { rule } = result;
  const others = result.value === undefined ? [] : [result.value];
  const other = otherTestImages(result, page);
  return [
    `${earlierName(before)}: ${shown(before.value, rule.metric, others)}${other === undefined ? '' : `, ${other}`}`,
  ];
}

/** That of validation stands above, and by image it is told how many are in both. */
function otherTestImages(result: RuleResult, { judged, training, compared }: JudgedPage): string | undefined {
  if (result.origin?.split !== 'test' || (result.state !== 'unknown' && result.certainty?.difference?.shared))
    return undefined;
  const own = compared && trainingOf(result, compared);
  const whose = own ?? { facts: training, headline: judged.verdict.headline };
  return otherImages(whose, earlierOf(own?.against ?? judged), result.origin.split);
}

function valueBefore(
  result: RuleResult,
  { judged, compared, targets }: JudgedPage,
): BaselineFigure | undefined {
  const against = compared === undefined ? judged : trainingOf(result, compared)?.against;
  const earlier = against && earlierOf(against);
  if (!earlier?.isSameType) return undefined;
  const before = baselineFigure(result.rule, result, { ...earlier, kind: 'training' }, targets);
  return before.kind === 'figure' ? before : undefined;
}
