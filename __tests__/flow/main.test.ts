import { describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { defaultKey, type Fault } from '../../simulator/simulator.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { brief } from './scenes.ts';
import { ROUTES } from './stages.ts';
import { openWorld } from './world.ts';

const second = 1_000;
const minute = 60 * second;

describe.each(ROUTES)('main on the route $route', ({ route, id }) => {
  test('writes the outcome first as undecided and masks the key before anything else', async () => {
    await using world = await openWorld({ route });
    const step = await world.main();
    expect([...step.outputs.keys()][0]).toBe('outcome');
    expect(step.masks).toEqual([defaultKey]);
    expect(step.outputs.get('outcome')).toBe('passed');
    expect(step.failures).toEqual([]);
    expect(step.state.get('starts')).toMatch(/^\[\{"phase":"settled"/);
  });

  test('waits out the two minutes of queue and the 70 of training, and not much longer', async () => {
    await using world = await openWorld({ route, scenario: scenarios['fine-tune'] });
    const begunMs = world.clock.now();
    await world.main();
    const tookMs = world.clock.now() - begunMs;
    expect(tookMs).toBeGreaterThanOrEqual(72 * minute);
    expect(tookMs).toBeLessThan(73 * minute + second);
    expect(world.simulator.requests.length).toBeLessThan(250);
  });

  test('sets job-id and url before the wait', async () => {
    const seen: (string | undefined)[] = [];
    const controller = new AbortController();
    await using world = await openWorld({
      route,
      onAnswer: ({ route }) => {
        if (route === 'poll') controller.abort(new InterruptedError('SIGTERM'));
      },
    });
    const step = await world.main({}, controller.signal);
    seen.push(step.outputs.get('job-id'), step.outputs.get('url'), step.outputs.get('outcome'));
    expect(seen).toEqual([id, 'https://app.roboflow.com/acme/hard-hats/7', 'undecided']);
    expect(world.simulator.requests.filter(({ route }) => route === 'poll')).toHaveLength(1);
  });

  test.for([
    { name: 'of another version that is complete', body: { version: 6, model_type: 'rfdetr-nano' } },
    { name: 'of the same version that is complete', body: { version: 7, model_type: 'rfdetr-nano' } },
    {
      name: 'of another model type that failed',
      body: { version: 7, model_type: 'yolov11n', status: 'failed' },
    },
  ])('does not take a look that shows another training for its own: $name', async ({ body }) => {
    const other = {
      id: 'job_other',
      trainingId: 'other',
      modelType: body.model_type,
      status: 'complete',
      ...body,
    };
    const faults: Fault[] = [{ route: 'poll', nth: 2, do: { kind: 'json', body: other } }];
    await using world = await openWorld({ route, scenario: brief('fine-tune-short'), faults });
    const step = await world.main();
    expect(step.outputs.get('job-id')).toBe(route === 'jobs' ? 'job_cc2b606ed4d9' : 'ad42efcae34ebaca8005');
    expect(step.outputs.get('version')).toBe('7');
    expect(step.outputs.get('outcome')).toBe('failed');
    expect(step.failures).toEqual([
      'mAP50 73.1 %, wanted 80 % or more: 6.9 points short. https://app.roboflow.com/acme/hard-hats/7',
    ]);
  });
});
