import type { SimulatedTraining } from './roboflow/world/training.ts';

/** Which of the two training dialects a server speaks (reference 2.2, 2.4 and D1). */
export type RoutesMode = 'both' | 'jobs' | 'trainings' | 'annotation-jobs';

/** `smpv`: one model per version, `mmpv`: several (reference, section 0). */
export type VersionKind = 'smpv' | 'mmpv';

/** The places where a finished run's metrics can be read (reference D4). */
export type MetricsPlace = 'results' | 'trainings' | 'models' | 'version';

/** How a run ends. */
export type TrainingEnd = 'complete' | 'failed' | 'cancelled' | 'stopped';

/** One dataset version as it stands when the simulator starts (reference 2.6). */
export interface VersionSpec {
  readonly number: number;
  readonly name: string;
  /** How long before the start of the simulator it was created. */
  readonly ageMs: number;
  readonly kind: VersionKind;
  readonly images: number;
  readonly splits: { readonly train: number; readonly valid: number; readonly test: number };
  /** Formats already built. */
  readonly exports: readonly string[];
  readonly preprocessing: Readonly<Record<string, unknown>>;
  readonly augmentation: Readonly<Record<string, unknown>>;
  /** Simulated milliseconds until the version is generated; absent: it is. */
  readonly generatingMs?: number;
}

/** One model that a run yields; where and how it is shown is the matter of the routes. */
export interface SimulatedModel {
  /** `workspace/slug` or `project/version` (reference, section 0). */
  readonly modelId: string;
  /** `workspace/slug` or `workspace/project/version` (reference 2.8). */
  readonly url: string;
  readonly name: string;
  readonly modelType?: string;
  readonly status: string;
  readonly nasFamily?: 'child' | 'baseline';
  readonly recommended?: true;
  readonly metrics: Readonly<Record<string, unknown>> | null;
}

/** What a run does from its creation on; everything else follows from the simulated time. */
export interface TrainingPlan {
  readonly queueMs: number;
  readonly trainMs: number;
  /** Time after training in which a NAS run mines its children; 0 for a fine-tune. */
  readonly miningMs?: number;
  /** A status word that no list knows, shown between queue and training. */
  readonly warmUp?: { readonly word: string; readonly ms: number };
  readonly end: TrainingEnd;
  /** Fraction of `trainMs` after which the end comes; default 1. */
  readonly endsAt?: number;
  readonly failureReason?: string;
  /** Cancel gives the credits back up to this long after training began (reference, section 6). */
  readonly refundWindowMs: number;
  /** From the request to stop until the current epoch ends and the weights are kept. */
  readonly stopMs: number;
  /** Metrics appear this long after the end. */
  readonly metricsDelayMs?: number;
  /** Where metrics can be read at all. */
  readonly shows: readonly MetricsPlace[];
  /** A refusal that every start (for NAS: every NAS start) meets. */
  readonly refuse?: 'nas_not_available_for_plan' | 'credit_cap_exceeded';
  readonly results: (training: SimulatedTraining) => readonly SimulatedModel[];
  /** The map of older NAS runs, hardware -> modelId (reference 2.5). */
  readonly recommendedByHardware?: (training: SimulatedTraining) => Readonly<Record<string, string>>;
}

/** A run that was there before the first request, so that baselines exist. */
export interface SeededTraining {
  readonly version: number;
  readonly modelType: string;
  readonly agoMs: number;
  readonly plan: TrainingPlan;
}

/** One world: a workspace with a project, its versions and runs, and what a new run will do. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  readonly workspace: string;
  readonly project: string;
  readonly projectType: string;
  /** Label -> number of annotations. */
  readonly classes: Readonly<Record<string, number>>;
  readonly versions: readonly VersionSpec[];
  readonly seeded: readonly SeededTraining[];
  readonly plan: TrainingPlan;
  readonly modelTypes: readonly string[];
  /** What trains when a start names no model type (reference 2.3). */
  readonly defaultModelType: string;
  /** The single job comes bare, as `{"job":...}` or as `{"jobs":[...]}` (reference 2.2). */
  readonly jobEnvelope: 'bare' | 'job' | 'jobs';
  readonly routes?: RoutesMode;
  readonly generateMs: number;
  readonly exportMs: number;
  /** `POST generate` names the version as a numeric string (reference 2.7). */
  readonly versionAsString?: boolean;
}
