import type { Split } from '../gate/split-figures.ts';

/** The confidence threshold at which a model's F1 is best. */
export interface BestConfidence {
  /** 0 to 1. */
  readonly threshold: number;
  /** F1 there in percent; undefined if that is not told. */
  readonly f1: number | undefined;
  readonly split: Split;
}

/** How often objects of one class were taken for something else. */
export interface Confusion {
  readonly actual: string | undefined;
  readonly predicted: string | undefined;
  readonly times: number;
  /** How many objects of `actual` the split has; undefined if nothing is there. */
  readonly objects: number | undefined;
}

/** What a model confuses on one split at one confidence threshold, the most frequent first. */
export interface Confusions {
  readonly split: Split;
  /** 0 to 1. */
  readonly threshold: number;
  readonly pairs: readonly Confusion[];
}

/** What Roboflow's evaluation of the headline model says beside its figures by class and split. */
export interface EvaluationFindings {
  readonly confidence: BestConfidence | undefined;
  readonly confusions: Confusions | undefined;
}
