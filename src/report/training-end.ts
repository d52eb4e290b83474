/** What went wrong, as the error says it. */
export interface Trouble {
  readonly message: string;
  /** What a person can do about it; undefined if the message says everything. */
  readonly hint: string | undefined;
}

/** What this step did to end a training, and what came of it. `stop` keeps the weights, once its epoch is over. */
export interface EndedByStep {
  readonly mode: 'cancel' | 'stop';
  readonly result:
    | { readonly kind: 'ended' }
    | { readonly kind: 'over' }
    | { readonly kind: 'still-running'; readonly reason: string };
}

/** How a training ended, as far as this step saw it: made once in `step/follow`, and only `report/` makes words of it. */
export type TrainingEnd =
  | { readonly kind: 'results' }
  | { readonly kind: 'failed' /** Roboflow's words. */; readonly reason: string | undefined }
  | { readonly kind: 'cancelled' }
  /** Early, with weights, and no rule says what is enough. */
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'timed-out';
      readonly timeoutMs: number;
      /** The last answer, if none was good in the end. */
      readonly error: string | undefined;
      readonly ended: EndedByStep | undefined;
    }
  /** No good answer came for so long. */
  | { readonly kind: 'silent'; readonly patienceMs: number; readonly error: string }
  /** A look at it was refused, so it was not watched to its end. */
  | { readonly kind: 'unwatched'; readonly trouble: Trouble }
  /** It was seen to end, and its results could not be read. `isFinal`: whose they are will never be told. */
  | { readonly kind: 'unread'; readonly trouble: Trouble; readonly isFinal: boolean }
  /** Something else was trained than was asked for. */
  | { readonly kind: 'other'; readonly trouble: Trouble; readonly ended: EndedByStep }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'not-started'; readonly trouble: Trouble }
  /** The timeout passed before it was started. */
  | { readonly kind: 'too-late'; readonly timeoutMs: number; readonly trouble: Trouble | undefined }
  /** It may have been started. */
  | { readonly kind: 'start-unclear'; readonly trouble: Trouble }
  | { readonly kind: 'left' };

/** Whether only time kept the training from its end. As long as one of several is open, nothing is decided. */
export function isOpen({ kind }: TrainingEnd): boolean {
  return kind === 'timed-out' || kind === 'silent' || kind === 'too-late';
}

/** Whether a training may run that cannot be told of, so that the post step has to deal with it. */
export function mayRunUntold(end: TrainingEnd): boolean {
  return (
    end.kind === 'interrupted' ||
    end.kind === 'start-unclear' ||
    (end.kind === 'other' && end.ended.result.kind === 'still-running')
  );
}
