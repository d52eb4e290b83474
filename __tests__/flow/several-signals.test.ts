import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { interrupt, nth } from './interrupt.ts';
import { leftRunning } from './scenes.ts';
import { REACHED, severalTypes, THREE } from './several-world.ts';

const hour = 3_600_000;

/** Three types whose trainings no test outlasts, and that can be cancelled with a refund all the time. */
const endless = severalTypes(REACHED, { trainMs: 500 * hour, refundWindowMs: 500 * hour });

describe('a step with three trainings that is interrupted', () => {
  const base = { scenario: endless, route: 'trainings' } as const;
  test.each([
    { onCancel: 'cancel', requests: 'cancel', running: 0 },
    { onCancel: 'stop', requests: 'stop', running: 0 },
    { onCancel: 'leave', requests: undefined, running: 3 },
  ] as const)('does with each as on-cancel says: $onCancel', async ({ onCancel, requests, running }) => {
    const inputs = { 'model-type': THREE, 'on-cancel': onCancel };
    await interrupt({ ...base, inputs, signal: 'SIGTERM', at: nth('poll', 7) }, ({ post, world }) => {
      const asked = world.simulator.requests.filter(({ route }) => route === requests);
      expect(asked).toHaveLength(requests === undefined ? 0 : 3);
      expect(leftRunning(world.simulator)).toHaveLength(running);
      expect(post.summaryText.match(/See Roboflow/g)).toHaveLength(3);
    });
  });

  test('on the route jobs ends the one that runs, and starts no other', async () => {
    const inputs = { 'model-type': THREE };
    await interrupt(
      { scenario: endless, route: 'jobs', inputs, signal: 'SIGINT', at: nth('poll', 3) },
      ({ world }) => {
        expect(world.simulator.started()).toHaveLength(1);
        expect(leftRunning(world.simulator)).toEqual([]);
      },
    );
  });

  test('ends all of them within two and a half minutes, whatever every cancel answers', async () => {
    const faults: Fault[] = [{ route: 'cancel', do: { kind: 'status', status: 502 } }];
    const inputs = { 'model-type': THREE };
    await interrupt(
      { ...base, inputs, faults, signal: 'SIGINT', at: nth('poll', 7) },
      ({ post, world, askedByMain }) => {
        const [first, last] = [world.simulator.requests[askedByMain], world.simulator.requests.at(-1)];
        expect((last?.atMs ?? 0) - (first?.atMs ?? 0)).toBeLessThanOrEqual(150_000);
        expect(post.warnings).toHaveLength(3);
      },
    );
  });

  test('leaves alone those that it only attached to', async () => {
    const theirs = { version: 7, modelType: 'rfdetr-small', agoMs: 60_000, plan: endless.plan };
    const scenario = { ...endless, seeded: [...endless.seeded, theirs] };
    const inputs = { 'model-type': THREE };
    await interrupt({ ...base, scenario, inputs, signal: 'SIGINT', at: nth('poll', 7) }, ({ world }) => {
      const cancelled = world.simulator.trainings.filter(({ cancelledAtMs }) => cancelledAtMs !== undefined);
      expect(cancelled.map(({ modelType }) => modelType)).toEqual(['rfdetr-nano', 'rfdetr-medium']);
    });
  });
});
