import { describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { defaultKey, type Fault } from '../../simulator/simulator.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { brief } from './scenes.ts';
import { ROUTES } from './stages.ts';
import { fineTune, openWorld } from './world.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

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

  test('looks at fixed intervals if it is told to', async () => {
    await using world = await openWorld({ route, scenario: scenarios['fine-tune'] });
    await world.main({ 'poll-interval': '10m' });
    const looks = world.simulator.requests.filter(({ route }) => route === 'poll');
    const first = looks[0]?.atMs ?? 0;
    // If the results come from the same address, they are read in the minute of the last look.
    const minutes = new Set(looks.map(({ atMs }) => Math.round((atMs - first) / minute)));
    expect([...minutes]).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80]);
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
    { name: '15 minutes before the training ends', timeout: '57m', outcome: 'undecided' },
    { name: 'at the very minute at which it ends', timeout: '72m', outcome: 'passed' },
    { name: 'well after it has ended', timeout: '90m', outcome: 'passed' },
  ])('with a timeout $name ends $outcome', async ({ timeout, outcome }) => {
    await using world = await openWorld({ route, scenario: scenarios['fine-tune'] });
    const step = await world.main({ timeout, 'poll-interval': '40m' });
    expect(step.outputs.get('outcome')).toBe(outcome);
    expect(step.failures).toHaveLength(outcome === 'passed' ? 0 : 1);
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
    expect(step.failures).toEqual(['map50 73.1, wanted >= 80 (short by 6.9)']);
  });

  describe('a training that the first list did not show and that shows after an unclear start', () => {
    /** Of version 7 and the same model type, started so long ago. */
    const worldWith = (agoMs: number) => {
      const { plan } = scenarios['fine-tune'];
      const seeded = [{ version: 7, modelType: 'rfdetr-nano', agoMs, plan }];
      const faults: Fault[] = [
        { route: 'list', nth: [1, 2], do: { kind: 'json', body: { jobs: [], trainings: [] } } },
        { route: 'start', nth: 1, do: { kind: 'reset' } },
      ];
      return openWorld({ route, scenario: { ...scenarios['fine-tune'], seeded }, faults });
    };

    test('is adopted if it is dated 5 minutes before the start: clocks differ by that much', async () => {
      await using world = await worldWith(5 * minute);
      const step = await world.main({ 'poll-interval': '10m' });
      const [adopted] = world.simulator.trainings;
      expect(world.simulator.started()).toEqual([]);
      expect(step.outputs.get('job-id')).toBe(route === 'jobs' ? adopted?.jobId : adopted?.id);
      expect(step.outputs.get('outcome')).toBe('passed');
    });

    test('is neither adopted nor started again if it is dated 9 hours before the start', async () => {
      const agoMs = 9 * hour;
      await using world = await worldWith(agoMs);
      const step = await world.main();
      const [older] = world.simulator.trainings;
      const olderId = route === 'jobs' ? older?.jobId : older?.id;
      expect(world.simulator.started()).toEqual([]);
      expect(step.outputs.get('job-id')).toBeUndefined();
      expect(step.outputs.get('outcome')).toBe('undecided');
      expect(step.failures).toEqual([
        expect.stringContaining(
          `It is not clear whether a training was made: training ${olderId} is new on version 7, but it is dated before the start was sent.`,
        ),
      ]);
    });
  });

  test('does not judge the results of a newer training on the same version', async () => {
    const plan = fineTune({}).plan;
    const newer = { version: 7, modelType: 'rfdetr-nano', agoMs: 2 * hour, plan };
    const older = {
      version: 7,
      modelType: 'rfdetr-nano',
      agoMs: 5 * hour,
      plan: scenarios['fine-tune-short'].plan,
    };
    const scenario = { ...scenarios['fine-tune'], seeded: [older, newer] };
    await using world = await openWorld({ route, scenario });
    const [job] = world.simulator.trainings;
    const jobId = (route === 'jobs' ? job?.jobId : job?.id) ?? '';
    const step = await world.main({ 'job-id': jobId, version: '' });
    // If results come by training and not by version, those of the older one are there.
    expect(step.failures).toEqual(
      route === 'jobs'
        ? [
            expect.stringMatching(
              `What Roboflow shows for version 7 may be of job_\\w+ instead of training ${jobId}\\.`,
            ),
          ]
        : ['map50 73.1, wanted >= 80 (short by 6.9)'],
    );
    expect(step.outputs.get('outcome')).toBe(route === 'jobs' ? 'undecided' : 'failed');
  });
});
