import type { Baseline, PastTraining } from '../gate/baseline.ts';
import type { Model } from '../gate/model.ts';

/** What a training is compared with. */
export interface Against {
  readonly baseline: Baseline;
  /** The newest lower version that has a model, for information, if the workflow names no baseline. */
  readonly previous?: PastTraining | undefined;
}

/** The baseline, or for information the version before; undefined if there is none. */
export function earlierOf({ baseline, previous }: Against): PastTraining | undefined {
  if (baseline.kind === 'training') return baseline;
  return baseline.kind === 'none' ? previous : undefined;
}

/** The headline model of `earlier` if that is of the same model type: only then a difference says something of the data. */
export function sameTypeHeadline(earlier: PastTraining | undefined): Model | undefined {
  return earlier?.isSameType ? earlier.results.headline : undefined;
}
