import type { Scenario, TrainingPlan } from '../scenario.ts';
import { base, type FineTuneMetrics, fineTunePlan, minute } from './base.ts';

/** A fine-tune that trains for so long and reaches these metrics, with an evaluation that names its model. */
function typed(minutes: number, metrics: FineTuneMetrics): TrainingPlan {
  return { ...fineTunePlan(metrics), trainMs: minutes * minute, evaluation: { namedModels: 1 } };
}

/** Three model types on one version: one is the most accurate, one cheaper and nearly as good, one misses too many vests. */
export const compare: Scenario = {
  ...base,
  name: 'compare',
  summary:
    'Three model types in one step, with other figures and times: rfdetr-small is best, yolov11n misses too many vests.',
  planOf: {
    'rfdetr-nano': typed(70, { map50: 84.2, map5095: 61.7, precision: 88.4, recall: 79.6 }),
    'rfdetr-small': typed(105, { map50: 86.8, map5095: 64.9, precision: 89.9, recall: 82.1 }),
    yolov11n: typed(50, { map50: 80.3, map5095: 57, precision: 84.1, recall: 74.8 }),
  },
  // Better and faster than all, and nobody trained it here.
  uploaded: { 'acme/hard-hats-imported-nano': { precision: 0.97, recall: 0.96, map50: 0.98, map5095: 0.88 } },
  inputs: {
    'model-type': 'rfdetr-nano\nrfdetr-small\nyolov11n',
    hardware: 'serverless <= 60 ms',
    thresholds: 'map50 >= 80\nrecall[vest] >= 72\nmap50@serverless >= 82',
  },
};
