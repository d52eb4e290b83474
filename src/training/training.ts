import type { JsonObject } from '../lib/json.ts';

/**
 * Where a training stands. `ending`: told to stop or cancel, and not there yet. `stopped`: ended early on request, with
 * weights. `unknown`: a word that no document names, which is not taken for an end (docs/internals/roboflow-api.md#status-words).
 */
export type Phase =
  | 'waiting'
  | 'active'
  | 'ending'
  | 'succeeded'
  | 'stopped'
  | 'failed'
  | 'cancelled'
  | 'unknown';

/** One training, whichever of Roboflow's APIs told of it. */
export interface Training {
  readonly id: string;
  readonly phase: Phase;
  /** The API's own word for the phase. */
  readonly status: string;
  /** Dataset version; undefined if the API does not say. */
  readonly version: number | undefined;
  readonly modelType: string | undefined;
  /** 0 to 1; undefined if the API does not say. */
  readonly progress: number | undefined;
  /** Epoch milliseconds. */
  readonly createdAtMs: number | undefined;
  /** Why it failed, in the API's words. */
  readonly reason: string | undefined;
}

/** What is compared with a baseline. Without a version it is still to be generated, above all that exist; without an id, to be started. */
export type JudgedTraining = Pick<Training, 'version' | 'modelType'> &
  Partial<Pick<Training, 'id' | 'createdAtMs'>>;

/** What to train. */
export interface TrainingRequest {
  readonly version: number;
  readonly modelType: string;
  readonly epochs: number | undefined;
  readonly checkpoint: string | undefined;
  readonly speed: 'fast' | 'accurate' | undefined;
  /** Hyperparameters and online augmentation, in the form of Roboflow's recipes; only the `trainings` route takes one. */
  readonly recipe: Readonly<Record<string, unknown>> | undefined;
}

/** What was started longer ago has ended, whatever its status: no training is known to take as long, whichever clock is asked. */
export const LONGEST_TRAINING_MS = 24 * 60 * 60_000;

/** Whether a training may still be in flight. A status that nobody knows is believed to be one of a running training for a day. */
export function mayBeInFlight({ phase, createdAtMs }: Training, nowMs: number): boolean {
  if (phase !== 'unknown') return !hasEnded(phase);
  return createdAtMs === undefined || nowMs - createdAtMs < LONGEST_TRAINING_MS;
}

/** Whether `phase` is one that a training never leaves. */
export function hasEnded(phase: Phase): boolean {
  return endedWithWeights(phase) || endedWithoutModel(phase);
}

/** Whether a training in this phase ended with a model. */
export function endedWithWeights(phase: Phase): boolean {
  return phase === 'succeeded' || phase === 'stopped';
}

/** Whether a training in this phase ended without a model to judge. */
export function endedWithoutModel(phase: Phase): boolean {
  return phase === 'failed' || phase === 'cancelled';
}

/** `seen`, with what it does not say taken from what was `known`: not every answer has version, model type and date. */
export function withKnown(
  seen: Training,
  known: Partial<Pick<Training, 'version' | 'modelType' | 'createdAtMs'>>,
): Training {
  return {
    ...seen,
    version: seen.version ?? known.version,
    modelType: seen.modelType ?? known.modelType,
    createdAtMs: seen.createdAtMs ?? known.createdAtMs,
  };
}

/** Newest first; what has no date comes last. */
export function newestFirst(trainings: readonly Training[]): readonly Training[] {
  return trainings.toSorted((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
}

/** Which version to train: one that exists, the highest, or a new one made of the project's images as they are now. */
export type VersionChoice =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'latest' }
  /** What is undefined is taken over from the highest version. */
  | {
      readonly kind: 'new';
      readonly preprocessing: JsonObject | undefined;
      readonly augmentation: JsonObject | undefined;
    };
