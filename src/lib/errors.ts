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

/** The workflow was cancelled, or the step reached its own time limit: the runner sent a signal. */
export class InterruptedError extends TrainGateError {
  override name = 'InterruptedError';

  constructor(signal: string) {
    super(`Interrupted by ${signal}: the workflow was cancelled or the step reached its timeout-minutes.`);
  }
}

/** Joins what there is to one text of whole sentences. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part.trim() !== '')
    .map((part, index, all) => (index < all.length - 1 && !/[.!?:]$/.test(part ?? '') ? `${part}.` : part))
    .join(' ');
}

/** Why something was thrown, to end a sentence that says what failed. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Turns anything thrown into one line of text. */
export function messageOf(error: unknown): string {
  if (error instanceof TrainGateError) return sentences(error.message, error.hint);
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
