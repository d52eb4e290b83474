import type { Conclusion, TrainingFacts } from '../../report/conclusion.ts';
import type { Training } from '../../training/training.ts';

/** What settle sees of a training in its one look. */
export type Sight =
  /** The status was set before a start, of which nothing came yet. */
  | { readonly kind: 'not-started' }
  /** Roboflow has no such training. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'in-flight'; readonly training: Training }
  | {
      readonly kind: 'ended';
      readonly conclusion: Conclusion;
      readonly facts: TrainingFacts | undefined;
    }
  /** It could not be looked at, or its results could not be read. */
  | { readonly kind: 'trouble'; readonly error: unknown };
