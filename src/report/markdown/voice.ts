import { code, plainLine, prose } from './markdown.ts';

/** Names in a sentence are shown up to this length. */
const LONGEST_IN_SENTENCE = 100;

/** How a sentence is written: for the report, or for places that know no Markdown. */
export interface Voice {
  /** A name from outside that reads as a word, such as a hardware. */
  readonly name: (text: string) => string;
  /** An id, or what somebody may copy. */
  readonly code: (text: string) => string;
  /** A whole sentence from outside. */
  readonly prose: (text: string, longest?: number) => string;
  readonly bold: (text: string) => string;
}

export const MARKDOWN: Voice = {
  name: (text) => prose(text, LONGEST_IN_SENTENCE) || '(empty)',
  code,
  prose,
  bold: (text) => `**${text}**`,
};

/** For annotations and the log. */
export const PLAIN: Voice = {
  name: (text) => plainLine(text, LONGEST_IN_SENTENCE) || '(empty)',
  code: (text) => plainLine(text) || '(empty)',
  prose: plainLine,
  bold: (text) => text,
};
