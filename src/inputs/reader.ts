import { formatDuration, LONGEST_DURATION_MS, parseDuration } from '../lib/duration.ts';
import { reasonOf } from '../lib/errors.ts';
import { isRecord, type JsonObject } from '../lib/json.ts';
import { redacted } from '../lib/redact.ts';
import { didYouMean } from '../lib/suggest.ts';

/** What GitHub gives no secrets to: a pull request from a fork, or Dependabot. */
export type Withheld = 'fork' | 'dependabot';

/** Where the inputs come from. */
export interface InputSource {
  /** The input as it was written; empty if it is not set, as GitHub has it. */
  input(name: string): string;
  /** What GitHub withholds secrets from, if this workflow run is of that. */
  withheldFrom(): Withheld | undefined;
  /** The text of a file in the workspace or in `RUNNER_TEMP`; undefined if it is not there. Throws an Error that says why it cannot be read. */
  inputFile(path: string, mostBytes: number): string | undefined;
  /** Throws an Error that says why no file can be put into this folder of the workspace. */
  workspaceFolder(path: string): unknown;
}

/** Reads inputs, without the key but where it belongs, and collects the mistakes; an input with one gives its fallback, so that all are told together. */
export interface Reader {
  /** A line each, `thresholds, line 2: ...`; without the key, even if it was pasted there: the runner masks the log, but no files. */
  readonly mistakes: readonly string[];
  readonly withheldFrom: Withheld | undefined;
  readonly key: string | undefined;
  /** The text without spaces around it, undefined if nothing is left. */
  text(name: string): string | undefined;
  /** All lines, also the blank ones, so that line numbers are right. */
  lines(name: string): readonly string[];
  /** @param line its number, from 1, if the input has several */
  mistake(input: string, problem: string, line?: number): void;
  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice;
  flag(name: string, fallback: boolean): boolean;
  /** One from 1, below a million. */
  wholeNumber(name: string): number | undefined;
  /** Milliseconds, NaN after a mistake. */
  duration(name: string, fallback: string): number;
  object(name: string): JsonObject | undefined;
  objectOrFile(name: string): JsonObject | undefined;
  /** The text of the file at `path`, 1 MiB at most; undefined after a mistake, which says what else was `meant`. */
  file(name: string, path: string, meant: string): string | undefined;
  readonly inputFile: InputSource['inputFile'];
  folder(name: string): string | undefined;
}

/** A reader for the inputs of `source`. */
export function createReader(source: InputSource): Reader {
  const mistakes: string[] = [];
  const key = source.input('api-key').trim() || undefined;
  const withoutKey = (text: string) => (key === undefined ? text : redacted(text, key));
  // What was pasted into another input, or into a file that one names, travels no further.
  const given = (name: string) => withoutKey(source.input(name));
  const inputFile: InputSource['inputFile'] = (path, mostBytes) => {
    const content = source.inputFile(path, mostBytes);
    return content === undefined ? undefined : withoutKey(content);
  };
  const text = (name: string) => trimmed(given(name)) || undefined;
  const mistake = (input: string, problem: string, line?: number) => {
    mistakes.push(withoutKey(`${input}${line === undefined ? '' : `, line ${line}`}: ${problem}`));
  };
  const basics = { text, mistake };
  const parseObject = (name: string, json: string, subject = '') =>
    jsonObject(trimmed(json), (problem) => mistake(name, `${subject}${problem}`));
  const file = (name: string, path: string, meant: string) => {
    try {
      const content = inputFile(path, MOST_BYTES);
      if (content !== undefined) return content;
      mistake(name, `"${path}" is neither ${meant} nor a file that can be read: there is no such file`);
    } catch (error) {
      mistake(name, `"${path}" is neither ${meant} nor a file that can be read: ${reasonOf(error)}`);
    }
    return undefined;
  };
  return {
    ...basics,
    mistakes,
    key,
    withheldFrom: source.withheldFrom(),
    lines: (name) => given(name).split(LINE_END).map(trimmed),
    choice: (name, choices, fallback) => readChoice(name, choices, fallback, basics),
    flag: (name, fallback) => readFlag(name, fallback, basics),
    wholeNumber: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
      mistake(name, `"${value}" is not valid; valid: a whole number from 1`);
      return undefined;
    },
    duration: (name, fallback) => readDuration(name, fallback, basics),
    object: (name) => {
      const value = text(name);
      return value === undefined ? undefined : parseObject(name, value);
    },
    objectOrFile: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^[{[]/.test(value)) return parseObject(name, value);
      const json = file(name, value, 'JSON');
      return json === undefined ? undefined : parseObject(name, json, `"${value}" `);
    },
    file,
    inputFile,
    folder: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      try {
        source.workspaceFolder(value);
      } catch (error) {
        mistake(name, `"${value}" is no folder in the workspace to store files in: ${reasonOf(error)}`);
      }
      return value;
    },
  };
}

/** Of a recipe, and of rules. */
const MOST_BYTES = 1024 * 1024;

type ReaderBasics = Pick<Reader, 'text' | 'mistake'>;

function readChoice<Choice extends string>(
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
  { text, mistake }: ReaderBasics,
): Choice {
  const value = text(name);
  if (value === undefined) return fallback;
  const choice = choices.find((each) => each === value.toLowerCase());
  if (choice === undefined)
    mistake(name, `"${value}" is not valid; valid: ${choices.join(', ')}${didYouMean(value, choices)}`);
  return choice ?? fallback;
}

function readFlag(name: string, fallback: boolean, { text, mistake }: ReaderBasics): boolean {
  const value = text(name);
  if (value === undefined) return fallback;
  if (!/^(?:true|false)$/i.test(value)) mistake(name, `"${value}" is not valid; valid: true, false`);
  return value.toLowerCase() === 'true';
}

function readDuration(name: string, fallback: string, { text, mistake }: ReaderBasics): number {
  const value = text(name) ?? fallback;
  const ms = parseDuration(value);
  if (ms === undefined)
    mistake(name, `"${value}" is not a duration; write numbers with units, such as 500ms, 90s, 15m or 5h30m`);
  else if (ms <= 0) mistake(name, `"${value}" must be longer than 0`);
  else if (ms > LONGEST_DURATION_MS)
    mistake(name, `"${value}" is longer than ${formatDuration(LONGEST_DURATION_MS)}`);
  else return ms;
  return Number.NaN;
}

function jsonObject(json: string, onMistake: (problem: string) => void): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (isRecord(value)) return value;
    onMistake('must be a JSON object, in braces');
  } catch (error) {
    onMistake(`is not JSON: ${reasonOf(error)}`);
  }
  return undefined;
}

/** What a line names, separated by commas, without its comment. A comma between two digits is a decimal comma. */
export function entriesIn(line: string): readonly string[] {
  const entries = line.replace(/#.*$/u, '').split(/(?<!\d),|,(?!\d)/);
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/** The same of a line that names a branch or a file: a `#` can be part of the name, but not after a blank. */
export function withoutComment(line: string): string {
  return line.replace(/(?:^|\s)#.*$/u, '').trim();
}

const LINE_END = /\r\n|\r|\n/;

/** `text` without spaces around it, also without the invisible characters that pasting can add. */
function trimmed(text: string): string {
  return text.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
}
