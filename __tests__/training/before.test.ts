import { describe, expect, test } from 'vitest';
import {
  type Before,
  isNew,
  knownTrainings,
  mayBeOn,
  mayHaveEndedAfter,
  otherOwners,
  stillToShow,
} from '../../src/training/before.ts';
import type { Training } from '../../src/training/training.ts';
import { training } from './fake-route.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const atMs = Date.UTC(2027, 0, 4, 8);
const succeeded = { phase: 'succeeded', status: 'finished' } as const;
const cancelled = { phase: 'cancelled', status: 'cancelled' } as const;

describe('a training that shows after a start', () => {
  const old = training({ id: 'a', ...cancelled, createdAtMs: atMs - hour });
  test.each<{ name: string; known: readonly Training[]; now: Partial<Training>; expected: boolean }>([
    { name: 'with an id that was not there', known: [], now: {}, expected: true },
    { name: 'with another id than was there', known: [training({ id: 'b' })], now: {}, expected: true },
    { name: 'as it was', known: [old], now: { ...old }, expected: false },
    {
      name: 'with the id of one that had ended, of a later date',
      known: [old],
      now: { createdAtMs: atMs },
      expected: true,
    },
    {
      name: 'with the id of one that was in flight, of a later date',
      known: [training({ id: 'a', createdAtMs: atMs - hour })],
      now: { createdAtMs: atMs },
      expected: false,
    },
    {
      name: 'with the id of one that had ended, later by a moment',
      known: [old],
      now: { ...old, createdAtMs: atMs - hour + 1 },
      expected: true,
    },
    {
      name: 'with the id of one that had ended, earlier by a moment',
      known: [old],
      now: { ...old, createdAtMs: atMs - hour - 1 },
      expected: false,
    },
    {
      name: 'with the id of one that had ended, in flight again, of its old date',
      known: [old],
      now: { createdAtMs: atMs - hour },
      expected: true,
    },
    {
      name: 'with the id of one that had ended, in flight again, of no date',
      known: [old],
      now: {},
      expected: true,
    },
    {
      name: 'with the id of one that had ended, as it was but of no date',
      known: [old],
      now: cancelled,
      expected: false,
    },
    {
      name: 'with the id of one that had ended and had no date',
      known: [training({ id: 'a', ...cancelled })],
      now: { ...cancelled, createdAtMs: atMs },
      expected: false,
    },
  ])('$name is new: $expected', ({ known, now, expected }) => {
    expect(isNew(training({ id: 'a', ...now }), knownTrainings(known))).toBe(expected);
  });
});

test.each([
  { version: 7, on: 7, expected: true },
  { version: 6, on: 7, expected: false },
  { version: undefined, on: 7, expected: true },
  { version: 6, on: undefined, expected: true },
])('a training of version $version may be on version $on: $expected', ({ version, on, expected }) => {
  expect(mayBeOn(on, training({ version }))).toBe(expected);
});

describe('another training of the version', () => {
  const ours = training({ id: 'ours', ...succeeded, createdAtMs: atMs });

  function other(changes: Partial<Training> = {}): Training {
    return training({ id: 'other', createdAtMs: atMs - 3 * hour, ...succeeded, ...changes });
  }

  /** Whether it may own what the version shows. */
  function mayOwn(now: Training, before: Before | undefined): boolean {
    return otherOwners(ours, [ours, now], before).length > 0;
  }

  const inFlight = { phase: 'active', status: 'training' } as const;
  test.each<{ name: string; now: Training; earlier?: Training; expected: boolean }>([
    { name: 'that had ended before', now: other(), earlier: other(), expected: false },
    {
      name: 'that had ended before, dated later',
      now: other({ createdAtMs: atMs + 1 }),
      earlier: other(),
      expected: false,
    },
    {
      name: 'that had ended before, of no date',
      now: other({ createdAtMs: undefined }),
      earlier: other(),
      expected: false,
    },
    { name: 'that was in flight and has ended', now: other(), earlier: other(inFlight), expected: true },
    {
      name: 'that was stopped with weights meanwhile',
      now: other({ phase: 'stopped' }),
      earlier: other(inFlight),
      expected: true,
    },
    { name: 'that is still in flight', now: other(inFlight), earlier: other(inFlight), expected: true },
    { name: 'that is new and has ended', now: other(), expected: true },
    { name: 'that is new and in flight', now: other(inFlight), expected: true },
    { name: 'that is new and of an unknown status', now: other({ phase: 'unknown' }), expected: true },
    { name: 'that is new, on a version unknown', now: other({ version: undefined }), expected: true },
    { name: 'that is new, on another version', now: other({ version: 6 }), expected: false },
    {
      name: 'that failed meanwhile',
      now: other({ phase: 'failed' }),
      earlier: other(inFlight),
      expected: false,
    },
    {
      name: 'that was cancelled meanwhile',
      now: other(cancelled),
      earlier: other(inFlight),
      expected: false,
    },
    {
      name: 'of an unknown status that never changed',
      now: other({ phase: 'unknown', status: 'paused' }),
      earlier: other({ phase: 'unknown', status: 'paused' }),
      expected: false,
    },
    {
      name: 'of an unknown status that changed',
      now: other({ phase: 'unknown', status: 'resumed' }),
      earlier: other({ phase: 'unknown', status: 'paused' }),
      expected: true,
    },
    {
      name: 'of an unknown status, which has ended',
      now: other(),
      earlier: other({ phase: 'unknown', status: 'paused' }),
      expected: true,
    },
  ])('$name may own what shows after ours was followed: $expected', ({ now, earlier, expected }) => {
    const trainings = earlier === undefined ? [] : [earlier];
    expect(mayOwn(now, { atMs, trainings, results: undefined })).toBe(expected);
  });

  test.each<{ name: string; now: Training; expected: boolean }>([
    { name: 'older, with weights', now: other(), expected: false },
    { name: 'newer, with weights', now: other({ createdAtMs: atMs + 1 }), expected: true },
    { name: 'of the same moment, with weights', now: other({ createdAtMs: atMs }), expected: true },
    { name: 'of no date, with weights', now: other({ createdAtMs: undefined }), expected: true },
    {
      name: 'newer, stopped with weights',
      now: other({ createdAtMs: atMs + 1, phase: 'stopped' }),
      expected: true,
    },
    { name: 'newer, that failed', now: other({ createdAtMs: atMs + 1, phase: 'failed' }), expected: false },
    {
      name: 'newer, that was cancelled',
      now: other({ createdAtMs: atMs + 1, ...cancelled }),
      expected: false,
    },
    { name: 'newer, in flight', now: other({ createdAtMs: atMs + 1, ...inFlight }), expected: false },
    { name: 'newer, on another version', now: other({ createdAtMs: atMs + 1, version: 6 }), expected: false },
    {
      name: 'newer, on a version unknown',
      now: other({ createdAtMs: atMs + 1, version: undefined }),
      expected: true,
    },
  ])('$name, may own what shows if ours had ended at first sight: $expected', ({ now, expected }) => {
    expect(mayOwn(now, undefined)).toBe(expected);
  });

  test.each<{ name: string; now: Training; expected: boolean }>([
    { name: 'older, with weights', now: other(), expected: true },
    { name: 'older by less than a day', now: other({ createdAtMs: atMs - day + 1 }), expected: true },
    { name: 'older by a day', now: other({ createdAtMs: atMs - day }), expected: false },
    { name: 'newer, with weights', now: other({ createdAtMs: atMs + 1 }), expected: true },
    { name: 'of no date', now: other({ createdAtMs: undefined }), expected: true },
    { name: 'older, stopped with weights', now: other({ phase: 'stopped' }), expected: true },
    { name: 'older, that failed', now: other({ phase: 'failed' }), expected: false },
    { name: 'older, in flight', now: other(inFlight), expected: false },
    { name: 'older, on another version', now: other({ version: 6 }), expected: false },
  ])('$name, may have ended after ours: $expected', ({ now, expected }) => {
    expect(mayHaveEndedAfter(ours, [ours, now])).toEqual(expected ? [now] : []);
  });

  test('may own it whatever its date if nothing tells when ours started', () => {
    const undated = { ...ours, createdAtMs: undefined };
    expect(otherOwners(undated, [undated, other()], undefined)).toEqual([other()]);
  });
});

describe('a training that had ended before ours was started', () => {
  const recent = training({ id: 'b', ...succeeded, createdAtMs: atMs - hour });
  test.each<{ name: string; earlier: Training; expected: boolean }>([
    { name: 'with weights', earlier: recent, expected: true },
    { name: 'stopped with weights', earlier: { ...recent, phase: 'stopped' }, expected: true },
    { name: 'of no date', earlier: { ...recent, createdAtMs: undefined }, expected: true },
    { name: 'a day ago', earlier: { ...recent, createdAtMs: atMs - day }, expected: false },
    { name: 'without weights', earlier: { ...recent, phase: 'failed' }, expected: false },
    { name: 'not at all', earlier: { ...recent, phase: 'active' }, expected: false },
  ])('$name, may still show its results: $expected', ({ earlier, expected }) => {
    const shown = stillToShow({ atMs, trainings: [earlier], results: undefined });
    expect(shown).toEqual(expected ? [earlier] : []);
  });
});
