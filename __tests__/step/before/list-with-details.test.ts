import { describe, expect, test } from 'vitest';
import { listWithDetails } from '../../../src/step/before/list-with-details.ts';
import type { Training } from '../../../src/training/training.ts';
import { VirtualClock } from '../../flow/clock.ts';
import { FakeRoute, KeptLog, training } from '../../training/fake-route.ts';

/** What is listed with details, and which trainings were looked at. */
async function detailed(listed: readonly Training[], looks: Readonly<Record<string, Training | Error>> = {}) {
  const route = new FakeRoute();
  route.known = [...listed];
  route.looks = new Map(Object.entries(looks));
  const context = { clock: new VirtualClock(), log: new KeptLog(), signal: new AbortController().signal };
  const result = await listWithDetails(7, route, context).catch((error: unknown) => error);
  return { result, looked: route.calls.filter((call) => call.startsWith('look')) };
}

describe('the trainings of a version, with their details', () => {
  const atMs = Date.UTC(2027, 0, 4, 8);

  test.each<{ name: string; listed: Partial<Training> }>([
    { name: 'in flight with version and model type', listed: {} },
    { name: 'that succeeded', listed: { phase: 'succeeded', modelType: undefined } },
    { name: 'that was stopped', listed: { phase: 'stopped', modelType: undefined } },
    { name: 'that failed', listed: { phase: 'failed', modelType: undefined } },
    { name: 'that was cancelled', listed: { phase: 'cancelled', version: undefined } },
  ])('have one $name as the list shows it', async ({ listed }) => {
    expect(await detailed([training(listed)])).toEqual({ result: [training(listed)], looked: [] });
  });

  test.each<{
    name: string;
    listed: Partial<Training>;
    seen: Partial<Training>;
    expected: Partial<Training>;
  }>([
    { name: 'model type', listed: { modelType: undefined }, seen: {}, expected: {} },
    { name: 'version', listed: { version: undefined }, seen: {}, expected: {} },
    {
      name: 'model type, if it has a status that nobody knows',
      listed: { modelType: undefined, phase: 'unknown', status: 'paused' },
      seen: { phase: 'unknown', status: 'paused' },
      expected: { phase: 'unknown', status: 'paused' },
    },
    {
      name: 'model type, and has the date from the list if the look has none',
      listed: { modelType: undefined, createdAtMs: atMs },
      seen: {},
      expected: { createdAtMs: atMs },
    },
    {
      name: 'model type, which stays unknown if the look does not say it either',
      listed: { modelType: undefined },
      seen: { modelType: undefined },
      expected: { modelType: undefined },
    },
    {
      name: 'version, which may be another',
      listed: { version: undefined },
      seen: { version: 6 },
      expected: { version: 6 },
    },
    {
      name: 'model type, and may have ended since',
      listed: { modelType: undefined },
      seen: { phase: 'succeeded' },
      expected: { phase: 'succeeded' },
    },
  ])('have a look at one in flight without its $name', async ({ listed, seen, expected }) => {
    expect(await detailed([training(listed)], { t1: training(seen) })).toEqual({
      result: [training(expected)],
      looked: ['look t1'],
    });
  });

  test('keep their order', async () => {
    const listed = [
      training({ id: 'a' }),
      training({ id: 'b', modelType: undefined }),
      training({ id: 'c' }),
    ];
    const { result } = await detailed(listed, { b: training({ id: 'b' }) });
    expect(result).toEqual(['a', 'b', 'c'].map((id) => training({ id })));
  });

  test('cannot be told if no look gets a good answer: it may be the one that is asked for', async () => {
    const outage = new Error('Roboflow answered 502');
    expect((await detailed([training({ modelType: undefined })], { t1: outage })).result).toBe(outage);
  });
});
