import type { Scenario } from '../scenario.ts';
import { base, type FineTuneMetrics, fineTunePlan } from './base.ts';

const metrics: FineTuneMetrics = { map50: 88.2, map5095: 65.4, precision: 92.9, recall: 89.4 };

/** Gloves are few, so that what is measured of them is chance to a good part. */
export const noise: Scenario = {
  ...base,
  name: 'noise',
  summary:
    'Rules that know how sure a figure is: of many helmets, of few gloves, and of a model that is surely better than the one before.',
  classes: { helmet: 5210, person: 3977, gloves: 212 },
  classTraits: { helmet: { pointsOff: 4 }, person: { pointsOff: -1 }, gloves: { pointsOff: -3 } },
  plan: fineTunePlan(metrics),
  inputs: {
    baseline: 'previous',
    thresholds: [
      'recall[helmet] >= 90',
      'recall[person] >= 88',
      'warn: recall[gloves] >= 88',
      'recall[gloves] >= 88 - noise',
      'f1@test > baseline + noise',
    ].join('\n'),
  },
};
