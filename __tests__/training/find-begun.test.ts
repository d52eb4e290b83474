import { describe, expect, test } from 'vitest';
import { findBegun } from '../../src/training/find-begun.ts';
import type { Training } from '../../src/training/training.ts';
import { FakeRoute, request, training } from './fake-route.ts';

const minute = 60_000;
const hour = 60 * minute;
const atMs = Date.UTC(2027, 0, 4, 8);
const before = { ids: new Set(['old']), atMs };

/** What the search comes to where the list shows `known` and each look shows what is in `looks`. */
async function search(known: readonly Training[], looks: readonly Training[] = []) {
  const route = new FakeRoute();
  route.known = [...known];
  route.looks = new Map(looks.map((each) => [each.id, each]));
  const found = await findBegun(route, request, before, atMs + hour).catch((error: unknown) => error);
  return { found, looked: route.calls.filter((call) => call === 'look').length };
}

describe('the training that an unclear start made', () => {
  test.each<{ name: string; known: readonly Training[]; expected: string | undefined }>([
    { name: 'is none, where nothing is new', known: [training({ id: 'old' })], expected: undefined },
    { name: 'is the new one', known: [training({ id: 'old' }), training({ id: 'a' })], expected: 'a' },
    {
      name: 'is the first of several that are new',
      known: [training({ id: 'b', createdAtMs: atMs + 2 }), training({ id: 'a', createdAtMs: atMs + 1 })],
      expected: 'a',
    },
    {
      name: 'may have ended by then',
      known: [training({ phase: 'succeeded', status: 'finished', id: 'a' })],
      expected: 'a',
    },
    {
      name: 'is the one whose type is written as people read it',
      known: [training({ id: 'a', modelType: 'RF-DETR Nano' })],
      expected: 'a',
    },
    {
      name: 'is none of another type',
      known: [training({ id: 'a', modelType: 'rfdetr-small' })],
      expected: undefined,
    },
    { name: 'is none of another version', known: [training({ id: 'a', version: 6 })], expected: undefined },
    {
      name: 'may have begun a little before, by a clock that goes wrong',
      known: [training({ id: 'a', createdAtMs: atMs - 10 * minute })],
      expected: 'a',
    },
    {
      name: 'is none that began long before',
      known: [training({ id: 'a', createdAtMs: atMs - 27 * hour })],
      expected: undefined,
    },
    {
      name: 'is the one that tells its kind before one that does not',
      known: [training({ id: 'a', modelType: undefined, createdAtMs: atMs }), training({ id: 'b' })],
      expected: 'b',
    },
  ])('$name', async ({ known, expected }) => {
    const { found, looked } = await search(known);
    expect(found).toEqual(known.find(({ id }) => id === expected));
    expect(looked).toBe(0);
  });

  const untold = training({ id: 'a', modelType: undefined, version: undefined });
  test.each<{ name: string; looks: Partial<Training>; expected: string | undefined }>([
    { name: 'of this kind, and taken', looks: {}, expected: 'a' },
    { name: 'of another type, and left', looks: { modelType: 'yolov11n' }, expected: undefined },
    { name: 'of another version, and left', looks: { version: 8 }, expected: undefined },
  ])('is looked at where the list does not tell its kind: $name', async ({ looks, expected }) => {
    const { found, looked } = await search([untold], [training({ id: 'a', ...looks })]);
    expect(found === undefined ? undefined : found).toEqual(
      expected === undefined ? undefined : training({ id: 'a', ...looks }),
    );
    expect(looked).toBe(1);
  });

  test.each([{ modelType: undefined }, { version: undefined }])(
    'is neither taken nor taken for none where no look tells its kind: %o',
    async (looks) => {
      const { found } = await search([untold], [training({ id: 'a', ...looks })]);
      expect(found).toMatchObject({
        message:
          'Training a was not there before and does not tell whether it is a rfdetr-nano on version 7.',
      });
    },
  );

  test.each([10 * minute + 1, hour, 15 * hour])(
    'is neither taken nor taken for none where it is dated %i ms before the start',
    async (ms) => {
      const { found } = await search([training({ id: 'a', createdAtMs: atMs - ms })]);
      expect(found).toMatchObject({
        message:
          'Training a was not there before and is dated before the start, as a clock that goes wrong would date it.',
      });
    },
  );
});
