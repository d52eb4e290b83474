import type { Scenario } from '../scenario.ts';
import { base, fineTunePlan, goodMetrics, minute } from './base.ts';

export const failed: Scenario = {
  ...base,
  name: 'failed',
  summary: 'Training fails at 40 % because the GPU runs out of memory.',
  plan: {
    ...fineTunePlan(null),
    end: 'failed',
    endsAt: 0.4,
    failureReason: 'CUDA out of memory: tried to allocate 1.4 GiB on a device with 14.6 GiB.',
  },
};

export const cancelled: Scenario = {
  ...base,
  name: 'cancelled',
  summary: 'Somebody cancels the training in the app halfway.',
  plan: { ...fineTunePlan(null), end: 'cancelled', endsAt: 0.5 },
};

export const unknownStatus: Scenario = {
  ...base,
  name: 'unknown-status',
  summary: 'A fine-tune that shows the unknown status "warming_up" for a while.',
  plan: { ...fineTunePlan(goodMetrics), warmUp: { word: 'warming_up', ms: 5 * minute } },
};

export const stoppedEarly: Scenario = {
  ...base,
  name: 'stopped-early',
  summary: 'Somebody stops the training early in the app; its weights are kept, with map50 81.0.',
  plan: {
    ...fineTunePlan({ map50: 81.0, map5095: 57.9, precision: 85.2, recall: 77.1 }),
    end: 'stopped',
    endsAt: 0.6,
  },
};
