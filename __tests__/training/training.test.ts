import { expect, test } from 'vitest';
import {
  hasEnded,
  LONGEST_TRAINING_MS,
  mayBeInFlight,
  newestFirst,
  type Phase,
  withKnown,
} from '../../src/training/training.ts';
import { training } from './fake-route.ts';

const now = Date.UTC(2027, 0, 4);

test.each<[phase: Phase, ended: boolean, inFlight: boolean, createdAtMs?: number]>([
  ['waiting', false, true],
  ['active', false, true],
  // Only what nobody knows ends by itself in a day.
  ['active', false, true, now - LONGEST_TRAINING_MS],
  ['ending', false, true],
  ['succeeded', true, false],
  ['stopped', true, false],
  ['failed', true, false],
  ['cancelled', true, false],
  ['unknown', false, true],
  ['unknown', false, true, now - LONGEST_TRAINING_MS + 1],
  ['unknown', false, false, now - LONGEST_TRAINING_MS],
])('a training that is %s has ended: %s, may be in flight: %s', (phase, ended, inFlight, createdAtMs) => {
  expect(hasEnded(phase)).toBe(ended);
  expect(mayBeInFlight(training({ phase, createdAtMs }), now)).toBe(inFlight);
});

test('what an answer does not say is what was known, and what it says counts', () => {
  const known = { version: 6, modelType: 'yolov11n', createdAtMs: 5 };
  const bare = training({ version: undefined, modelType: undefined, createdAtMs: undefined });
  expect(withKnown(bare, known)).toEqual({ ...bare, ...known });
  const told = training({ version: 7, modelType: 'rfdetr-nano', createdAtMs: 9 });
  expect(withKnown(told, known)).toEqual(told);
});

test('the newest comes first, and what has no date last', () => {
  const [old, fresh, undated] = [5, 9, undefined].map((createdAtMs) => training({ createdAtMs }));
  for (const order of [
    [undated, old, fresh],
    [fresh, undated, old],
    [old, fresh, undated],
  ])
    expect(newestFirst(order.flatMap((each) => each ?? []))).toEqual([fresh, old, undated]);
});
