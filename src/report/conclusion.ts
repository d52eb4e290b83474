import type { Baseline, Verdict } from '../gate/decide.ts';
import type { Model } from '../gate/model.ts';
import { headlineOf } from '../gate/picks.ts';

/** What is known of a run, whatever became of it. */
export interface TrainingFacts {
  readonly workspace: string;
  readonly project: string;
  readonly version: number | undefined;
  readonly jobId: string;
  readonly trainingId: string | undefined;
  readonly modelType: string | undefined;
  /** The API's word for where it stands. */
  readonly status: string;
  /** Whether it had not ended when it was last looked at. */
  readonly inFlight: boolean;
  readonly origin: 'started' | 'attached';
  /** Which of Roboflow's training APIs was used, and why. */
  readonly route: string;
  /** From the start until it was seen training; undefined where that was not seen. */
  readonly queuedMs: number | undefined;
  readonly trainedMs: number | undefined;
  /** Its page on Roboflow; made by us. */
  readonly url: string | undefined;
  /** Which of the API's answers the metrics are from. */
  readonly source: string | undefined;
}

/** A run that was judged, with everything that the report shows of it. */
export interface Judged {
  readonly kind: 'judged';
  readonly verdict: Verdict;
  readonly models: readonly Model[];
  /** Whether the workflow named the hardware targets. */
  readonly targetsGiven: boolean;
  readonly baseline: Baseline;
}

/** The headline model of the run that is compared with; undefined where there is none. */
export function baselineModel({ baseline }: Pick<Judged, 'baseline'>): Model | undefined {
  return baseline.kind === 'training' ? headlineOf(baseline.results.models) : undefined;
}

/** Nothing could be judged. */
export interface Undecided {
  readonly kind: 'undecided';
  readonly reason: string;
  /** What a person can do about it. */
  readonly next: string | undefined;
  /** What the reason consists of, a line each. */
  readonly details: readonly string[];
}

/** An outcome without a judgement, and why. */
export function undecided(reason: string, next?: string, details: readonly string[] = []): Undecided {
  return { kind: 'undecided', reason, next: next === '' ? undefined : next, details };
}

/** How the step ends. */
export type Conclusion =
  | Judged
  | Undecided
  /** Nobody waited for the run; `inFlight` unless it was over when it was looked at. */
  | { readonly kind: 'started'; readonly inFlight: boolean }
  | { readonly kind: 'skipped'; readonly reason: string };
