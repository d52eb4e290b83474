import { describe, expect, test } from 'vitest';
import { HEAD, openStatusWorld } from './status-world.ts';

describe('wait: status', () => {
  test('shows that a status can be set, starts the training, and leaves it pending', async () => {
    await using world = await openStatusWorld();
    const step = await world.start();
    expect(step.failures).toEqual([]);
    expect(step.given).toMatchObject({ outcome: 'started', version: '7' });
    const id = step.outputs.get('job-id');
    const atS = Math.floor((world.simulator.started()[0]?.createdAtMs ?? 0) / 1000);
    expect(world.github.statuses).toMatchObject([
      {
        sha: HEAD,
        context: 'model-quality',
        state: 'pending',
        description: 'rfdetr-nano on version 7: starting',
        targetUrl: `https://app.roboflow.com/acme/hard-hats/7#type=rfdetr-nano&at=${atS}`,
      },
      {
        sha: HEAD,
        state: 'pending',
        description: 'rfdetr-nano on version 7: queued',
        targetUrl: `https://app.roboflow.com/acme/hard-hats/7#job=${id}&type=rfdetr-nano&route=trainings&at=${atS}`,
      },
    ]);
    expect(step.summaryText).toContain('The settle action judges it');
  });
});
