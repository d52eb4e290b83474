import { formatDuration, LONGEST_DURATION_MS, parseDuration } from '../duration.ts';
import { choiceHint } from '../hint.ts';
import { isRecord, type JsonObject } from '../json.ts';

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
  readonly mistakes: InputMistake[];
  /** Undefined where there is nothing but blanks. */
  text(name: string): string | undefined;
  /** With its blanks and blank lines, so that line numbers are right. */
  raw(name: string): string;
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
  const text = (name: string) => source.input(name).trim() || undefined;
  const mistake = (name: string, problem: string, line?: number) => {
    mistakes.push({ input: name, problem, line });
  };
  const parse = (name: string, json: string, origin: string): JsonObject | undefined => {
    try {
      const value: unknown = JSON.parse(json);
      if (isRecord(value)) return value;
      mistake(name, `${origin}must be a JSON object, in braces`);
    } catch (error) {
      mistake(name, `${origin}is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    return undefined;
  };
  return {
    mistakes,
    text,
    raw: (name) => source.input(name),
    mistake,
    choice: (name, choices, fallback) => {
      const value = text(name);
      if (value === undefined) return fallback;
      const choice = choices.find((each) => each === value.toLowerCase());
      if (choice === undefined)
        mistake(name, `"${value}" is not valid; valid: ${choices.join(', ')}${choiceHint(value, choices)}`);
      return choice ?? fallback;
    },
    flag: (name, fallback) => {
      const value = text(name)?.toLowerCase();
      if (value !== undefined && value !== 'true' && value !== 'false')
        mistake(name, `"${value}" is not valid; valid: true, false`);
      return value === undefined ? fallback : value === 'true';
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
      if (value === undefined || value.startsWith('{') || value.startsWith('['))
        return value === undefined ? undefined : parse(name, value, '');
      try {
        return parse(name, source.workspaceFile(value), `"${value}" `);
      } catch (error) {
        mistake(
          name,
          `"${value}" is neither JSON nor a file in the workspace: ${error instanceof Error ? error.message : String(error)}`,
        );
        return undefined;
      }
    },
  };
}
