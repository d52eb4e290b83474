import { describe, expect, test } from 'vitest';
import { distinctModels } from '../../../src/roboflow/results/model-identity.ts';
import { type Body, read } from './read-model.ts';

describe('models of one id', () => {
  const good = { modelId: 'acme/m', status: 'finished', metrics: { map50: 90, latency: { T4: 2, L4: 3 } } };

  test('are one if they are alike', () => {
    const again = { ...good, metrics: { latency: { L4: 3, T4: 2 }, map50: 90 } };
    expect(distinctModels([read(good), read({ ...good, modelId: 'acme/b' }), read(again)])).toEqual([
      read(good),
      read({ ...good, modelId: 'acme/b' }),
    ]);
  });

  test.each<{ name: string; other: Body }>([
    { name: 'one failed', other: { status: 'failed' } },
    { name: 'their metrics differ', other: { metrics: { map50: 40 } } },
    { name: 'one has none', other: { metrics: null } },
    { name: 'their latency differs', other: { metrics: { map50: 90, latency: { T4: 20, L4: 3 } } } },
    { name: 'one is a baseline', other: { nasFamily: 'baseline' } },
  ])('are not finished, and have no metrics, if $name', ({ other }) => {
    for (const bodies of [
      [good, { ...good, ...other }],
      [{ ...good, ...other }, good],
      [good, good, { ...good, ...other }],
    ]) {
      const [model, ...more] = distinctModels(bodies.map((body) => read(body)));
      expect(more).toEqual([]);
      expect(model).toMatchObject({
        id: 'acme/m',
        finished: false,
        metrics: new Map(),
        latencyMs: new Map(),
      });
      expect(model?.unreadable).toEqual([{ name: 'model', raw: `${bodies.length} that differ` }]);
    }
  });
});
