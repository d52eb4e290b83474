import type { Scenario, SeededTraining } from '../scenario.ts';
import { base, day, type FineTuneMetrics, fineTunePlan, goodMetrics, second } from './base.ts';

const older: FineTuneMetrics = { map50: 99, map5095: 81.3, precision: 98.2, recall: 97.5 };
const newer: FineTuneMetrics = { map50: 41, map5095: 22.6, precision: 48.9, recall: 39.7 };

/** A finished training on version 7, the version that a start is going to train again. */
function finishedBefore(modelType: string): SeededTraining {
  const plan = { ...fineTunePlan(older), shows: ['results'] as const };
  return { version: 7, modelType, agoMs: 5 * day, plan };
}

export const olderResults: Scenario = {
  ...base,
  name: 'older-results',
  summary:
    'training/results shows an older training of the same type (map50 99) until 24 s after the end of the new one (41).',
  routes: 'jobs',
  seeded: [...base.seeded, finishedBefore('rfdetr-nano')],
  plan: { ...fineTunePlan(newer), shows: ['results'], lag: { resultsMs: 24 * second } },
};

export const resultsOfAnotherType: Scenario = {
  ...base,
  name: 'results-of-another-type',
  summary: 'training/results shows a yolov11n (map50 99) until 24 s after the end of the rfdetr-nano (84.2).',
  routes: 'jobs',
  seeded: [...base.seeded, finishedBefore('yolov11n')],
  plan: { ...fineTunePlan(goodMetrics), shows: ['results'], lag: { resultsMs: 24 * second } },
};
