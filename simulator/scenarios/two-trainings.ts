import type { Scenario } from '../scenario.ts';
import { base, type FineTuneMetrics, fineTunePlan, goodMetrics, minute } from './base.ts';

/** Two trainings of version 7 whose results come in an order of their own. Times are simulated milliseconds. */
export interface TwoTrainings {
  /** Model type of the training that somebody else starts; a workflow starts an rfdetr-nano. */
  readonly otherType: string;
  /** From the start of ours to the start of the other; below 0: it started before. */
  readonly otherStartsMs: number;
  /** How long the other trains; ours trains for 70 minutes. */
  readonly otherTrainMs: number;
  /** From the end of the other until `training/results` shows it. */
  readonly otherResultsMs: number;
  /** From the first answer that says that ours is over until `training/results` shows it. */
  readonly ourResultsMs: number;
}

/** Metrics that no training of a workflow has, so that a verdict about them is a mistake. */
export const otherMetrics: FineTuneMetrics = { map50: 99, map5095: 81.3, precision: 98.2, recall: 97.5 };

/** A scenario in which two trainings on version 7 show their results in `training/results` only, in any order. */
export function twoTrainingsScenario(times: TwoTrainings): Scenario {
  const { otherType: modelType, otherStartsMs, otherTrainMs, otherResultsMs, ourResultsMs } = times;
  const shows = ['results'] as const;
  const plan = {
    ...fineTunePlan(otherMetrics),
    trainMs: otherTrainMs,
    shows,
    lag: { resultsMs: otherResultsMs },
  };
  const startedBefore = { version: 7, modelType, agoMs: -otherStartsMs, plan };
  const startsLater = { version: 7, modelType, afterStart: 1, delayMs: otherStartsMs, plan };
  return {
    ...base,
    name: 'two-trainings',
    summary: 'Two trainings on one version; results come in another order than starts and ends.',
    seeded: otherStartsMs < 0 ? [...base.seeded, startedBefore] : base.seeded,
    ...(otherStartsMs >= 0 && { others: [startsLater] }),
    plan: { ...fineTunePlan(goodMetrics), shows, lag: { resultsMs: ourResultsMs } },
  };
}

/** The other starts after ours and ends before it. */
export const twoTrainings: Scenario = {
  ...twoTrainingsScenario({
    otherType: 'rfdetr-nano',
    otherStartsMs: 10 * minute,
    otherTrainMs: 30 * minute,
    otherResultsMs: 0,
    ourResultsMs: minute,
  }),
  summary:
    'Somebody else trains the same type on the same version: started later, ended earlier, its results (map50 99) first.',
};

/** The other starts before ours and ends while ours runs, and its results come after ours. */
export const resultsOvertaken: Scenario = {
  ...twoTrainingsScenario({
    otherType: 'yolov11n',
    otherStartsMs: -20 * minute,
    otherTrainMs: 60 * minute,
    otherResultsMs: 32 * minute,
    ourResultsMs: 0,
  }),
  name: 'results-overtaken',
  summary:
    'Results of an older yolov11n (map50 99) replace those of the rfdetr-nano (84.2) about two minutes after its end.',
};
