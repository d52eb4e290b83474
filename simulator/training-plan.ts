import type { EvaluationPlan } from './evaluation-plan.ts';

/** `smpv`: one model per version, `mmpv`: several (docs/internals/roboflow-api.md#words-and-ids). */
export type VersionKind = 'smpv' | 'mmpv';

/**
 * The places that can show the metrics of a finished training (docs/internals/roboflow-api.md#d4-fine-tunes-without-models).
 * `version` is `version.train.results`, and on a one-model version also `version.model`.
 */
export type MetricsPlace = 'results' | 'trainings' | 'models' | 'version';

/** How a training ends. */
export type TrainingEnd = 'complete' | 'failed' | 'cancelled' | 'stopped';

/** What the models of a training may depend on: which training it is, never how far it is. */
export interface TrainingIdentity {
  /** `workspace/project/version` on a one-model version, 20 hex characters on another (docs/internals/roboflow-api.md#words-and-ids). */
  readonly id: string;
  readonly workspace: string;
  readonly project: string;
  readonly version: number;
  readonly kind: VersionKind;
  /** As Roboflow shows it. */
  readonly modelType: string;
}

/** One model that a training makes. The routes decide where and how it is shown. */
export interface SimulatedModel {
  /** `workspace/slug` or `project/version` (docs/internals/roboflow-api.md#words-and-ids). */
  readonly modelId: string;
  /** `workspace/slug` or `workspace/project/version` (docs/internals/roboflow-api.md#models). */
  readonly url: string;
  readonly name: string;
  readonly modelType?: string;
  readonly status: string;
  readonly nasFamily?: 'child' | 'baseline';
  readonly recommended?: true;
  /** In percent. */
  readonly metrics: Readonly<Record<string, unknown>> | null;
}

/**
 * What is shown late. Times are simulated milliseconds. They count from the first answer of a job or of a v2 training that
 * says that the training is over, so a client sees the delay however rarely it looks. If the training was over when the simulator
 * started they count from its end. `Infinity` means for good.
 */
export interface Lag {
  /** `training/results` goes on showing the training that it showed before. Of a training of somebody else it counts from its end. */
  readonly resultsMs?: number;
  /** v2 `get` says once that the training is over, and then `running` without models for so long. */
  readonly bundleMs?: number;
  /** Only the first models are listed anywhere; `modelCount` counts all of them from the start. */
  readonly models?: { readonly listed: number; readonly forMs: number };
  /** The models after the first ones have no metrics. */
  readonly metrics?: { readonly measured: number; readonly forMs: number };
}

/** What is missing or odd in the answers about a training. */
export interface Oddities {
  /** Lists of trainings do not tell its model type. Read by its id, it does. */
  readonly listedWithoutType?: true;
  /** No list of trainings has it, and no id finds it. Results, models list and version show it. */
  readonly unlisted?: true;
  /** Its rows in the models list do not tell their model type. */
  readonly rowsWithoutType?: true;
  /** Its rows in the models list are dated so much after its start; below 0: before it. */
  readonly rowsDatedOffMs?: number;
  /** `training/results` leaves the workspace out of model ids (docs/internals/roboflow-api.md#words-and-ids). */
  readonly resultsIdsWithoutWorkspace?: true;
  /** These places show mAP50, precision and recall only. */
  readonly withoutMap5095In?: readonly MetricsPlace[];
}

/** What a training does from its start on. All the rest follows from the simulated time. */
export interface TrainingPlan {
  readonly queueMs: number;
  readonly trainMs: number;
  /** Time after training in which a search mines its children; absent for a fine-tune. */
  readonly miningMs?: number;
  /** A status word that no list knows, shown between queue and training. */
  readonly warmUp?: { readonly word: string; readonly ms: number };
  readonly end: TrainingEnd;
  /** Fraction of `trainMs` after which the end comes; default 1. */
  readonly endsAt?: number;
  readonly failureReason?: string;
  /** Cancel gives the credits back up to this long after training itself began (docs/internals/roboflow-api.md#time-money-and-limits). */
  readonly refundWindowMs: number;
  /** From the request to stop until the current epoch ends and the weights are kept. */
  readonly stopMs: number;
  /** All metrics appear this long after the end. */
  readonly metricsDelayMs?: number;
  readonly lag?: Lag;
  readonly odd?: Oddities;
  /** `none`: Roboflow makes no evaluation, as on a free plan. */
  readonly evaluation?: EvaluationPlan | 'none';
  /** Where metrics can be read at all. */
  readonly shows: readonly MetricsPlace[];
  /** Every start is refused with this; with the one about NAS, every start of a search. */
  readonly refuse?: 'nas_not_available_for_plan' | 'credit_cap_exceeded';
  readonly results: (training: TrainingIdentity) => readonly SimulatedModel[];
  /** The map of older searches, hardware -> modelId (docs/internals/roboflow-api.md#training-results). */
  readonly recommendedByHardware?: (training: TrainingIdentity) => Readonly<Record<string, string>>;
}
