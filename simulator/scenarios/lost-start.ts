import type { Fault } from '../faults.ts';
import type { Scenario } from '../scenario.ts';
import { base, day, fineTunePlan, goodMetrics, versionSpec } from './base.ts';

/** The first start arrives, and its answer does not. */
const answerLost: Fault = { route: 'start', nth: 1, do: { kind: 'reset', effect: 'after' } };

/** The first start does not arrive. */
const startLost: Fault = { route: 'start', nth: 1, do: { kind: 'reset', effect: 'before' } };

/** Exported for RF-DETR and for YOLO. */
const anyExport = { exports: ['coco', 'yolov5pytorch'] };

export const lostStartSized: Scenario = {
  ...base,
  name: 'lost-start-sized',
  summary: 'The answer to the start is lost. The training of a yolov11 then shows as yolov11n.',
  versions: [4, 5, 6, 7].map((number) => versionSpec(number, anyExport)),
  modelTypes: [...base.modelTypes, 'yolov11'],
  shownTypes: { yolov11: 'yolov11n' },
  faults: [answerLost],
  inputs: { 'model-type': 'yolov11' },
};

export const lostStartOther: Scenario = {
  ...base,
  name: 'lost-start-other',
  summary: 'The start is lost. Instead, the training of somebody else, a yolov11s, shows on the version.',
  versions: [4, 5, 6, 7].map((number) => versionSpec(number, anyExport)),
  faults: [startLost],
  others: [{ version: 7, modelType: 'yolov11s', afterStart: 1, plan: fineTunePlan(goodMetrics) }],
};

export const lostStartReusedId: Scenario = {
  ...base,
  name: 'lost-start-reused-id',
  summary:
    'The answer to the start is lost, on a one-model version: the new training has the id of a cancelled one.',
  versions: [4, 5, 6, 7].map((number) => versionSpec(number, { kind: 'smpv' })),
  seeded: [
    ...base.seeded,
    {
      version: 7,
      modelType: 'rfdetr-nano',
      agoMs: 2 * day,
      plan: { ...fineTunePlan(null), end: 'cancelled', endsAt: 0.2 },
    },
  ],
  faults: [answerLost],
  inputs: { route: 'trainings' },
};
