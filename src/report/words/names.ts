import type { Model } from '../../gate/model.ts';
import { plainLine } from '../markdown/markdown.ts';
import type { Voice } from '../markdown/voice.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { count } from './numbers.ts';

const MOST_NAMES = 10;

/** `helmet, vest and 3 more`: names from outside, as many as a sentence has room for. */
export function namesInSentence(names: readonly string[], voice: Voice): string {
  const shown = names.slice(0, MOST_NAMES).map(voice.name);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${count(more)} more`}`;
}

/** The same of the types of trainings, which somebody may copy. */
export function typesInSentence(trainings: readonly { readonly modelType: string }[], voice: Voice): string {
  const names = trainings.map(({ modelType }) => modelType);
  return namesInSentence(names, { ...voice, name: voice.code });
}

/** `id` without workspace, project and version, as far as it only repeats which training it is of. */
export function shortened(id: string, training: TrainingFacts | undefined): string {
  if (training === undefined) return id;
  const { workspace, project, version } = training;
  const beginning = [`${workspace}/${project}-${version}-`, `${workspace}/`].find((each) =>
    id.startsWith(each),
  );
  if (beginning === undefined) return id;
  const rest = id.slice(beginning.length);
  return plainLine(rest) === '' ? id : rest;
}

/** What the ids of all `models` begin with, up to a dash or slash, never a whole id: `acme/hard-hats-7-nas-gpu-`. */
export function beginningOfIds(models: readonly Model[], training: TrainingFacts | undefined): string {
  const [first, ...others] = models.map(({ id }) => id);
  if (first === undefined) return '';
  if (others.length === 0) return first.slice(0, first.length - shortened(first, training).length);
  const common = others.reduce(commonBeginning, first);
  const beginning = common.slice(0, Math.max(common.lastIndexOf('-'), common.lastIndexOf('/')) + 1);
  return models.every(({ id }) => plainLine(id.slice(beginning.length)) !== '') ? beginning : '';
}

function commonBeginning(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
