/** Where the step writes what it does. The implementation makes every text harmless for the place where it is shown. */
export interface Log {
  info(text: string): void;
  debug(text: string): void;
  /** Writes one annotation. */
  warning(text: string): void;
  /** Writes one annotation and makes the step fail. */
  failure(text: string): void;
}
