import type { AccuracyMetric } from './metric.ts';

/** The splits of a dataset version that rules can name; Roboflow calls the validation split `valid`. */
export const SPLITS = ['valid', 'test'] as const;

export type Split = (typeof SPLITS)[number];

/** Which answer of Roboflow has a figure: the version's training results, or its evaluation of the model. */
export type FigureSource = 'training-results' | 'evaluation';

/** What a model reaches on one class of a split. */
export interface ClassFigures {
  /** As that answer spells it. */
  readonly name: string;
  /** How many objects of the class the split has; undefined if the answer does not say. */
  readonly objects: number | undefined;
  /** Whether the split has any object of the class. Without one it has no figures. */
  readonly hasObjects: boolean;
  /** In percent. */
  readonly metrics: ReadonlyMap<AccuracyMetric, number>;
}

/** What a model reaches on one split, by one of Roboflow's answers. */
export interface SplitFigures {
  readonly split: Split;
  readonly source: FigureSource;
  /** Of all classes together, in percent. */
  readonly all: ReadonlyMap<AccuracyMetric, number>;
  readonly classes: readonly ClassFigures[];
}

/** Why Roboflow's evaluation does not give what a rule needs, as phrases: what is the case, and what to do. */
export interface EvaluationLack {
  readonly reason: string;
  readonly cure: string | undefined;
}

/** What is known of a model by class and split. */
export interface ModelDetails {
  /** In the order in which they count: the training results first. */
  readonly figures: readonly SplitFigures[];
  /** Undefined if the evaluation was read, or not asked for. */
  readonly lack: EvaluationLack | undefined;
}
