import type { RuleResult } from '../../gate/rule-result.ts';
import { sentences } from '../../lib/errors.ts';
import { type Checked, type Conclusion, comparisonOf, endOfOne } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import type { Compared } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { adviceOn, firstUnknown, judgeAgainWords } from '../words/compared-again.ts';
import { choiceWords } from '../words/compared-choice.ts';
import { adviceFor } from '../words/failure-advice.ts';
import { offerWords } from '../words/offer.ts';
import { cureOf } from '../words/reasons.ts';
import { undecidedWords } from '../words/undecided-words.ts';
import { bindingRules } from '../words/verdict.ts';

/** What to do next after a judgement; nothing if nothing was computed or is known. */
export function judgedNextStep(page: JudgedPage, voice: Voice): string | undefined {
  const { judged, training, compared } = page;
  if (judged.verdict.outcome === 'failed')
    return judged.verdict.offer && offerWords(judged.verdict.offer, page, voice);
  if (judged.weights?.kind === 'failed')
    return `${voice.bold('The model is good, and its weights are missing.')} ${voice.prose(judged.weights.next)}`;
  if (judged.verdict.outcome === 'passed') return compared && choiceWords(judged, compared, voice);
  if (compared !== undefined) return undecidedStep(page, compared, voice);
  const unknown = bindingRules(judged).find(({ state }) => state === 'unknown');
  const cure = unknown?.state === 'unknown' ? cureOf(unknown.why) : undefined;
  if (cure !== undefined) return sentences(voice.prose(cure), training && thenAgainWords(training, voice));
  return training && againWords(training, voice, whenAgain(unknown));
}

function undecidedStep({ judged, training }: JudgedPage, compared: Compared, voice: Voice): string {
  const unknown = firstUnknown(judged, compared);
  const cure = unknown?.state === 'unknown' ? cureOf(unknown.why) : undefined;
  const again = judgeAgainWords(judged, compared, training, whenAgain(unknown), voice);
  return cure === undefined ? again : sentences(voice.prose(cure), again);
}

/** What to do next if nothing was judged. */
export function nextStep(
  conclusion: Exclude<Conclusion, { kind: 'judged' }>,
  training: TrainingFacts | undefined,
  voice: Voice,
): string | undefined {
  switch (conclusion.kind) {
    case 'started': {
      if (conclusion.settledIn !== undefined)
        return `${voice.bold('The settle action judges it')} by its own rules, and sets the status ${voice.code(conclusion.settledIn)} of the commit.`;
      const same = conclusion.rules === undefined ? '' : ' and the same rules';
      if (comparisonOf(conclusion) !== undefined)
        return `${voice.bold('Judge them with a later run')} of this action that has ${voice.code('reuse: finished')}${same}.`;
      if (training === undefined) return undefined;
      const offer = voice.bold('Judge it with a later run');
      return `${offer} of this action that has ${voice.code(`job-id: ${training.jobId}`)}${same}.`;
    }
    case 'undecided': {
      const end = endOfOne(conclusion);
      const trainings = comparisonOf(conclusion)?.trainings ?? [];
      const { next } = undecidedWords(conclusion.why);
      const known =
        end?.kind === 'failed' ? adviceFor(end.reason, voice) : next ? undefined : adviceOn(trainings, voice);
      return known ?? (next === undefined ? undefined : voice.prose(next));
    }
    case 'checked':
      return checkedWords(conclusion, voice);
    case 'skipped':
      return undefined;
  }
}

function againWords({ jobId }: TrainingFacts, voice: Voice, when: string): string {
  const offer = voice.bold('Judge this training again');
  return `${offer} with ${voice.code(`job-id: ${jobId}`)}, ${when}: that starts no new one.`;
}

function thenAgainWords({ jobId }: TrainingFacts, voice: Voice): string {
  const offer = voice.bold('Then judge this training again');
  return `${offer} with ${voice.code(`job-id: ${jobId}`)}: that starts no new one.`;
}

/** What has to be otherwise for a judgement. */
function whenAgain(unknown: RuleResult | undefined): string {
  if (unknown?.state !== 'unknown') return 'after a change of its hardware';
  switch (unknown.why.kind) {
    case 'no-model':
      return 'once its metrics are there';
    case 'not-reported':
      return 'once that is there, or after a change of the rules';
    case 'no-figure':
      return unknown.why.why.kind === 'not-there'
        ? 'once that is there, or after a change of the rules'
        : 'after a change of the rules';
    case 'no-pick':
      return 'after a change of its hardware';
    case 'training-without-model':
      return 'after a change of the rules';
    case 'baseline-unread':
      return 'once the baseline can be read';
    case 'baseline-missing':
    case 'baseline-not-set':
    case 'baseline-not-reported':
    case 'baseline-not-comparable':
      return 'after a change of the baseline or of the rules';
  }
}

function checkedWords({ action }: Checked, voice: Voice): string {
  const what = { start: 'start the training', attach: 'wait for it', judge: 'judge it' }[action.kind];
  return `${voice.bold(`Take out ${voice.code('dry-run')} to ${what}.`)}`;
}
