import { describe, expect, test } from 'vitest';
import { attachedTo } from '../../../src/step/follow/followed-training.ts';
import { createStartQueue } from '../../../src/step/start/start-queue.ts';
import type { Training } from '../../../src/training/training.ts';
import { FakeRoute, training } from '../../training/fake-route.ts';

const followed = (id: string) =>
  attachedTo(training({ id }), { route: new FakeRoute(), reason: '' }, undefined);
const ids = (trainings: readonly Training[]) => trainings.map(({ id }) => id);

describe('the turns of several starts', () => {
  test('come one after the other, and each knows what began before it', async () => {
    const turns = createStartQueue([training({ id: 'theirs' })]);
    const events: string[] = [];
    const begin = (id: string) => async (ours: readonly Training[]) => {
      events.push(`${id} begins after ${ids(ours).join()}`);
      await Promise.resolve();
      events.push(`${id} is there`);
      return followed(id);
    };
    await Promise.all(['a', 'b'].map((id) => turns.take(begin(id))));
    expect(events).toEqual(['a begins after theirs', 'a is there', 'b begins after theirs,a', 'b is there']);
  });

  test('go on after one that failed, unless it concerns all', async () => {
    const turns = createStartQueue([], (error) => error === 'no credits');
    const failing = (error: string) => turns.take(() => Promise.reject(error));
    const first = failing('its own trouble');
    const second = turns.take(async () => followed('second'));
    const third = failing('no credits');
    const fourth = turns.take(async () => followed('fourth'));
    await expect(first).rejects.toBe('its own trouble');
    await expect(second).resolves.toMatchObject({ training: { id: 'second' } });
    await expect(third).rejects.toBe('no credits');
    await expect(fourth).rejects.toThrow('Nothing was sent, since an earlier start was refused: no credits');
  });
});
