import { describe, expect, test } from 'vitest';
import { attachTo } from '../../../src/step/follow/followed-training.ts';
import { createStartQueue } from '../../../src/step/start/start.ts';
import type { Training } from '../../../src/training/training.ts';
import { simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';
import { FakeRoute, training } from '../../training/fake-route.ts';

const followed = (id: string) => attachTo(training({ id }), { route: new FakeRoute(), reason: '' });
const ids = (trainings: readonly Training[]) => trainings.map(({ id }) => id);

describe('the starts of one step', () => {
  test('come one after the other, and each knows what began before it', async () => {
    await using roboflow = await simulateRoboflow();
    const queue = createStartQueue(roboflow.here, roboflow.timeoutAtMs, [training({ id: 'theirs' })]);
    const events: string[] = [];
    const begin = (id: string) => async (ours: readonly Training[]) => {
      events.push(`${id} begins after ${ids(ours).join()}`);
      await Promise.resolve();
      events.push(`${id} is there`);
      return followed(id);
    };
    await Promise.all(['a', 'b'].map((id) => queue.take(begin(id))));
    expect(events).toEqual(['a begins after theirs', 'a is there', 'b begins after theirs,a', 'b is there']);
  });

  test('go on after one that failed', async () => {
    await using roboflow = await simulateRoboflow();
    const queue = createStartQueue(roboflow.here, roboflow.timeoutAtMs);
    const error = new Error('refused');
    const first = queue.take(() => Promise.reject(error));
    const second = queue.take(async () => followed('second'));
    await expect(first).rejects.toBe(error);
    await expect(second).resolves.toMatchObject({ training: { id: 'second' } });
  });
});
