import { describe, expect, test } from 'vitest';
import {
  type Before,
  isNew,
  knownTrainings,
  mayBeOn,
  otherOwners,
  startedAfter,
} from '../../src/training/before.ts';
import type { Training } from '../../src/training/training.ts';
import { training } from './fake-route.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const atMs = Date.UTC(2027, 0, 4, 8);
const succeeded = { phase: 'succeeded', status: 'finished' } as const;
const cancelled = { phase: 'cancelled', status: 'cancelled' } as const;
const old = training({ id: 'a', ...cancelled, createdAtMs: atMs - hour });

test.each<[name: string, expected: boolean, known: readonly Training[], now: Partial<Training>]>([
  ['with an id that was not there', true, [], {}],
  ['with another id than was there', true, [training({ id: 'b' })], {}],
  ['as it was', false, [old], old],
  ['later than one that had ended', true, [old], { createdAtMs: atMs }],
  ['later than one that had ended, by a moment', true, [old], { ...old, createdAtMs: atMs - hour + 1 }],
  ['earlier than one that had ended, by a moment', false, [old], { ...old, createdAtMs: atMs - hour - 1 }],
  ['later than one that was in flight', false, [{ ...old, phase: 'active' }], { createdAtMs: atMs }],
  ['in flight again, of its old date', true, [old], { createdAtMs: atMs - hour }],
  ['in flight again, of no date', true, [old], {}],
  ['as it was but of no date', false, [old], cancelled],
  ['as it was but of a date', false, [{ ...old, createdAtMs: undefined }], old],
])('a training that shows after a start, %s, is new: %s', (_, expected, known, now) => {
  expect(isNew(training({ id: 'a', ...now }), knownTrainings(known))).toBe(expected);
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
  test.each<[name: string, expected: boolean, now: Training, more?: { readonly earlier?: Training }]>([
    ['that had ended before', false, other(), { earlier: other() }],
    ['that had ended before, dated later', false, other({ createdAtMs: atMs + 1 }), { earlier: other() }],
    ['that had ended before, of no date', false, other({ createdAtMs: undefined }), { earlier: other() }],
    ['that was in flight and has ended', true, other(), { earlier: other(inFlight) }],
    [
      'that was stopped with weights meanwhile',
      true,
      other({ phase: 'stopped' }),
      { earlier: other(inFlight) },
    ],
    ['that is still in flight', true, other(inFlight), { earlier: other(inFlight) }],
    ['that is new and has ended', true, other()],
    ['that is new, beside one that had ended before', true, other(), { earlier: other({ id: 'third' }) }],
    ['that is new and in flight', true, other(inFlight)],
    ['that is new and of an unknown status', true, other({ phase: 'unknown' })],
    ['that is new, on a version unknown', true, other({ version: undefined })],
    ['that is new, on another version', false, other({ version: 6 })],
    ['that failed meanwhile', false, other({ phase: 'failed' }), { earlier: other(inFlight) }],
    ['that was cancelled meanwhile', false, other(cancelled), { earlier: other(inFlight) }],
    [
      'of an unknown status that never changed',
      false,
      other({ phase: 'unknown', status: 'paused' }),
      { earlier: other({ phase: 'unknown', status: 'paused' }) },
    ],
    [
      'of an unknown status that changed',
      true,
      other({ phase: 'unknown', status: 'resumed' }),
      { earlier: other({ phase: 'unknown', status: 'paused' }) },
    ],
    [
      'of an unknown status, which has ended',
      true,
      other(),
      { earlier: other({ phase: 'unknown', status: 'paused' }) },
    ],
  ])('%s may own what shows after ours was followed: %s', (_, expected, now, { earlier } = {}) => {
    const trainings = earlier === undefined ? [] : [earlier];
    expect(mayOwn(now, { atMs, trainings, results: undefined })).toBe(expected);
  });

  test.each<[name: string, expected: boolean, now: Training]>([
    ['older, with weights', false, other()],
    ['newer, with weights', true, other({ createdAtMs: atMs + 1 })],
    ['of the same moment, with weights', true, other({ createdAtMs: atMs })],
    ['of no date, with weights', true, other({ createdAtMs: undefined })],
    ['newer, stopped with weights', true, other({ createdAtMs: atMs + 1, phase: 'stopped' })],
    ['newer, that failed', false, other({ createdAtMs: atMs + 1, phase: 'failed' })],
    ['newer, that was cancelled', false, other({ createdAtMs: atMs + 1, ...cancelled })],
    ['newer, in flight', false, other({ createdAtMs: atMs + 1, ...inFlight })],
    ['newer, on another version', false, other({ createdAtMs: atMs + 1, version: 6 })],
    ['newer, on a version unknown', true, other({ createdAtMs: atMs + 1, version: undefined })],
  ])('%s, may own what shows if ours had ended at first sight: %s', (_, expected, now) => {
    expect(mayOwn(now, undefined)).toBe(expected);
  });

  test.each<{ name: string; now: Training; expected: boolean }>([
    { name: 'older, with weights', now: other(), expected: true },
    { name: 'older by a day', now: other({ createdAtMs: atMs - day }), expected: true },
    { name: 'older by more', now: other({ createdAtMs: atMs - day - 1 }), expected: false },
    { name: 'newer, with weights', now: other({ createdAtMs: atMs + 1 }), expected: true },
    { name: 'of no date', now: other({ createdAtMs: undefined }), expected: true },
    { name: 'older, stopped with weights', now: other({ phase: 'stopped' }), expected: true },
    { name: 'older, that failed', now: other({ phase: 'failed' }), expected: false },
    { name: 'older, in flight', now: other(inFlight), expected: false },
    { name: 'older, on another version', now: other({ version: 6 }), expected: false },
  ])('$name, may have ended after ours: $expected', ({ now, expected }) => {
    expect(startedAfter(ours, [ours, now], day)).toEqual(expected ? [now] : []);
  });

  test('may own it whatever its date if nothing tells when ours started', () => {
    const undated = { ...ours, createdAtMs: undefined };
    expect(otherOwners(undated, [undated, other()], undefined)).toEqual([other()]);
  });
});
