import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import type { ComparedTraining } from '../compared-trainings.ts';
import type { Judged } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import { type Compared, decidingLacks } from '../page/compared.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { lackClause } from './end-words.ts';
import { adviceFor } from './failure-advice.ts';
import { typesInSentence } from './names.ts';
import { NBSP } from './numbers.ts';

/** What to do about what could not be judged: advice for a known failure, and how to judge again without new trainings. */
export function judgeAgainWords(
  judged: Judged,
  compared: Compared,
  training: TrainingFacts | undefined,
  when: string,
  voice: Voice,
): string {
  const lacks = decidingLacks(judged, compared);
  const advised = adviceOn(lacks, voice);
  if (advised !== undefined) return advised;
  if (lacks.length === 0) return againWords(training, when, voice);
  const again = voice.bold(`Train ${typesInSentence(lacks, voice)} again with a new workflow run.`);
  return `${again} With ${reuseWords(training, voice)} it takes up the others, and only what is missing is paid for.`;
}

/** What is known to help the first of `lacking` of which anything is known. */
export function adviceOn(lacking: readonly ComparedTraining[], voice: Voice): string | undefined {
  for (const training of lacking) {
    const advice = adviceFor(lackClause(training), voice);
    if (advice !== undefined) return `${voice.code(training.modelType)}: ${advice}`;
  }
  return undefined;
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
