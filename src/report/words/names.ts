import type { Voice } from '../markdown/voice.ts';
import { count } from './numbers.ts';

const MOST_NAMES = 10;

/** `helmet, vest and 3 more`: names from outside, as many as a sentence has room for. */
export function namesInSentence(names: readonly string[], voice: Voice): string {
  const shown = names.slice(0, MOST_NAMES).map(voice.name);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${count(more)} more`}`;
}
