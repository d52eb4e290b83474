import type { FigureSource } from '../../src/gate/split-figures.ts';
import { classFigures, model, splitFigures } from '../build.ts';
import type { Part } from './several.ts';

/** Trainings of some types, and what they came to. */

export const MINUTE = 60_000;

/** A fine-tune of this type with its mAP50-95, mAP50 and recall. */
export function fineTuned(
  modelType: string,
  [map5095, map50, recall]: readonly [number, number, number],
  minutes: number,
): Part {
  return {
    modelType,
    models: [
      model({
        id: `acme/hard-hats-7-${modelType}-6669`,
        type: modelType,
        metrics: { 'map50-95': map5095, map50, recall, precision: map50 + 4 },
      }),
    ],
    facts: { jobId: `job_${modelType.replace(/\W/g, '')}`, trainedMs: minutes * MINUTE },
  };
}

export const small = fineTuned('rfdetr-small', [64.9, 86.8, 82.1], 105);
export const nano = fineTuned('rfdetr-nano', [61.7, 84.2, 79.6], 70);
export const yolo = fineTuned('yolo26n', [57, 80.3, 74.8], 70);
export const failed: Part = {
  modelType: 'rfdetr-large',
  end: { kind: 'failed', reason: 'CUDA out of memory: tried to allocate 1.4 GiB' },
  facts: { jobId: 'job_rfdetrlarge', status: 'failed', trainedMs: 28 * MINUTE, source: undefined },
};
export const going: Part = {
  modelType: 'rfdetr-medium',
  end: { kind: 'timed-out', timeoutMs: 120 * MINUTE, error: undefined, ended: undefined },
  facts: {
    jobId: 'job_rfdetrmedium',
    status: 'training',
    inFlight: true,
    trainedMs: undefined,
    source: undefined,
  },
};
export const refused: Part = {
  modelType: 'rfdetr-xlarge',
  end: {
    kind: 'not-started',
    trouble: { message: 'the plan of the workspace does not include it', hint: undefined },
  },
  facts: undefined,
};

export const searched: Part = {
  modelType: 'rfdetr-nas-parent',
  models: [
    [52.3, 3.1],
    [58.8, 4.4],
    [61.5, 6.2],
    [63.4, 8.9],
    [66.1, 12.8],
    [67.2, 17.5],
  ].map(([map5095 = 0, t4 = 0], index) =>
    model({
      id: `acme/hard-hats-7-nas-gpu-${(index * 7_919 + 4_096).toString(16)}`,
      type: 'rfdetr-nas',
      family: 'child',
      metrics: { 'map50-95': map5095, map50: map5095 + 20, recall: map5095 + 16 },
      latency: { T4: t4, 'Jetson Orin NX': Number((t4 * 2.3).toFixed(1)) },
    }),
  ),
  facts: {
    jobId: 'job_23470f434a82',
    trainedMs: 240 * MINUTE,
    url: 'https://app.roboflow.com/acme/hard-hats/nas-runs/7',
    source: 'training results',
  },
};

const OBJECTS = { helmet: 1_204, vest: 612, person: 988, head: 431, gloves: 187 };

/** The same with the mAP50 of these classes on validation, and a recall of 5 points less. */
export function withClasses(
  part: Part,
  map50: Readonly<Record<string, number>>,
  source: FigureSource = 'evaluation',
): Part {
  const objects: Readonly<Record<string, number>> = OBJECTS;
  const classes = Object.entries(map50).map(([name, value]) =>
    classFigures(name, objects[name] ?? 10, { map50: value, recall: value - 5 }),
  );
  const details = { figures: [{ ...splitFigures('valid', {}, classes), source }], lacking: [] };
  return { ...part, models: (part.models ?? []).map((each) => ({ ...each, details })) };
}

const byClass = (helmet: number, vest: number, person: number, head: number, gloves: number) => ({
  helmet,
  vest,
  person,
  head,
  gloves,
});
export const smallByClass = withClasses(small, byClass(93.3, 91, 87.6, 85.2, 76.9));
export const nanoByClass = withClasses(nano, byClass(92.3, 89, 85.1, 82.4, 72.2));
export const yoloByClass = withClasses(yolo, byClass(90.1, 85.2, 81.8, 78, 66.4));

/** A training whose headline model has this mAP50-95 and this latency on T4, in milliseconds. */
export function timed(modelType: string, map5095: number, t4: number): Part {
  const { models = [], ...part } = fineTuned(modelType, [map5095, map5095 + 20, map5095 + 16], 240);
  return { ...part, models: models.map((each) => ({ ...each, latencyMs: new Map([['T4', t4]]) })) };
}
