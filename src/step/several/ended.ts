import type { Baseline } from '../../gate/decide.ts';
import type { Conclusion, TrainingFacts, Undecided } from '../../report/conclusion.ts';
import type { Training } from '../../training/training.ts';
import type { Evaluated } from '../judge/with-evaluations.ts';

/** What became of one of several trainings in this step. */
export interface EndOfOne {
  /** As the workflow writes it. */
  readonly modelType: string;
  /** Undefined if nothing shows that it was started. */
  readonly facts: TrainingFacts | undefined;
  readonly became: Became;
}

/** What a training came to. `lack`: why it has no model, a phrase. */
export type Became =
  | {
      readonly kind: 'results';
      readonly training: Training;
      readonly evaluated: Evaluated;
      readonly baseline: Baseline;
    }
  /** `isUnaccounted`: a training that nobody watches may run. */
  | { readonly kind: 'without-model'; readonly lack: string; readonly isUnaccounted?: boolean }
  /** It had not ended when the step's time was over, or there was no time left to start it. */
  | { readonly kind: 'open'; readonly lack: string; readonly conclusion: Undecided | undefined }
  /** Nobody waits for it. */
  | { readonly kind: 'left'; readonly conclusion: Conclusion }
  /** A bug, or an interruption. */
  | { readonly kind: 'thrown'; readonly error: unknown };

/** Whether a training may run that nobody watches, so that the post step has to look for it. */
export function isUnaccounted(became: Became | undefined): boolean {
  return became?.kind === 'without-model' && became.isUnaccounted === true;
}

/** Why a training has no model, in a phrase. */
export function lackOf({ reason, cause }: Undecided): string {
  switch (cause?.kind) {
    case 'training-failed':
      return `failed: ${cause.reason ?? 'Roboflow gives no reason'}`;
    case 'training-cancelled':
      return 'was cancelled on Roboflow, not by this step';
    case 'timeout':
      return 'had not ended when the timeout passed';
    case undefined:
      return reason;
  }
}
