import { formatDuration, LONGEST_DURATION_MS, parseDuration } from '../lib/duration.ts';
import { reasonOf } from '../lib/errors.ts';
import { isRecord, type JsonObject } from '../lib/json.ts';
import { redacted } from '../lib/redact.ts';
import { didYouMean } from '../lib/suggest.ts';

/** One wrong input: its name, the line where it has several, what it was, and what is valid. */
export interface InputMistake {
  readonly input: string;
  readonly line: number | undefined;
  readonly problem: string;
}

/** A mistake as people read it: `thresholds, line 2: ...`. */
export function mistakeLine({ input, line, problem }: InputMistake): string {
  return `${input}${line === undefined ? '' : `, line ${line}`}: ${problem}`;
}

/** Where inputs come from. */
export interface InputSource {
  /** The input of that name, empty where it is not set. */
  input(name: string): string;
  /** The text of a file of the workflow's workspace; throws an Error that says why it cannot be read. */
  workspaceFile(path: string): string;
}

/** Reads inputs and gathers the mistakes; a mistaken input reads as its fallback, so that the rest is read too. */
export interface Reader {
  /** None of them holds the key, wherever it was pasted: the runner masks it in the log, but not in files or comments. */
  readonly mistakes: readonly InputMistake[];
  /** The api-key just as it is masked, empty where there is none. */
  readonly key: string;
  /** Undefined where there is nothing but blanks. */
  text(name: string): string | undefined;
  /** Its lines, blank ones too, so that their numbers are right. */
  lines(name: string): readonly string[];
  mistake(input: string, problem: string, line?: number): void;
  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice;
  flag(name: string, fallback: boolean): boolean;
  duration(name: string, fallback: string): number;
  /** A JSON object. */
  object(name: string): JsonObject | undefined;
  /** A JSON object, or the path of a file in the workspace that holds one. */
  objectOrFile(name: string): JsonObject | undefined;
}

/** A reader of the inputs of `source`. */
export function reader(source: InputSource): Reader {
  const mistakes: InputMistake[] = [];
  const key = source.input('api-key').trim();
  const text = (name: string) => trimmed(source.input(name)) || undefined;
  const mistake = (name: string, problem: string, line?: number) => {
    mistakes.push({ input: name, problem: redacted(problem, key), line });
  };
  const parse = (name: string, json: string, origin: string): JsonObject | undefined => {
    try {
      // The parser's message quotes a piece of the text, which could be a piece of the key.
      const value: unknown = JSON.parse(redacted(trimmed(json), key));
      if (isRecord(value)) return value;
      mistake(name, `${origin}must be a JSON object, in braces`);
    } catch (error) {
      mistake(name, `${origin}is not JSON: ${reasonOf(error)}`);
    }
    return undefined;
  };
  return {
    mistakes,
    key,
    text,
    lines: (name) => source.input(name).split(LINE_END).map(trimmed),
    mistake,
    choice: (name, choices, fallback) => {
      const value = text(name);
      if (value === undefined) return fallback;
      const choice = choices.find((each) => each === value.toLowerCase());
      if (choice === undefined)
        mistake(name, `"${value}" is not valid; valid: ${choices.join(', ')}${didYouMean(value, choices)}`);
      return choice ?? fallback;
    },
    flag: (name, fallback) => {
      const value = text(name);
      if (value === undefined) return fallback;
      if (!/^(?:true|false)$/i.test(value)) mistake(name, `"${value}" is not valid; valid: true, false`);
      return value.toLowerCase() === 'true';
    },
    duration: (name, fallback) => {
      const value = text(name) ?? fallback;
      const ms = parseDuration(value);
      if (ms === undefined)
        mistake(
          name,
          `"${value}" is not a duration; write numbers with units, such as 500ms, 90s, 15m or 5h30m`,
        );
      else if (ms <= 0) mistake(name, `"${value}" must be longer than nothing`);
      else if (ms > LONGEST_DURATION_MS)
        mistake(name, `"${value}" is longer than ${formatDuration(LONGEST_DURATION_MS)}`);
      else return ms;
      return Number.NaN;
    },
    object: (name) => {
      const value = text(name);
      return value === undefined ? undefined : parse(name, value, '');
    },
    objectOrFile: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^[{[]/.test(value)) return parse(name, value, '');
      try {
        return parse(name, source.workspaceFile(value), `"${value}" `);
      } catch (error) {
        mistake(name, `"${value}" is neither JSON nor a file in the workspace: ${reasonOf(error)}`);
        return undefined;
      }
    },
  };
}

const LINE_END = /\r\n|\r|\n/;

/** `text` without blanks and without the characters of no width that come along when it is pasted. */
function trimmed(text: string): string {
  return text.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
}
