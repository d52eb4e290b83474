/** An error for the person who reads the log: what failed and with which value, then what to do next. Any other error is a bug. */
export class TrainGateError extends Error {
  override name = 'TrainGateError';
  /** What to do next. Undefined if the message already says everything. */
  readonly hint: string | undefined;
  /** What it consists of, a line each. */
  readonly details: readonly string[];

  constructor(message: string, { hint, cause, details = [] }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
    this.details = details;
  }
}

/** What there is to tell beside the message of an error. */
export interface ErrorDetails {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly details?: readonly string[];
}

/** The workflow was cancelled, or the step reached its own time limit: the runner sent a signal. */
export class InterruptedError extends TrainGateError {
  override name = 'InterruptedError';

  constructor(signal: string) {
    super(`Interrupted by ${signal}: the workflow was cancelled or the step reached its timeout-minutes.`);
  }
}

/** Joins the parts that are not empty to one text, with a full stop after each part that has no end of its own. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part.trim() !== '')
    .map((part, index, all) => (index < all.length - 1 && !/[.!?:]$/.test(part ?? '') ? `${part}.` : part))
    .join(' ');
}

/** The message of anything thrown, to end a sentence that says what failed. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Everything thrown as a text for the log: message and hint, or name and message of a bug. */
export function messageOf(error: unknown): string {
  if (error instanceof TrainGateError) return sentences(error.message, error.hint);
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
