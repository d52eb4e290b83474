import { describe, expect, test } from 'vitest';
import { headOf, IN_FLIGHT, openPendingWorld, openPullRequests, setPending, standing } from './pending.ts';
import { openStatusWorld } from './status-world.ts';

describe('how often settle asks', () => {
  test.each([
    { open: 0, requests: 2 },
    { open: 1, requests: 2 },
    { open: 100, requests: 2 },
    { open: 250, requests: 4 },
  ])(
    'is $requests times of GitHub with $open open pull requests and nothing pending',
    async ({ open, requests }) => {
      await using world = await openStatusWorld({ pullRequests: openPullRequests(open) });
      const step = await world.settle();
      expect(step.failures).toEqual([]);
      expect(step.given).toEqual({ settled: '[]', pending: '0' });
      expect(world.github.requests).toHaveLength(requests);
      expect(world.simulator.requests).toHaveLength(0);
    },
  );

  test('is once of Roboflow for each training in flight and once for all, and twice of GitHub if there is no news', async () => {
    await using world = await openPendingWorld({ count: 30, plan: IN_FLIGHT });
    const step = await world.settle();
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('pending')).toBe('30');
    expect(world.simulator.requests).toHaveLength(31);
    expect(world.github.requests).toHaveLength(62);
    const before = world.github.requests.length;
    await world.settle();
    expect(world.github.requests.length - before).toBe(2);
    expect(standing(world)).toEqual({ pending: 30 });
  });

  test('is twice of Roboflow and of GitHub for each training that has ended and once for all, below its 80 writes a minute', async () => {
    await using world = await openPendingWorld({ count: 30 });
    const beganMs = world.clock.now();
    const step = await world.settle();
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('pending')).toBe('0');
    expect(standing(world)).toEqual({ success: 30 });
    expect(world.simulator.requests).toHaveLength(61);
    expect(world.github.requests).toHaveLength(62);
    expect(world.clock.now() - beganMs).toBe(29_000);
  });

  test('is once about a training that several commits wait for', async () => {
    await using world = await openPendingWorld({ count: 1, pullRequests: openPullRequests(3) });
    const [subject] = world.subjects;
    if (subject === undefined) throw new Error('there is no training');
    for (const number of [2, 3]) setPending(world.github, headOf(number), subject);
    const step = await world.settle();
    expect(step.failures).toEqual([]);
    expect(world.simulator.requests).toHaveLength(3);
    expect(standing(world)).toEqual({ success: 3 });
  });
});
