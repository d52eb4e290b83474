import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';

describe('a sleep', () => {
  const reason = new Error('the workflow was cancelled');

  test.each([0, 1])('of %d ms ends', async (ms) => {
    await expect(systemClock().sleep(ms)).resolves.toBeUndefined();
  });

  test('that is aborted rejects at once with the reason of the signal', async () => {
    const controller = new AbortController();
    const sleep = systemClock().sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
  });

  test('after the abort rejects at once with the reason of the signal', async () => {
    await expect(systemClock().sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

test('the time never goes backwards', () => {
  const clock = systemClock();
  const times = Array.from({ length: 100 }, () => clock.now());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('a deadline passes, and does not once it has ended', async () => {
  const clock = systemClock();
  const ended = clock.deadline(1);
  ended.end();
  await once(clock.deadline(2).signal, 'abort');
  expect(ended.signal.aborted).toBe(false);
});

test('a deadline that is begun anew passes after one that was begun before that', async () => {
  const clock = systemClock();
  const [restarted, other] = [clock.deadline(2), clock.deadline(2)];
  restarted.restart();
  await once(other.signal, 'abort');
  expect(restarted.signal.aborted).toBe(false);
  await once(restarted.signal, 'abort');
});
