import type { Split } from './evaluation-plan.ts';
import type { Fault } from './faults.ts';
import type { Figures } from './roboflow/views/figures.ts';
import type { TrainingPlan, VersionKind } from './training-plan.ts';

export type { EvaluationPanel, EvaluationPlan, PanelGap, Split } from './evaluation-plan.ts';
export type {
  Lag,
  MetricsPlace,
  Oddities,
  SimulatedModel,
  TrainingEnd,
  TrainingIdentity,
  TrainingPlan,
  VersionKind,
} from './training-plan.ts';

/** Which training routes a server has; on `annotation-jobs` `/jobs` are labelling jobs (docs/internals/roboflow-api.md#d1-jobs-may-be-labelling-jobs). */
export type RoutesMode = 'both' | 'jobs' | 'trainings' | 'annotation-jobs';

/** One dataset version as it is when the simulator starts (docs/internals/roboflow-api.md#version). */
export interface VersionSpec {
  readonly number: number;
  readonly name: string;
  /** How long before the start of the simulator it was created. */
  readonly ageMs: number;
  readonly kind: VersionKind;
  readonly images: number;
  readonly splits: Readonly<Record<Split, number>>;
  /** Formats already built. */
  readonly exports: readonly string[];
  readonly preprocessing: Readonly<Record<string, unknown>>;
  readonly augmentation: Readonly<Record<string, unknown>>;
  /** As the version shows them: names, or names with counts. Absent: the names that the project has. */
  readonly classes?: readonly string[] | Readonly<Record<string, number>>;
  /** Simulated milliseconds until the version is generated; absent: it is. */
  readonly generatingMs?: number;
}

/** A training that was there before the first request. */
export interface SeededTraining {
  readonly version: number;
  readonly modelType: string;
  /** How long before the start of the simulator it was started. */
  readonly agoMs: number;
  readonly plan: TrainingPlan;
}

/** A training that somebody else starts while the simulator runs. */
export interface OtherTraining {
  readonly version: number;
  readonly modelType: string;
  readonly plan: TrainingPlan;
  /** It follows this request to start a training (1 is the first), whatever became of that request. */
  readonly afterStart: number;
  /** Simulated milliseconds after that request; default 0. The next request is the first that can see it. */
  readonly delayMs?: number;
}

/** A version that somebody else generates while the simulator runs, after this request to generate one. */
export interface OtherVersion {
  readonly afterGenerate: number;
  readonly delayMs?: number;
  /** Absent: as the newest version has it, and the preprocessing too. */
  readonly augmentation?: Readonly<Record<string, unknown>>;
}

/** How a class differs from what the order of classes would make of it. */
export interface ClassTraits {
  /** Percentage points above all classes together; below 0: below them. Absent: the first class is the best, the last the worst. */
  readonly pointsOff?: number;
  /** Splits that have no object of it. */
  readonly absentFrom?: readonly Split[];
}

/** One world: a workspace with a project, its versions and trainings, and what a new training will do. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  readonly workspace: string;
  readonly project: string;
  readonly projectType: string;
  /** Label -> number of annotations. */
  readonly classes: Readonly<Record<string, number>>;
  /** By label, for classes that are out of the ordinary. */
  readonly classTraits?: Readonly<Record<string, ClassTraits>>;
  readonly versions: readonly VersionSpec[];
  readonly seeded: readonly SeededTraining[];
  readonly others?: readonly OtherTraining[];
  readonly otherVersions?: readonly OtherVersion[];
  /** What every training does that a request starts, unless its type has a plan of its own. */
  readonly plan: TrainingPlan;
  /** Model type of a start -> what that training does instead. */
  readonly planOf?: Readonly<Record<string, TrainingPlan>>;
  readonly modelTypes: readonly string[];
  /** What trains when a start names no model type (docs/internals/roboflow-api.md#version-training-routes). */
  readonly defaultModelType: string;
  /** Model type of a start -> the name that Roboflow shows for it; absent: the same. */
  readonly shownTypes?: Readonly<Record<string, string>>;
  readonly routes?: RoutesMode;
  /** What goes wrong, unless the simulator is given faults of its own, which come first. */
  readonly faults?: readonly Fault[];
  readonly generateMs: number;
  readonly exportMs: number;
  /** `POST generate` names the version as a numeric string (docs/internals/roboflow-api.md#project-generate-and-export). */
  readonly versionAsString?: boolean;
  /** Evaluations tell their id as `id`, as older servers do (docs/internals/roboflow-api.md#model-evaluations). */
  readonly evaluationsSayId?: boolean;
  /** The plan of the workspace has no model evaluation, so that the comparison of models is refused. */
  readonly comparison?: 'refused';
  /** Models that were uploaded to each version and not trained there, with an evaluation that is done: by id, what it measured. */
  readonly uploaded?: Readonly<Record<string, Figures>>;
  /** What a workflow that shows this case has under `with:`, beside `project`, `api-key` and the defaults of the demo. */
  readonly inputs?: Readonly<Record<string, string>>;
}
