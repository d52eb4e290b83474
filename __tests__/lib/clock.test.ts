import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';

const hour = 3_600_000;

describe("the machine's clock", () => {
  test('ends a sleep at once when its signal aborts', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const sleep = systemClock().sleep(hour, controller.signal);
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
    await expect(systemClock().sleep(hour, controller.signal)).rejects.toBe(reason);
  });

  test('moves on while somebody sleeps', async () => {
    const clock = systemClock();
    const startMs = clock.now();
    await clock.sleep(1);
    expect(clock.now()).toBeGreaterThan(startMs);
  });

  test('has deadlines that pass, and that can be ended', async () => {
    const clock = systemClock();
    const ended = clock.deadline(1);
    ended.end();
    await once(clock.deadline(2).signal, 'abort');
    expect(ended.signal.aborted).toBe(false);
  });
});
