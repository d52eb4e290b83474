import { lackOf } from '../../gate/baseline.ts';
import { isBinding, type RuleResult, type UnknownReason } from '../../gate/rule-result.ts';
import { formatBound, formatRule } from '../../gate/rules.ts';
import { sentences } from '../../lib/errors.ts';
import type { Judged } from '../conclusion.ts';
import { PLAIN } from '../markdown/voice.ts';
import { type Compared, comparedOf, decidingLacks, trainingOf } from '../page/compared.ts';
import { certaintyOfRule } from './certainty-words.ts';
import { lackSentence } from './end-words.ts';
import { lackWords } from './evaluation-lack.ts';
import { NBSP } from './numbers.ts';
import { whyNoPick, whyUnknown } from './unknown-words.ts';
import { figureWords, missingPicks } from './verdict.ts';
import { marginWords } from './words.ts';

type Told = Pick<Judged, 'verdict' | 'targetsGiven' | 'comparison'>;

/** Why the outcome is not a pass, for annotations, log and files: a line for each rule, target and training that keeps it from being. */
export function reasonsAgainst(judged: Told): readonly string[] {
  const { verdict } = judged;
  const compared = comparedOf(judged.comparison);
  const rules = verdict.rules
    .filter((result) => isBinding(result) && result.state !== 'holds')
    .filter((result) => !isOfNoModel(result))
    .map((result) => `${whoseWords(result, compared)}${ruleSentence(result)}`);
  const picks = missingPicks(judged).map(whyNoPick);
  const lacks = compared === undefined ? [] : decidingLacks(judged, compared).map(lackSentence);
  return [...rules, ...picks, ...lacks];
}

/** The training without a model is told for itself. */
function isOfNoModel(result: RuleResult): boolean {
  return result.state === 'unknown' && result.why.kind === 'training-without-model';
}

/** A line, with what would help, for each `warn:` rule that does not hold and each training without a model that is not needed. */
export function warningsOf(judged: Pick<Judged, 'verdict' | 'comparison'>): readonly string[] {
  const compared = comparedOf(judged.comparison);
  const rules = judged.verdict.rules
    .filter((result) => result.rule.severity === 'warn' && result.state !== 'holds' && !isOfNoModel(result))
    .map((result) =>
      sentences(
        `${whoseWords(result, compared)}${ruleSentence(result)}`,
        result.state === 'unknown' ? cureOf(result.why) : undefined,
      ),
    );
  if (compared === undefined) return rules;
  const deciding = decidingLacks(judged, compared);
  const others = compared.withoutModel.filter((training) => !deciding.includes(training));
  return [...others.map(lackSentence), ...rules];
}

/** Of several trainings the one that a rule was held against. */
export function whoseWords(result: RuleResult, compared: Compared | undefined): string {
  const training = compared && trainingOf(result, compared);
  return training === undefined ? '' : `${PLAIN.code(training.modelType)}: `;
}

/** What would bring the figure that a rule needs, as a sentence; undefined if nothing is known to. */
export function cureOf(why: UnknownReason): string | undefined {
  switch (why.kind) {
    case 'baseline-unread':
      return why.error.hint;
    case 'baseline-missing':
    case 'baseline-not-reported':
      return 'Set on-missing-baseline to "skip" to let the other rules decide';
    case 'baseline-not-comparable':
      return cureOf(why.why);
    default: {
      const lack = lackOf(why);
      const cure = lack && lackWords(lack).cure;
      return cure && `${cure.charAt(0).toUpperCase()}${cure.slice(1)}`;
    }
  }
}

/** What a rule came to in one line: `mAP50 73.1 %, wanted 80 % or more: 6.9 points short`. */
export function ruleSentence(result: RuleResult): string {
  if (result.state === 'unknown')
    return `${formatRule({ ...result.rule, severity: 'fail' })}: ${whyUnknown(result.why)}`;
  const { rule, state } = result;
  const isPlain = rule.bound.kind === 'value' && rule.bound.noise === undefined;
  const asTyped = isPlain ? '' : ` (${formatBound(rule)})`;
  const by = state === 'broken' ? `: ${marginWords(result)}` : '';
  return `${figureWords(result, PLAIN, certaintyOfRule(result))}${asTyped}${by}`.replaceAll(NBSP, ' ');
}
