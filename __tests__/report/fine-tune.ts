import type { Judged, VersionPoint } from '../../src/report/conclusion.ts';
import type { ImageCounts, TrainingFacts } from '../../src/report/training-facts.ts';
import { model, pastTraining } from '../build.ts';
import { facts, judged } from './cases.ts';

const images: ImageCounts = { train: 1_640, validation: 412, test: 206 };
const imagesBefore: ImageCounts = { train: 1_430, validation: 398, test: 199 };
const preprocessing = { resize: { width: 384, height: 384 } };
export const run: TrainingFacts = {
  ...facts,
  jobId: 'job_4c2aab22506c',
  split: 'validation',
  images,
  datasets: new Map([
    [
      7,
      {
        images,
        classes: ['helmet', 'gloves', 'vest'],
        preprocessing,
        augmentation: { flip: { horizontal: true } },
      },
    ],
    [
      6,
      {
        images: imagesBefore,
        classes: ['helmet', 'gloves'],
        preprocessing,
        augmentation: { flip: { horizontal: true }, mosaic: true },
      },
    ],
  ]),
  earlier: { version: 6, trainedMs: 3_840_000 },
};
export const newest = model({
  id: 'acme/hard-hats-7-rfdetr-nano-6669',
  metrics: { 'map50-95': 61.7, map50: 84.2, precision: 88.4, recall: 79.6 },
});
export const before = model({
  id: 'acme/hard-hats-6-rfdetr-nano-9aee',
  metrics: { 'map50-95': 58.3, map50: 81.4, precision: 86.9, recall: 76.2 },
});
export const version6 = pastTraining([before]);

export function points(newestVersion: number, ...values: readonly number[]): readonly VersionPoint[] {
  return values.map((map50, index) => ({
    version: newestVersion - values.length + index,
    metrics: new Map([['map50', map50]]),
  }));
}

export const history = points(7, 68.1, 73.1, 76, 79.5, 81.4);

export function fineTune(thresholds: string, more: Partial<Judged> = {}): Judged {
  return { ...judged({ models: [newest], thresholds }), previous: version6, ...more };
}
