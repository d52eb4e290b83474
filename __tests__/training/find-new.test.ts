import { describe, expect, test } from 'vitest';
import { knownTrainings } from '../../src/training/before.ts';
import { findNewTraining } from '../../src/training/find-new.ts';
import type { Training } from '../../src/training/training.ts';
import { FakeRoute, request, training } from './fake-route.ts';

const minute = 60_000;
const hour = 60 * minute;
const atMs = Date.UTC(2027, 0, 4, 8);
const old = training({ id: 'old', phase: 'cancelled', status: 'cancelled', createdAtMs: atMs - hour });

/** What the search comes to if the list shows `listed` and each look shows what is in `looks`. */
async function search(
  listed: readonly Training[],
  looks: readonly Training[] = [],
  modelType = request.modelType,
) {
  const route = new FakeRoute();
  route.known = [...listed];
  route.looks = new Map(looks.map((each) => [each.id, each]));
  const before = { atMs, known: knownTrainings([old]) };
  const found = await findNewTraining(route, { ...request, modelType }, before, atMs + hour);
  return { found, looked: route.calls.filter((call) => call.startsWith('look')) };
}

describe('the training that a start with an unclear answer made', () => {
  test.each<{ name: string; listed: readonly Training[]; modelType?: string; expected: string }>([
    { name: 'is the new one', listed: [old, training({ id: 'a' })], expected: 'a' },
    {
      name: 'may have ended by now',
      listed: [training({ id: 'a', phase: 'succeeded', status: 'finished' })],
      expected: 'a',
    },
    {
      name: 'is the one whose type is written in another way',
      listed: [training({ id: 'a', modelType: 'RF-DETR Nano' })],
      expected: 'a',
    },
    {
      name: 'is the one whose type is a size of the family',
      listed: [training({ id: 'a', modelType: 'yolov11n' })],
      modelType: 'yolov11',
      expected: 'a',
    },
    {
      name: 'is the only one that can be ours',
      listed: [training({ id: 'b', modelType: 'yolov11n' }), training({ id: 'a' })],
      expected: 'a',
    },
    {
      name: 'may be dated a little before, because clocks differ',
      listed: [training({ id: 'a', createdAtMs: atMs - 10 * minute })],
      expected: 'a',
    },
    {
      name: 'may use the id of one that had ended before',
      listed: [training({ id: 'old', createdAtMs: atMs + 1 })],
      expected: 'old',
    },
  ])('$name', async ({ listed, modelType, expected }) => {
    const { found, looked } = await search(listed, [], modelType);
    expect(found).toEqual({ kind: 'found', thing: listed.find(({ id }) => id === expected) });
    expect(looked).toEqual([]);
  });

  test.each<{ name: string; listed: readonly Training[] }>([
    { name: 'the list is empty', listed: [] },
    { name: 'nothing is new', listed: [old] },
  ])('is none if $name', async ({ listed }) => {
    expect((await search(listed)).found).toEqual({ kind: 'nothing' });
  });

  test.each<{ name: string; listed: readonly Training[]; reason: string }>([
    {
      name: 'the new one is of another type',
      listed: [training({ id: 'a', modelType: 'rfdetr-small' })],
      reason:
        'training a is new on version 7, but it trains rfdetr-small, and rfdetr-nano was to be started.',
    },
    {
      name: 'the new one is dated before the start',
      listed: [training({ id: 'a', createdAtMs: atMs - 10 * minute - 1 })],
      reason: 'training a is new on version 7, but it is dated before the start was sent.',
    },
    {
      name: 'two can be ours',
      listed: [training({ id: 'b' }), training({ id: 'a', modelType: 'rfdetr' })],
      reason: 'b and a are new on version 7, and only one can be ours.',
    },
    {
      name: 'two can be ours and one cannot',
      listed: [training({ id: 'a' }), training({ id: 'b' }), training({ id: 'c', modelType: 'yolov8n' })],
      reason:
        'a and b are new on version 7, and only one can be ours; training c is new on version 7, but it trains yolov8n, and rfdetr-nano was to be started.',
    },
  ])('is doubtful if $name', async ({ listed, reason }) => {
    expect((await search(listed)).found).toEqual({ kind: 'doubtful', reason });
  });
});

describe('a new training of which the list does not say version or model type', () => {
  const untold = training({ id: 'a', modelType: undefined, version: undefined });

  test('is found by a look', async () => {
    const { found, looked } = await search([untold], [training({ id: 'a' })]);
    expect(found).toEqual({ kind: 'found', thing: training({ id: 'a' }) });
    expect(looked).toEqual(['look a']);
  });

  test('keeps what only the list says', async () => {
    const listed = training({ id: 'a', modelType: undefined, createdAtMs: atMs });
    const { found } = await search([listed], [training({ id: 'a', version: undefined })]);
    expect(found).toEqual({ kind: 'found', thing: training({ id: 'a', createdAtMs: atMs }) });
  });

  test.each<{ name: string; looks: Partial<Training>; reason: string }>([
    { name: 'another type', looks: { modelType: 'yolov11n' }, reason: 'it trains yolov11n' },
    { name: 'another version', looks: { version: 8 }, reason: 'a look shows it on version 8' },
    { name: 'no type', looks: { modelType: undefined }, reason: 'does not say whether it is a rfdetr-nano' },
    { name: 'no version', looks: { version: undefined }, reason: 'does not say whether it is a rfdetr-nano' },
  ])('is doubtful if a look shows $name', async ({ looks, reason }) => {
    const { found } = await search([untold], [training({ id: 'a', ...looks })]);
    expect(found).toEqual({ kind: 'doubtful', reason: expect.stringContaining(reason) });
  });

  test('ends the search if no look gets a good answer', async () => {
    const route = new FakeRoute();
    const outage = new Error('Roboflow answered 502');
    route.known = [untold];
    route.looks = new Map([['a', outage]]);
    const found = findNewTraining(route, request, { atMs, known: [] }, atMs + hour);
    await expect(found).rejects.toBe(outage);
  });

  test('is not looked at if it was there before', async () => {
    const { looked } = await search([training({ id: 'old', modelType: undefined })]);
    expect(looked).toEqual([]);
  });
});
