import type { Scenario } from '../scenario.ts';
import { base, type FineTuneMetrics, fineTunePlan } from './base.ts';

const metrics: FineTuneMetrics = { map50: 86.2, map5095: 63.4, precision: 88.9, recall: 82.4 };

/** The points of the classes sum up to 0, so that their mean is that of all. */
export const classes: Scenario = {
  ...base,
  name: 'classes',
  summary: 'A fine-tune that is good on average (map50 86.2) and weak on gloves. The test split has no vest.',
  classes: { helmet: 5210, head: 1834, vest: 640, person: 3977, gloves: 912 },
  classTraits: {
    helmet: { pointsOff: 9 },
    head: { pointsOff: 6 },
    vest: { pointsOff: 0, absentFrom: ['test'] },
    person: { pointsOff: 8 },
    gloves: { pointsOff: -23 },
  },
  plan: fineTunePlan(metrics),
  inputs: {
    baseline: 'previous',
    'on-missing-baseline': 'skip',
    thresholds:
      'recall[helmet] >= 90\nrecall[*] >= 60\nmap50@test >= 80\nf1[person]@test >= 85\nwarn: map50[gloves] >= baseline',
  },
};
