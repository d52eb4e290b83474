import type { Baseline } from '../gate/decide.ts';
import type { WithHeadline } from '../gate/picks.ts';

/** A version before, for information only: no rule is judged by it. */
export interface EarlierVersion {
  readonly version: number;
  readonly results: WithHeadline;
}

/** What a training is compared with. */
export interface Against {
  readonly baseline: Baseline;
  /** The newest lower version that has a model, if the workflow names no baseline. */
  readonly previous?: EarlierVersion | undefined;
}

/** The version of it: the baseline, or for information the version before. */
export function earlierVersion({ baseline, previous }: Against): EarlierVersion | undefined {
  if (baseline.kind === 'training') return { version: baseline.version, results: baseline.results };
  return baseline.kind === 'none' ? previous : undefined;
}
