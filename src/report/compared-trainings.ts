import type { OwnVerdict } from '../gate/decide.ts';
import type { AccuracyMetric } from '../gate/metric.ts';
import type { Model } from '../gate/model.ts';
import type { Against } from './against.ts';
import type { TrainingEnd } from './training-end.ts';
import type { TrainingFacts } from './training-facts.ts';

/** One training of a step, in the order in which the workflow names their types. */
export interface ComparedTraining extends Omit<OwnVerdict, 'passedOver'> {
  /** As the workflow writes it; of one that it names by its id alone, as Roboflow shows it. */
  readonly modelType: string;
  readonly facts: TrainingFacts | undefined;
  readonly end: TrainingEnd;
  /** What it is compared with; undefined if it has no results. */
  readonly against?: Against | undefined;
  /** All that came of it. */
  readonly models?: readonly Model[] | undefined;
}

/** The trainings of a step, and the one of which it takes the headline model. */
export interface Comparison {
  readonly trainings: readonly ComparedTraining[];
  /** Index of the best one; undefined if none has a model. */
  readonly best: number | undefined;
  /** By what their headline models were put in order; undefined if none has a model. */
  readonly ranking?: AccuracyMetric | undefined;
  /** Whether a re-run of the job attaches by itself to those that run by then. */
  readonly rerunAttaches: boolean;
}
