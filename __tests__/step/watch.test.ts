import { describe, expect, test } from 'vitest';
import { fineTune, minute, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';

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
    await using roboflow = await simulateRoboflow({
      faults: [{ route: 'poll', do: { kind: 'json', body } }],
    });
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
    await using roboflow = await simulateRoboflow({
      faults: [{ route: 'poll', do: { kind: 'json', body } }],
    });
    await roboflow.startOrAttach({ route: 'jobs' });
    const step = await roboflow.runStep({ route: 'jobs', 'job-id': known.id, 'model-type': '' });
    expect(step.failures).toEqual([`Undecided: training ${known.id} failed: Roboflow gives no reason`]);
    expect(roboflow.simulator.started()).toMatchObject([{ jobId: known.id }]);
    expect(roboflow.simulator.started()[0]?.cancelledAtMs).toBeUndefined();
  });
});
