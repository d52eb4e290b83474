import { isBinding, type UnknownRule } from '../../gate/rule-result.ts';
import { sentences } from '../../lib/errors.ts';
import { type Checked, type Conclusion, comparisonOf, endOfOne } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import { decidingLacks } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { adviceFor, adviceOn } from '../words/failure-advice.ts';
import { typesInSentence } from '../words/names.ts';
import { NBSP } from '../words/numbers.ts';
import { offerWords } from '../words/offer.ts';
import { cureOf } from '../words/reasons.ts';
import { undecidedWords } from '../words/undecided-words.ts';
import { missingPicks } from '../words/verdict.ts';

/** What to do next after a judgement; nothing if nothing was computed or is known. */
export function judgedNextStep(page: JudgedPage, voice: Voice): string | undefined {
  const { verdict, weights } = page.judged;
  if (verdict.outcome === 'undecided') return undecidedStep(page, voice);
  if (verdict.outcome === 'failed' && verdict.headline === undefined && page.training === undefined)
    return `${voice.bold('Nothing was started.')} Add images to that split and generate a version, or change the rule.`;
  if (verdict.outcome === 'failed') return verdict.offer && offerWords(verdict.offer, page, voice);
  if (weights?.kind === 'failed')
    return `${voice.bold('The model is good, and its weights are missing.')} ${voice.prose(weights.next)}`;
  return undefined;
}

function undecidedStep({ judged, training, compared }: JudgedPage, voice: Voice): string | undefined {
  const lacks = compared === undefined ? [] : decidingLacks(judged, compared);
  const reuse = reuseWords(training, voice);
  if (lacks.length > 0)
    return (
      adviceOn(lacks, voice) ??
      `${voice.bold(`Train ${typesInSentence(lacks, voice)} again with a new workflow run.`)} With ${reuse} it takes up the others, and only what is missing is paid for.`
    );
  const own = compared?.withModel.flatMap(({ rules }) => rules) ?? [];
  const unknown = [...judged.verdict.rules, ...own].find(
    (result): result is UnknownRule => isBinding(result) && result.state === 'unknown',
  );
  const untimed = missingPicks(judged).find(({ lack }) => lack !== undefined);
  const why = unknown?.why ?? (untimed && { kind: 'no-pick', missing: untimed });
  const cure = why && cureOf(why);
  const [which, how] =
    compared === undefined
      ? ['this training', training && voice.code(`job-id: ${training.jobId}`)]
      : ['these trainings', reuse];
  const [lead, when] =
    cure === undefined ? ['Judge', ', once that is there or the inputs are changed'] : ['Then judge', ''];
  const again = how && `${voice.bold(`${lead} ${which} again`)} with ${how}${when}: that starts no new one.`;
  return sentences(cure && voice.prose(cure), again) || undefined;
}

/** `version: new` would make another version, on which nothing was trained. */
function reuseWords(training: TrainingFacts | undefined, voice: Voice): string {
  const version = training?.version;
  const reuse = voice.code('reuse: finished');
  return version === undefined ? reuse : `${reuse}${NBSP}and ${voice.code(`version: ${version}`)}`;
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
      const [which, input] =
        comparisonOf(conclusion) === undefined
          ? ['it', training && `job-id: ${training.jobId}`]
          : ['them', 'reuse: finished'];
      return (
        input &&
        `${voice.bold(`Judge ${which} with a later run`)} of this action that has ${voice.code(input)}${same}.`
      );
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

function checkedWords({ action }: Checked, voice: Voice): string {
  const what = { start: 'start the training', attach: 'wait for it', judge: 'judge it' }[action.kind];
  return `${voice.bold(`Take out ${voice.code('dry-run')} to ${what}.`)}`;
}
