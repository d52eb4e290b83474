import { describe, expect, test } from 'vitest';
import { knownTrainings } from '../../src/training/before.ts';
import { newTrainings } from '../../src/training/find-new.ts';
import type { Training } from '../../src/training/training.ts';
import { FakeRoute, request, training } from './fake-route.ts';

const minute = 60_000;
const hour = 60 * minute;
const atMs = Date.UTC(2027, 0, 4, 8);
const old = training({ id: 'old', phase: 'cancelled', status: 'cancelled', createdAtMs: atMs - hour });
const untold = training({ id: 'a', modelType: undefined, version: undefined });

/** What is new since `old` was there: a doubt, or none, of each training. */
async function sightings(
  listed: readonly Training[],
  looks: readonly (Training | Error)[],
  modelType: string,
) {
  const api = new FakeRoute();
  api.known = [...listed];
  api.looks = new Map(looks.map((each, index) => [listed[index]?.id ?? '', each]));
  const since = { atMs, known: knownTrainings([old]) };
  const found = await newTrainings(api, { ...request, modelType }, since, atMs + hour);
  const looked = api.calls.filter((call) => call.startsWith('look')).length;
  return { found: Object.fromEntries(found.map(({ id, doubt }) => [id, doubt ?? 'ours'])), looked };
}

const wrongType = (id: string, type: string) =>
  `training ${id} is new on version 7, but it trains ${type}, and rfdetr-nano was to be started`;
const unsaid =
  'training a is new on version 7, but Roboflow does not say whether it is a rfdetr-nano on this version';

describe('what is new since a start with an unclear answer', () => {
  test.each<{
    name: string;
    listed: readonly Training[];
    /** What a look shows of each that is listed. */
    looks?: readonly Training[];
    modelType?: string;
    expected: Readonly<Record<string, string>>;
  }>([
    { name: 'nothing, if the list is empty', listed: [], expected: {} },
    { name: 'nothing, if all was there before', listed: [old], expected: {} },
    { name: 'one that was not there', listed: [old, training({ id: 'a' })], expected: { a: 'ours' } },
    {
      name: 'one that has ended by now',
      listed: [training({ id: 'a', phase: 'succeeded', status: 'finished' })],
      expected: { a: 'ours' },
    },
    {
      name: 'one whose type is written in another way',
      listed: [training({ id: 'a', modelType: 'RF-DETR Nano' })],
      expected: { a: 'ours' },
    },
    {
      name: 'one whose type is a size of the family',
      listed: [training({ id: 'a', modelType: 'yolov11n' })],
      modelType: 'yolov11',
      expected: { a: 'ours' },
    },
    {
      name: 'one dated a little before, because clocks differ',
      listed: [training({ id: 'a', createdAtMs: atMs - 10 * minute })],
      expected: { a: 'ours' },
    },
    {
      name: 'one dated before, which cannot be ours',
      listed: [training({ id: 'a', createdAtMs: atMs - 10 * minute - 1 })],
      expected: { a: 'training a is new on version 7, but it is dated before the start was sent' },
    },
    {
      name: 'one of another type, which cannot be ours',
      listed: [training({ id: 'b', modelType: 'rfdetr-small' }), training({ id: 'a' })],
      expected: { a: 'ours', b: wrongType('b', 'rfdetr-small') },
    },
    {
      name: 'one with the id of one that had ended, of a later date',
      listed: [training({ id: 'old', createdAtMs: atMs + 1 })],
      expected: { old: 'ours' },
    },
    {
      name: 'one with the id of one that had ended, in flight again and of no date',
      listed: [training({ id: 'old' })],
      expected: { old: 'ours' },
    },
    {
      name: 'one with the id of one that had ended, in flight again and of its old date',
      listed: [training({ ...old, phase: 'active' })],
      expected: { old: 'training old is new on version 7, but it is dated before the start was sent' },
    },
    {
      name: 'one of which only a look tells',
      listed: [untold],
      looks: [training({ id: 'a' })],
      expected: { a: 'ours' },
    },
    {
      name: 'one of which a look tells another type',
      listed: [untold],
      looks: [training({ id: 'a', modelType: 'yolov11n' })],
      expected: { a: wrongType('a', 'yolov11n') },
    },
    {
      name: 'one of which a look tells another version',
      listed: [untold],
      looks: [training({ id: 'a', version: 8 })],
      expected: { a: 'training a is new on version 7, but a look shows it on version 8' },
    },
    {
      name: 'one of which a look tells no type',
      listed: [untold],
      looks: [training({ id: 'a', modelType: undefined })],
      expected: { a: unsaid },
    },
    {
      name: 'one of which a look tells no version',
      listed: [untold],
      looks: [training({ id: 'a', version: undefined })],
      expected: { a: unsaid },
    },
    {
      name: 'one of which a look tells what the list does not, and the other way round',
      listed: [training({ id: 'a', modelType: undefined })],
      looks: [training({ id: 'a', version: undefined })],
      expected: { a: 'ours' },
    },
    {
      name: 'none that was there before, which needs no look',
      listed: [training({ ...old, modelType: undefined })],
      expected: {},
    },
  ])('$name', async ({ listed, looks = [], modelType = 'rfdetr-nano', expected }) => {
    expect(await sightings(listed, looks, modelType)).toEqual({ found: expected, looked: looks.length });
  });

  test('cannot be told if no look gets a good answer', async () => {
    const outage = new Error('Roboflow answered 502');
    await expect(sightings([untold], [outage], 'rfdetr-nano')).rejects.toBe(outage);
  });
});
