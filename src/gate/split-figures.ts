import type { AccuracyMetric } from './metric.ts';
import type { Sample } from './noise/sample.ts';

/** What figures of some metrics were counted from. */
export type Samples = ReadonlyMap<AccuracyMetric, Sample>;

/** The splits of a dataset version that rules can name; Roboflow calls the validation split `valid`. */
export const SPLITS = ['valid', 'test'] as const;

export type Split = (typeof SPLITS)[number];

/** Which answer of Roboflow has a figure: the version's training results, or its evaluation of the model. */
export type FigureSource = 'training-results' | 'evaluation' | 'version';

/** What a model reaches on one class of a split. */
export interface ClassFigures {
  readonly name: string;
  /** How many objects of the class the split has; undefined if the answer does not say. */
  readonly objects: number | undefined;
  /** Whether the split has any object of the class. Without one it has no figures. */
  readonly hasObjects: boolean;
  /** In percent. */
  readonly metrics: ReadonlyMap<AccuracyMetric, number>;
  readonly samples?: Samples | undefined;
}

/** What a model reaches on one split, by one of Roboflow's answers. */
export interface SplitFigures {
  readonly split: Split;
  readonly source: FigureSource;
  /** The confidence threshold, 0 to 1, that was asked for. */
  readonly confidence?: number | undefined;
  /** Of all classes together, in percent. */
  readonly all: ReadonlyMap<AccuracyMetric, number>;
  /** What `all` was counted from. */
  readonly samples?: Samples | undefined;
  readonly classes: readonly ClassFigures[];
}

/** A figure by class or split, which an evaluation may have to give. */
export interface WantedFigure {
  readonly metric: AccuracyMetric;
  readonly split: Split;
  readonly by: 'class' | 'split';
  /** Whether a rule needs it that decides; what is only told of takes what is there. */
  readonly isNeeded: boolean;
  /** What it was counted from is wanted as well: how many objects, or what was found on each image. */
  readonly counts?: 'objects' | 'images' | undefined;
  /** Whether the figure itself is there. */
  readonly isKnown?: boolean;
}

/** Why an evaluation does not give a figure. */
export type EvaluationLack =
  /** Roboflow made none of this model, but of the `evaluated` ones of its version; or it failed: there is no figure. */
  | { readonly kind: 'none'; readonly evaluated?: readonly string[]; readonly said?: string | undefined }
  | { readonly kind: 'failed'; readonly said?: string | undefined }
  /** It is done, and Roboflow's comparison of models has no latency of it yet. `said`: Roboflow's word for why. */
  | { readonly kind: 'untimed'; readonly said?: string | undefined }
  | OpenLack;

/** The figure may be there all the same. */
export type OpenLack =
  | { readonly kind: 'running' }
  | { readonly kind: 'unread'; readonly obstacle: EvaluationObstacle; readonly error: Error };

/** Whether a figure may be there all the same. */
export function isOpen(lack: EvaluationLack): lack is OpenLack {
  return lack.kind === 'running' || lack.kind === 'unread';
}

/** What kept an evaluation from being read. */
export type EvaluationObstacle = 'not-allowed' | 'not-in-plan' | 'not-there' | 'no-answer' | 'other';

/** A figure that an evaluation was asked for and does not give. */
export interface LackingFigure extends WantedFigure {
  readonly why: EvaluationLack;
}

/** What is known of a model by class and split. */
export interface ModelDetails {
  /** In the order in which they count: the training results first. */
  readonly figures: readonly SplitFigures[];
  readonly lacking: readonly LackingFigure[];
}
