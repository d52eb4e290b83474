import type { MetricsPlace, Scenario, SeededTraining } from '../scenario.ts';
import { base, day, fineTunePlan, versionSpec } from './base.ts';

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

/** What the newest version shows as new: a class, the size of its images and its augmentation. */
const sixth = {
  classes: ['helmet', 'no-helmet'],
  augmentation: { flip: { horizontal: true }, mosaic: true },
};
const seventh = {
  preprocessing: { 'auto-orient': { enabled: true }, resize: { width: 640, height: 640, format: 'Fit' } },
  augmentation: { flip: { horizontal: true }, blur: { pixels: 2 } },
};

export const changedDataset: Scenario = {
  ...base,
  name: 'changed-dataset',
  summary:
    'Version 7 has other images, classes and settings than version 6, and its training falls short of it: map50 79.1 after 80.9.',
  versions: [4, 5, 6, 7].map((number) => versionSpec(number, number === 7 ? seventh : sixth)),
  plan: fineTunePlan({ map50: 79.1, map5095: 56.9, precision: 84.1, recall: 74.6 }),
  inputs: { baseline: '6', thresholds: 'map50 >= baseline - 0.5\nmap50 >= 75' },
};
