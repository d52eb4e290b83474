import { isBinding, type RuleResult } from '../../gate/decide.ts';
import type { Judged, TrainingFacts } from '../conclusion.ts';
import { type Compared, decidingLacks, inFlight } from './compared.ts';
import { namesOf } from './compared-verdict.ts';
import { adviceFor } from './failure-advice.ts';
import { NBSP } from './numbers.ts';
import type { Voice } from './voice.ts';

/** What to do about what could not be judged: advice for a known failure, and how to judge again without new trainings. */
export function judgeAgainWords(
  judged: Judged,
  compared: Compared,
  training: TrainingFacts | undefined,
  when: string,
  voice: Voice,
): string {
  const going = inFlight(compared);
  const lacks = decidingLacks(judged, compared);
  if (going.length > 0) {
    const ended = going.length === 1 ? 'has ended' : 'have ended';
    const costs = going.length === 1 ? 'It may run on and be paid for.' : 'They may run on and be paid for.';
    return `${againWords(training, `once ${namesOf(going, voice)} ${ended}`, voice)} ${costs}`;
  }
  const advised = lacks.find(({ lack }) => adviceFor(lack, voice) !== undefined);
  if (advised !== undefined) return `${voice.code(advised.modelType)}: ${adviceFor(advised.lack, voice)}`;
  if (lacks.length === 0) return againWords(training, when, voice);
  const again = voice.bold(`Train ${namesOf(lacks, voice)} again with a new workflow run.`);
  return compared.withModel.length === 0
    ? again
    : `${again} With ${reuseWords(training, voice)} it takes up the others, and only what is missing is paid for.`;
}

function againWords(training: TrainingFacts | undefined, when: string, voice: Voice): string {
  const offer = voice.bold('Judge these trainings again');
  return `${offer} with ${reuseWords(training, voice)}, ${when}: that starts none that runs or has a model.`;
}

/** `version: new` would make another version, on which nothing was trained. */
function reuseWords(training: TrainingFacts | undefined, voice: Voice): string {
  const version = training?.version;
  const reuse = voice.code('reuse: finished');
  return version === undefined ? reuse : `${reuse}${NBSP}and ${voice.code(`version: ${version}`)}`;
}

/** The first rule that counts and could not be judged, of the verdict or of a training. */
export function firstUnknown(judged: Judged, compared: Compared): RuleResult | undefined {
  const all = [...judged.verdict.rules, ...compared.withModel.flatMap(({ rules }) => rules)];
  return all.find((result) => isBinding(result) && result.state === 'unknown');
}
