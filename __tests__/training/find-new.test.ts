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
  test.each<
    [
      name: string,
      listed: readonly Training[],
      expected: Readonly<Record<string, string>>,
      more?: { readonly looks?: readonly Training[]; readonly modelType?: string },
    ]
  >([
    ['nothing, if the list is empty', [], {}],
    ['nothing, if all was there before', [old], {}],
    ['one that was not there', [old, training({ id: 'a' })], { a: 'ours' }],
    [
      'one that has ended by now',
      [training({ id: 'a', phase: 'succeeded', status: 'finished' })],
      { a: 'ours' },
    ],
    [
      'one whose type is written in another way',
      [training({ id: 'a', modelType: 'RF-DETR Nano' })],
      { a: 'ours' },
    ],
    [
      'one whose type is a size of the family',
      [training({ id: 'a', modelType: 'yolov11n' })],
      { a: 'ours' },
      { modelType: 'yolov11' },
    ],
    [
      'one dated a little before, because clocks differ',
      [training({ id: 'a', createdAtMs: atMs - 10 * minute })],
      { a: 'ours' },
    ],
    [
      'one dated before, which cannot be ours',
      [training({ id: 'a', createdAtMs: atMs - 10 * minute - 1 })],
      { a: 'training a is new on version 7, but it is dated before the start was sent' },
    ],
    [
      'one of another type, which cannot be ours',
      [training({ id: 'b', modelType: 'rfdetr-small' }), training({ id: 'a' })],
      { a: 'ours', b: wrongType('b', 'rfdetr-small') },
    ],
    [
      'one with the id of one that had ended, of a later date',
      [training({ id: 'old', createdAtMs: atMs + 1 })],
      { old: 'ours' },
    ],
    [
      'one with the id of one that had ended, in flight again and of no date',
      [training({ id: 'old' })],
      { old: 'ours' },
    ],
    [
      'one with the id of one that had ended, in flight again and of its old date',
      [training({ ...old, phase: 'active' })],
      { old: 'training old is new on version 7, but it is dated before the start was sent' },
    ],
    ['one of which only a look tells', [untold], { a: 'ours' }, { looks: [training({ id: 'a' })] }],
    [
      'one of which a look tells another type',
      [untold],
      { a: wrongType('a', 'yolov11n') },
      { looks: [training({ id: 'a', modelType: 'yolov11n' })] },
    ],
    [
      'one of which a look tells another version',
      [untold],
      { a: 'training a is new on version 7, but a look shows it on version 8' },
      { looks: [training({ id: 'a', version: 8 })] },
    ],
    [
      'one of which a look tells no type',
      [untold],
      { a: unsaid },
      { looks: [training({ id: 'a', modelType: undefined })] },
    ],
    [
      'one of which a look tells no version',
      [untold],
      { a: unsaid },
      { looks: [training({ id: 'a', version: undefined })] },
    ],
    [
      'one of which a look tells what the list does not, and the other way round',
      [training({ id: 'a', modelType: undefined })],
      { a: 'ours' },
      { looks: [training({ id: 'a', version: undefined })] },
    ],
    ['none that was there before, which needs no look', [training({ ...old, modelType: undefined })], {}],
  ])('%s', async (_, listed, expected, { looks = [], modelType = 'rfdetr-nano' } = {}) => {
    expect(await sightings(listed, looks, modelType)).toEqual({ found: expected, looked: looks.length });
  });

  test('cannot be told if no look gets a good answer', async () => {
    const outage = new Error('Roboflow answered 502');
    await expect(sightings([untold], [outage], 'rfdetr-nano')).rejects.toBe(outage);
  });
});
