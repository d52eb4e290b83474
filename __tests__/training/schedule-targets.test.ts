import { describe, expect, test } from 'vitest';
import { median, quantile } from '../../scripts/bench/quantile.ts';
import { PROGRESS_SHAPES } from '../../scripts/bench/waiting/progress-curve.ts';
import { simulateTrainings } from '../../scripts/bench/waiting/simulated-training.ts';
import { adaptiveWatchers, measureWaiting, TELLING_SHAPES } from '../../scripts/bench/waiting/waiting.ts';
import { watch } from '../../scripts/bench/waiting/watcher.ts';

/** `npm run bench` watches more of them. */
const PER_SHAPE = 60;

describe('watching simulated trainings', () => {
  test('sees an end that progress tells within seconds, with few looks', () => {
    const { delays, looks } = measureWaiting(adaptiveWatchers(), TELLING_SHAPES, PER_SHAPE);
    expect(median(delays)).toBeLessThanOrEqual(5);
    expect(quantile(delays, 0.95)).toBeLessThanOrEqual(20);
    expect(quantile(looks, 1)).toBeLessThanOrEqual(180);
  });

  test('sees an end without progress within 2 % of the wait and a minute', () => {
    const watcher = adaptiveWatchers();
    for (const training of simulateTrainings({ shape: 'absent', count: PER_SHAPE, seed: 1 })) {
      const { delayMs } = watch(training, watcher());
      expect(delayMs).toBeLessThanOrEqual(Math.max(5_000, 0.02 * training.endAtMs));
      expect(delayMs).toBeLessThanOrEqual(60_000);
    }
    expect(quantile(measureWaiting(watcher, ['absent'], PER_SHAPE).looks, 1)).toBeLessThanOrEqual(500);
  });

  test.each(PROGRESS_SHAPES)(
    'sees every failure and every end within 3 minutes when progress is %s',
    (shape) => {
      const { delays, failureDelays } = measureWaiting(adaptiveWatchers(), [shape], PER_SHAPE);
      expect(quantile([...delays, ...failureDelays], 1)).toBeLessThanOrEqual(180);
    },
  );
});
