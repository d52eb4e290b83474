import { sentences } from '../lib/errors.ts';
import { MARKDOWN } from './markdown/voice.ts';
import type { EndedByStep } from './training-end.ts';
import { endedWords } from './words/end-words.ts';

/** A training that a step left to its post step. */
export interface CleanedUp {
  readonly modelType: string;
  readonly id: string | undefined;
  /** Its page on Roboflow; made by us. */
  readonly url: string;
  readonly became:
    | { readonly kind: 'ended'; readonly ended: EndedByStep }
    | { readonly kind: 'left' }
    /** `reason`: a sentence. */
    | { readonly kind: 'unknown'; readonly reason: string };
}

/** Whether the training may run on and be paid for, as far as is known. */
export function isLeftRunning({ became }: CleanedUp): boolean {
  return became.kind !== 'ended' || became.ended.result.kind === 'still-running';
}

/** What became of the training, in a sentence. */
export function cleanedUpSentence({ id, became }: CleanedUp): string {
  const training = id === undefined ? 'If the start arrived, the training' : `Training ${id}`;
  switch (became.kind) {
    case 'ended':
      return endedWords(id ?? '', became.ended);
    case 'left':
      return `${training} was left as it is, as on-cancel says.`;
    case 'unknown':
      return sentences(id && `${training} may run on.`, became.reason);
  }
}

/** What the post step adds to the summary: one text for all trainings, each with its id and its page. */
export function renderCleanedUp(trainings: readonly CleanedUp[]): string {
  const icon = trainings.some(isLeftRunning) ? '⚠️ ' : '';
  const lines = trainings.map((each) => {
    const paid = isLeftRunning(each) ? 'It may run on and be paid for.' : undefined;
    const told = MARKDOWN.prose(sentences(cleanedUpSentence(each), paid), LONGEST);
    return `${MARKDOWN.code(each.modelType)}: ${told} [See Roboflow](${each.url}).`;
  });
  return `${icon}The step ended early. What became of its training${lines.length === 1 ? '' : 's'}:\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`;
}

/** With what a server says about it. */
const LONGEST = 1_000;
