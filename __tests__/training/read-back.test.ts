import { describe, expect, test } from 'vitest';
import { ApiError, InterruptedError } from '../../src/lib/errors.ts';
import { requireAsked } from '../../src/training/read-back.ts';
import type { EndResult } from '../../src/training/route.ts';
import type { Training } from '../../src/training/training.ts';
import { VirtualClock } from '../flow/clock.ts';
import { fineTune, minute, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';
import { FakeRoute, request, training } from './fake-route.ts';

/** What a look at a run that was to be an `rfdetr-nano` comes to, where it shows `shown`. */
async function checked(shown: Training, ending: EndResult | Error = { kind: 'ended' }) {
  const route = new FakeRoute();
  route.ending = ending;
  const context = { clock: new VirtualClock(), signal: new AbortController().signal };
  const result = await requireAsked(shown, request, route, context).catch((error: unknown) => error);
  return { result, calls: route.calls };
}

describe('a training that this step started', () => {
  test.each<{ name: string; modelType: string | undefined }>([
    { name: 'in the same words', modelType: 'rfdetr-nano' },
    { name: 'in capitals', modelType: 'RFDETR-Nano' },
    { name: 'with underscores', modelType: 'rfdetr_nano' },
    { name: 'not at all', modelType: undefined },
  ])('is as it shows itself where its type is told $name', async ({ modelType }) => {
    const shown = training({ modelType, status: 'mining', progress: 0.1 });
    const { result, calls } = await checked(shown);
    expect(result).toEqual(shown);
    expect(calls).toEqual([]);
  });

  test.each<{ name: string; ending: EndResult | Error; said: string }>([
    { name: 'is cancelled', ending: { kind: 'ended' }, said: 'Training t1 was cancelled.' },
    {
      name: 'that has ended by then is left',
      ending: { kind: 'over' },
      said: 'Training t1 was over already.',
    },
    {
      name: 'that cannot be cancelled any more is told as running on',
      ending: { kind: 'still-running', reason: 'the time of refunds is over' },
      said: 'Training t1 is still running: the time of refunds is over.',
    },
    {
      name: 'whose cancel fails is told as running on',
      ending: new ApiError('Roboflow answered 500: POST /x', {
        kind: 'refused',
        status: 500,
        code: undefined,
        message: undefined,
        retryAfterMs: undefined,
      }),
      said: 'Training t1 could not be ended and is still running: Roboflow answered 500: POST /x',
    },
  ])('of another type $name, and both names are told', async ({ ending, said }) => {
    const { result, calls } = await checked(training({ modelType: 'rfdetr-base' }), ending);
    expect(result).toMatchObject({
      name: 'OtherTrainingError',
      message: `Asked to train rfdetr-nano, Roboflow trains rfdetr-base. ${said}`,
      hint: 'Check model-type and version against what Roboflow offers for this project.',
    });
    expect(calls).toEqual(['cancel t1']);
  });
});

test('a training on another version than was asked for is cancelled, and both versions are told', async () => {
  const { result, calls } = await checked(training({ version: 8 }));
  expect(result).toMatchObject({
    message: 'Asked to train on version 7, Roboflow trains on version 8. Training t1 was cancelled.',
    running: false,
  });
  expect(calls).toEqual(['cancel t1']);
});

test('a cancel of what was not asked for that a signal cuts off is left to the post step', async () => {
  const controller = new AbortController();
  const route = new FakeRoute();
  route.ending = new Error('aborted');
  controller.abort(new InterruptedError('SIGINT'));
  const context = { clock: new VirtualClock(), signal: controller.signal };
  const other = training({ modelType: 'rfdetr-base' });
  await expect(requireAsked(other, request, route, context)).rejects.toBeInstanceOf(InterruptedError);
});

describe('a training that cannot be read back', () => {
  test.each([
    { route: 'jobs', fault: { kind: 'status', status: 403 } },
    { route: 'trainings', fault: { kind: 'status', status: 403 } },
    { route: 'jobs', fault: { kind: 'reset' } },
    { route: 'trainings', fault: { kind: 'status', status: 502 } },
  ] as const)('is told by its id as running on: $route, $fault', async ({ route, fault }) => {
    await using roboflow = await simulateRoboflow({ faults: [{ route: 'poll', do: fault }] });
    const step = await roboflow.runStep({ route });
    const [run] = roboflow.simulator.started();
    const id = route === 'jobs' ? run?.jobId : run?.id;
    expect(step.outputs.get('outcome')).toBe('undecided');
    expect(step.outputs.get('job-id')).toBe(id);
    expect(step.failures).toEqual([
      expect.stringContaining(
        `The training may run on and be paid for. To take it up again, set job-id to ${id}. While it runs, a re-run of this job takes it up too.`,
      ),
    ]);
  });
});

describe('a server that overlooks the model type', () => {
  const overlooked = (id: string) => ({
    jobs: { id, status: 'training', version: 7, model_type: 'rfdetr-base' },
    trainings: { trainingId: id, status: 'running', modelType: 'rfdetr-base', models: [] },
  });

  test.each<{ route: 'jobs' | 'trainings'; refundWindowMs: number; said: RegExp; cancelled: boolean }>([
    { route: 'jobs', refundWindowMs: 10 * minute, said: /was cancelled\./, cancelled: true },
    { route: 'trainings', refundWindowMs: 10 * minute, said: /was cancelled\./, cancelled: true },
    { route: 'jobs', refundWindowMs: -10 * minute, said: /is still running: the time in/, cancelled: false },
    {
      route: 'trainings',
      refundWindowMs: -10 * minute,
      said: /is still running: the time in/,
      cancelled: false,
    },
  ])('costs a cancelled run, or a warning that it runs on: $route, $said', async (expected) => {
    const { plan } = fineTune({});
    const scenario = fineTune({ plan: { ...plan, refundWindowMs: expected.refundWindowMs } });
    await using probe = await simulateRoboflow({ scenario });
    const { training: known } = await probe.startOrAttach({ route: expected.route });
    const body = overlooked(known.id)[expected.route];
    await using roboflow = await simulateRoboflow({
      scenario,
      faults: [{ route: 'poll', do: { kind: 'json', body } }],
    });
    const step = await roboflow.runStep({ route: expected.route });
    expect(step.outputs.get('outcome')).toBe('undecided');
    expect(step.failures).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Undecided: Asked to train rfdetr-nano, Roboflow trains rfdetr-base\\. Training ${known.id} ${expected.said.source}`,
        ),
      ),
    ]);
    const [run, ...more] = roboflow.simulator.started();
    expect(more).toEqual([]);
    expect(run?.cancelledAtMs !== undefined).toBe(expected.cancelled);
    // One that could not be cancelled is left to the post step, which tries once more.
    expect(JSON.parse(step.state.get('run') ?? '')).toMatchObject({
      phase: expected.cancelled ? 'settled' : 'started',
    });
  });

  test.each([
    { name: 'nobody waits for the run', given: { wait: 'none' } },
    { name: 'the workflow looks once an hour', given: { 'poll-interval': '1h' } },
  ])('is found out within a minute of the start, also where $name', async ({ given }) => {
    await using probe = await simulateRoboflow();
    const { training: known } = await probe.startOrAttach({ route: 'jobs' });
    const body = overlooked(known.id).jobs;
    await using roboflow = await simulateRoboflow({ faults: [{ route: 'poll', do: { kind: 'json', body } }] });
    const begunMs = roboflow.clock.now();
    const step = await roboflow.runStep({ route: 'jobs', ...given });
    expect(step.outputs.get('outcome')).toBe('undecided');
    const [run] = roboflow.simulator.started();
    expect((run?.cancelledAtMs ?? Number.POSITIVE_INFINITY) - begunMs).toBeLessThanOrEqual(minute);
  });

  test('of a run that was attached to is nothing to this step, which did not start it', async () => {
    await using probe = await simulateRoboflow();
    const { training: known } = await probe.startOrAttach({ route: 'jobs' });
    const body = { ...overlooked(known.id).jobs, status: 'failed' };
    await using roboflow = await simulateRoboflow({ faults: [{ route: 'poll', do: { kind: 'json', body } }] });
    await roboflow.startOrAttach({ route: 'jobs' });
    const step = await roboflow.runStep({ route: 'jobs', 'job-id': known.id, 'model-type': '' });
    expect(step.failures).toEqual([`Undecided: training ${known.id} failed: Roboflow gives no reason`]);
    expect(roboflow.simulator.started()).toMatchObject([{ jobId: known.id }]);
    expect(roboflow.simulator.started()[0]?.cancelledAtMs).toBeUndefined();
  });
});
