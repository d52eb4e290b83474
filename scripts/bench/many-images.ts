import { createRandom } from '../../simulator/lib/random.ts';
import type { ImageHits } from '../../src/gate/noise/by-image.ts';
import { type CountedFigure, differenceIntervalOf } from '../../src/gate/noise/sample.ts';

const IMAGES = 100_000;
const RUNS = 5;

/** How long a difference of two models takes that is paired over many images, and what memory that needs. */
export function reportManyImages(): void {
  const [now, before] = [figure(1), figure(2)];
  globalThis.gc?.();
  const bytesBefore = process.memoryUsage().heapUsed;
  const times = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    differenceIntervalOf(now, before);
    return performance.now() - startedAt;
  }).toSorted((a, b) => a - b);
  const megabytes = (process.memoryUsage().heapUsed - bytesBefore) / 1e6;
  console.log(
    `${IMAGES} images of two models: ${times[Math.floor(RUNS / 2)]?.toFixed(0)} ms, at most ${megabytes.toFixed(0)} MB more on the heap`,
  );
}

function figure(seed: number): CountedFigure {
  const random = createRandom(seed);
  const hits = new Map<string, ImageHits>();
  for (let index = 0; index < IMAGES; index += 1) {
    const objects = 1 + Math.floor(random.next() * 8);
    const truePositives = Math.round(objects * random.next() ** 0.3);
    hits.set(`image-${index}`, { truePositives, falsePositives: 0, falseNegatives: objects - truePositives });
  }
  const ids = new Set(hits.keys());
  return { metric: 'recall', percent: 80, sample: { n: IMAGES, images: { ids, hits: () => [hits] } } };
}
