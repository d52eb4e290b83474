/**
 * Where a training stands. `ending`: told to stop or cancel, and still at it. `stopped`: ended early on request, with
 * weights. `unknown`: a word that no document names, which is not taken for an end (docs/roboflow-api.md#status-words).
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

/** One run of a training, whichever of Roboflow's APIs told of it. */
export interface Training {
  readonly id: string;
  readonly phase: Phase;
  /** The API's own word for the phase. */
  readonly status: string;
  /** Dataset version; undefined where the API does not say. */
  readonly version: number | undefined;
  readonly modelType: string | undefined;
  /** 0 to 1; undefined where the API does not say. */
  readonly progress: number | undefined;
  /** Epoch milliseconds. */
  readonly createdAtMs: number | undefined;
  /** Why it failed, in the API's words. */
  readonly reason: string | undefined;
}

/** What to train. */
export interface TrainingRequest {
  readonly version: number;
  readonly modelType: string;
  readonly epochs: number | undefined;
  readonly checkpoint: string | undefined;
  readonly speed: 'fast' | 'accurate' | undefined;
  /** Hyperparameters and online augmentation, as Roboflow's recipes have them; only the `trainings` route takes one. */
  readonly recipe: Readonly<Record<string, unknown>> | undefined;
}

/** Whether `phase` is one that a training never leaves. */
export function hasEnded(phase: Phase): boolean {
  return hasWeights(phase) || hasNoModel(phase);
}

/** Whether a training that stands there ended with a model. */
export function hasWeights(phase: Phase): boolean {
  return phase === 'succeeded' || phase === 'stopped';
}

/** Whether a training that stands there ended without a model to judge. */
export function hasNoModel(phase: Phase): boolean {
  return phase === 'failed' || phase === 'cancelled';
}

/** What `seen` leaves unsaid stays as it was `known`: not every answer tells version, model type and date. */
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

/** Whether it is known which version and model type `training` is of. */
export function tellsKind({ version, modelType }: Training): boolean {
  return version !== undefined && modelType !== undefined;
}

/** Whether `training` is of the version and model type that were asked for, as far as it tells them. */
export function isOfRequest(
  training: Training,
  { version, modelType }: Pick<TrainingRequest, 'version' | 'modelType'>,
): boolean {
  return (
    (training.version ?? version) === version && sameModelType(training.modelType ?? modelType, modelType)
  );
}

/** Without case, and with `-` for `_`, since the API's documents write both. */
export function plainModelType(modelType: string): string {
  return modelType.trim().toLowerCase().replaceAll('_', '-');
}

/** Whether both name one architecture: an API that says `rfdetr-nano` shows people `RF-DETR Nano`. */
export function sameModelType(one: string, other: string): boolean {
  return lettersAndDigits(one) === lettersAndDigits(other);
}

function lettersAndDigits(modelType: string): string {
  return modelType.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether `modelType` names the parent of a neural architecture search (docs/roboflow-api.md#architecture-searches). */
export function isSearch(modelType: string | undefined): boolean {
  return modelType !== undefined && /(^|-)nas(-|$)/.test(plainModelType(modelType));
}
