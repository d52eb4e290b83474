import { describe, expect, test } from 'vitest';
import { HEAD, openStatusWorld } from './status-world.ts';

const MINUTE_MS = 60_000;

describe('settle', () => {
  test('follows a training while it is in flight, and judges it once it has ended', async () => {
    await using world = await openStatusWorld({ routes: 'jobs' });
    const started = await world.start();
    world.clock.pass(30_000);
    const first = await world.settle();
    expect(first.failures).toEqual([]);
    expect(first.given).toEqual({ settled: '[]', pending: '1' });
    expect(world.github.statuses.at(-1)).toMatchObject({
      state: 'pending',
      description: 'rfdetr-nano on version 7: training, 50 %',
    });
    world.clock.pass(MINUTE_MS);
    const second = await world.settle();
    expect(second.failures).toEqual([]);
    expect(world.github.statuses.at(-1)).toMatchObject({
      sha: HEAD,
      context: 'model-quality',
      state: 'success',
      description: 'Passed: mAP50 84.2 % (≥ 80 %) (rfdetr-nano on version 7)',
    });
    expect(second.outputs.get('pending')).toBe('0');
    expect(JSON.parse(second.outputs.get('settled') ?? '')).toEqual([
      {
        sha: HEAD,
        'pull-request': 12,
        'job-id': started.outputs.get('job-id'),
        'model-type': 'rfdetr-nano',
        version: 7,
        outcome: 'passed',
        'model-id': expect.stringContaining('acme/hard-hats-7'),
        map50: 84.2,
        'map50-95': 61.7,
      },
    ]);
    expect(second.summaryText).toMatchSnapshot;
    console.log(second.summaryText, second.lines, second.notices);
    const third = await world.settle();
    expect(third.notices).toEqual(['Nothing is pending']);
  });
});
