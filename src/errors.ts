/**
 * A failure that is told to the person who reads the log: what failed and with which value, then what to do next.
 * Anything else that is thrown is a bug.
 */
export class TrainGateError extends Error {
  override name = 'TrainGateError';
  /** What to do next; undefined where the message says it all. */
  readonly hint: string | undefined;

  constructor(
    message: string,
    options: { readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}

/** One wrong input: its name, the line where it has several, what it was, and what is valid. */
export interface InputMistake {
  readonly input: string;
  readonly line?: number | undefined;
  readonly problem: string;
}

/** Every mistake in the inputs at once, so that a workflow is mended in one go. */
export class InputError extends TrainGateError {
  override name = 'InputError';
  readonly mistakes: readonly InputMistake[];

  constructor(mistakes: readonly InputMistake[]) {
    const lines = mistakes.map(
      ({ input, line, problem }) => `${input}${line === undefined ? '' : `, line ${line}`}: ${problem}`,
    );
    super(
      lines.length === 1
        ? `An input is not valid, so nothing was started. ${lines[0]}`
        : `${lines.length} inputs are not valid, so nothing was started:\n${lines.map((line) => `- ${line}`).join('\n')}`,
    );
    this.mistakes = mistakes;
  }
}

/** The workflow was cancelled, or the step reached its own time limit: the runner sent a signal. */
export class InterruptedError extends TrainGateError {
  override name = 'InterruptedError';

  constructor(signal: string) {
    super(`Interrupted by ${signal}: the workflow was cancelled or the step reached its timeout-minutes.`);
  }
}

/** What went wrong with one request, as far as it decides about another try. */
export type Failure =
  /** No connection was made: the request certainly did not arrive. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The request may have arrived, but no whole answer came back: time-out, reset, cut or stalled body. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** A whole answer that is not what the API sends: not JSON, or not of the expected shape. */
  | { readonly kind: 'unreadable'; readonly status: number; readonly reason: string }
  /** The API answered with an error. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string | undefined;
      readonly message: string | undefined;
      readonly retryAfterMs: number | undefined;
    };

/** A request to Roboflow that did not succeed. The message carries verb and path, never the query or a key. */
export class ApiError extends TrainGateError {
  override name = 'ApiError';
  readonly failure: Failure;

  constructor(
    message: string,
    failure: Failure,
    options: { readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.failure = failure;
  }
}

/** Turns anything thrown into one line of text. */
export function messageOf(error: unknown): string {
  if (error instanceof TrainGateError) return error.hint ? `${error.message} ${error.hint}` : error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
