import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frontierOn } from '../../src/gate/frontier.ts';
import { runs } from '../setup/seeds.ts';
import { hardware, latencyThere, models } from './arbitraries.ts';

describe('the frontier', () => {
  test('is strictly slower and strictly more accurate from point to point', () => {
    fc.assert(
      fc.property(models, fc.constantFrom(...hardware), (all, name) => {
        const points = frontierOn(name, all, 'map50-95');
        for (const [index, point] of points.entries()) {
          const next = points[index + 1];
          if (!next) continue;
          expect(next.latencyMs).toBeGreaterThan(point.latencyMs);
          expect(next.accuracy).toBeGreaterThan(point.accuracy);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  test('holds no model that another dominates, and leaves out none that no other equals or dominates', () => {
    fc.assert(
      fc.property(models, fc.constantFrom(...hardware), (all, name) => {
        const points = frontierOn(name, all, 'map50-95');
        const measured = all.flatMap((model) => {
          const latency = latencyThere(model, name);
          const accuracy = model.metrics.get('map50-95');
          return latency === undefined || accuracy === undefined ? [] : [{ latency, accuracy }];
        });
        for (const { latencyMs, accuracy } of points)
          expect(
            measured.filter(
              (rival) =>
                rival.latency <= latencyMs &&
                rival.accuracy >= accuracy &&
                (rival.latency < latencyMs || rival.accuracy > accuracy),
            ),
          ).toEqual([]);
        for (const { latency, accuracy } of measured)
          expect(points.some((point) => point.latencyMs <= latency && point.accuracy >= accuracy)).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });
});
