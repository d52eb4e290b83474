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

const ofYolo = (id: string) =>
  `training ${id} is new on version 7, but it trains yolov11n, and rfdetr-nano was to be started`;
const unsaid =
  'training a is new on version 7, but Roboflow does not say whether it is a rfdetr-nano on this version';

describe('what is new since a start with an unclear answer', () => {
  type Row = [
    name: string,
    listed: readonly Training[],
    expected: Readonly<Record<string, string>>,
    /** What a look shows of each that is listed. */
    looks?: readonly Training[],
    modelType?: string,
  ];
  const early = 'is new on version 7, but it is dated before the start was sent';
  const at = (createdAtMs: number) => [training({ id: 'a', createdAtMs })];
  const a = (changes: Partial<Training> = {}) => training({ id: 'a', ...changes });
  test.each<Row>([
    ['nothing, if the list is empty', [], {}],
    ['nothing, if all was there before', [old], {}],
    ['one that was not there', [old, a()], { a: 'ours' }],
    ['one that has ended by now', [a({ phase: 'succeeded' })], { a: 'ours' }],
    ['one whose type is written in another way', [a({ modelType: 'RF-DETR Nano' })], { a: 'ours' }],
    ['one of a size of the family', [a({ modelType: 'yolov11n' })], { a: 'ours' }, [], 'yolov11'],
    ['one dated a little before, because clocks differ', at(atMs - 10 * minute), { a: 'ours' }],
    ['one dated before', at(atMs - 10 * minute - 1), { a: `training a ${early}` }],
    [
      'one of another type',
      [training({ id: 'b', modelType: 'yolov11n' }), a()],
      { a: 'ours', b: ofYolo('b') },
    ],
    ['one that uses an id again, later', [{ ...old, createdAtMs: atMs + 1 }], { old: 'ours' }],
    ['one that uses an id again, of no date', [training({ id: 'old' })], { old: 'ours' }],
    ['one in flight again, of its old date', [{ ...old, phase: 'active' }], { old: `training old ${early}` }],
    ['one of which only a look tells', [untold], { a: 'ours' }, [a()]],
    ['one of which a look tells another type', [untold], { a: ofYolo('a') }, [a({ modelType: 'yolov11n' })]],
    [
      'one of which a look tells another version',
      [untold],
      { a: 'training a is new on version 7, but a look shows it on version 8' },
      [a({ version: 8 })],
    ],
    ['one of which nothing tells the type', [untold], { a: unsaid }, [a({ modelType: undefined })]],
    ['one of which nothing tells the version', [untold], { a: unsaid }, [a({ version: undefined })]],
    [
      'one told half by list and look',
      [a({ modelType: undefined })],
      { a: 'ours' },
      [a({ version: undefined })],
    ],
    ['none that was there, which needs no look', [{ ...old, modelType: undefined }], {}],
  ])('%s', async (_, listed, expected, looks = [], modelType = 'rfdetr-nano') => {
    expect(await sightings(listed, looks, modelType)).toEqual({ found: expected, looked: looks.length });
  });

  test('cannot be told if no look gets a good answer', async () => {
    const outage = new Error('Roboflow answered 502');
    await expect(sightings([untold], [outage], 'rfdetr-nano')).rejects.toBe(outage);
  });
});
