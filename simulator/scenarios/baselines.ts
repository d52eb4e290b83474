import type { MetricsPlace, Scenario, SeededTraining } from '../scenario.ts';
import { base, day, fineTunePlan } from './base.ts';

const everywhere: readonly MetricsPlace[] = ['results', 'trainings', 'models', 'version'];

const nano: SeededTraining = {
  version: 6,
  modelType: 'rfdetr-nano',
  agoMs: 20 * day,
  plan: {
    ...fineTunePlan({ map50: 80.9, map5095: 58.3, precision: 85.7, recall: 76.2 }),
    shows: everywhere,
  },
};

const yolo: SeededTraining = {
  version: 6,
  modelType: 'yolov11n',
  agoMs: 19 * day,
  plan: {
    ...fineTunePlan({ map50: 88.6, map5095: 66.2, precision: 90.1, recall: 83.4 }),
    shows: everywhere,
  },
};

const inputs = { baseline: '6', thresholds: 'map50 >= baseline' };

export const twoBaselines: Scenario = {
  ...base,
  name: 'two-baselines',
  summary:
    'Version 6 has an rfdetr-nano (map50 80.9) and, ended last, a yolov11n (88.6). The new rfdetr-nano reaches 84.2.',
  seeded: [...base.seeded.filter(({ version }) => version !== 6), nano, yolo],
  inputs,
};

export const unlistedBaseline: Scenario = {
  ...base,
  name: 'unlisted-baseline',
  summary: 'No list has the training of version 6. The version itself shows its results (map50 80.9).',
  seeded: [
    ...base.seeded.filter(({ version }) => version !== 6),
    { ...nano, plan: { ...nano.plan, shows: ['version'], odd: { unlisted: true } } },
  ],
  inputs,
};
