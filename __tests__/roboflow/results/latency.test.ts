import { describe, expect, test } from 'vitest';
import { latencyOn } from '../../../src/gate/model.ts';
import { modelOfList } from '../../../src/roboflow/results/read-model.ts';
import { parsed, withMetrics } from './read-model.ts';

describe('latency', () => {
  test.each<{ raw: unknown; shown: string }>([
    { raw: 'NaN', shown: '"NaN"' },
    { raw: -1, shown: '-1' },
    { raw: 0, shown: '0' },
    { raw: '0', shown: '"0"' },
    { raw: 'Infinity', shown: '"Infinity"' },
    { raw: '2 ms', shown: '"2 ms"' },
    { raw: { ms: 2 }, shown: '{"ms":2}' },
    { raw: [2], shown: '[2]' },
    { raw: true, shown: 'true' },
  ])('that comes as $shown is kept as unreadable, in both shapes', ({ raw, shown }) => {
    const byHardware = withMetrics({ latency: { T4: raw, L4: 3 } });
    expect([...byHardware.latencyMs]).toEqual([['L4', 3]]);
    expect(byHardware.unreadable).toEqual([{ name: 'latency@T4', raw: shown }]);
  });

  test('without a hardware name is unreadable', () => {
    expect(withMetrics({ latency: 2 }).unreadable).toEqual([{ name: 'latency@unnamed hardware', raw: '2' }]);
    expect(withMetrics({ latency: { ' ': 2 } }).latencyMs.size).toBe(0);
  });

  test('under two spellings of one hardware with different values is unreadable', () => {
    const model = withMetrics({ latency: { T4: 5, L4: 3, ' t4': 50 } });
    expect([...model.latencyMs]).toEqual([['L4', 3]]);
    expect(model.unreadable).toEqual([{ name: 'latency@T4', raw: '{"T4":5," t4":50}' }]);
  });

  test('under two spellings of one hardware with one value is that, as first spelled', () => {
    const model = withMetrics({ latency: { T4: 5, t4: '5.0', 'T4 ': null } });
    expect([...model.latencyMs]).toEqual([['T4', 5]]);
    expect(model.unreadable).toEqual([]);
  });

  test('of a list is unreadable', () => {
    expect(withMetrics({ latency: [2, 3], hardware: 'gpu' }).unreadable).toEqual([
      { name: 'latency@gpu', raw: '[2,3]' },
    ]);
  });

  test('is read under hardware names that every object inherits', () => {
    const model = withMetrics(
      parsed('{"latency":{"__proto__":4,"constructor":5,"toString":6,"hasOwnProperty":"NaN"}}'),
    );
    expect([...model.latencyMs]).toEqual([
      ['__proto__', 4],
      ['constructor', 5],
      ['toString', 6],
    ]);
    expect(model.unreadable).toEqual([{ name: 'latency@hasOwnProperty', raw: '"NaN"' }]);
    expect(latencyOn(model, '__PROTO__')).toBe(4);
    expect(latencyOn(model, 'valueOf')).toBeUndefined();
  });

  test('under __proto__ does not reach any other object', () => {
    withMetrics(parsed('{"__proto__":{"map50":99},"latency":{"__proto__":{"T4":1}}}'));
    expect(Object.hasOwn(Object.prototype, 'T4') || Object.hasOwn(Object.prototype, 'map50')).toBe(false);
    expect(withMetrics(parsed('{"__proto__":{"map50":99}}')).metrics.size).toBe(0);
  });

  test('in the models list is read under __proto__ too', () => {
    const row = parsed('{"url":"acme/m","latency":{"__proto__":4}}');
    const model = modelOfList(Object.fromEntries(Object.entries(row ?? {})), undefined);
    expect(model && [...model.latencyMs]).toEqual([['__proto__', 4]]);
  });
});
