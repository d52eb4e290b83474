import { basicCharacters } from '../lib/fit-text.ts';
import type { Reader } from './reader.ts';

/** The commit status that a step leaves, and with what it is set. */
export interface StatusInputs {
  readonly token: string;
  readonly context: string;
}

const DEFAULT_CONTEXT = 'model-quality';

/** GitHub's limit (docs/internals/github.md#commit-statuses). */
const LONGEST_CONTEXT = 255;

/** The name of the commit status, as GitHub has it. In a matrix, action.yml adds the leg's values: objects and lists as JSON of many lines. */
export function readStatusContext(reader: Reader): string {
  return basicCharacters(reader.text('status-context') ?? DEFAULT_CONTEXT).replace(/\s*\n\s*/g, '');
}

/** The same for who sets statuses: one that GitHub refuses is a mistake. */
export function readSetContext(reader: Reader): string {
  const context = readStatusContext(reader);
  if (context.length > LONGEST_CONTEXT)
    reader.mistake(
      'status-context',
      `has ${context.length} characters, and GitHub takes ${LONGEST_CONTEXT} at most; write a shorter name`,
    );
  return context;
}

/** The status of `wait: status`, which needs a token; undefined with another wait, or without a token. */
export function readStatus(reader: Reader, wait: 'job' | 'none' | 'status'): StatusInputs | undefined {
  if (wait !== 'status') return undefined;
  const token = readNeededToken(reader);
  const context = readSetContext(reader);
  return token === undefined ? undefined : { token, context };
}

/** The `github-token`. That it is empty is a mistake. */
export function readNeededToken(reader: Reader): string | undefined {
  const token = reader.text('github-token');
  if (token === undefined)
    reader.mistake('github-token', 'is empty, and the commit status is set with it; leave it out, or set it');
  return token;
}
