import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import { fineTune, minute, simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

describe('a server that overlooks the model type', () => {
  const overlooked = (id: string) => ({
    jobs: { id, status: 'training', version: 7, model_type: 'rfdetr-base' },
    trainings: { trainingId: id, status: 'running', modelType: 'rfdetr-base', models: [] },
  });

  test.each([
    ['jobs', 10, /was cancelled\./],
    ['trainings', 10, /was cancelled\./],
    ['jobs', -10, /is still running: the time in/],
    ['trainings', -10, /is still running: the time in/],
  ] as const)(
    'costs a cancelled training, or a warning that it runs on: %s, %i, %s',
    async (route, refund, said) => {
      const isCancelled = refund > 0;
      const scenario = fineTune({ plan: { ...fineTune({}).plan, refundWindowMs: refund * minute } });
      await using probe = await simulateRoboflow({ scenario });
      const { training: known } = await probe.startOrAttach({ route });
      const body = overlooked(known.id)[route];
      await using roboflow = await simulateRoboflow({
        scenario,
        faults: [{ route: 'poll', do: { kind: 'json', body } }],
      });
      const step = await roboflow.runStep({ route });
      expect(step.outputs.get('outcome')).toBe('undecided');
      const asked = 'Not judged: Asked to train rfdetr-nano, Roboflow trains rfdetr-base';
      expect(step.failures).toEqual([
        expect.stringMatching(new RegExp(`^${asked}\\. Training ${known.id} ${said.source}`)),
      ]);
      const [started, ...more] = roboflow.simulator.started();
      expect(more).toEqual([]);
      expect(started?.cancelledAtMs !== undefined).toBe(isCancelled);
      // One that could not be cancelled is left to the post step, which tries once more.
      const phase = isCancelled ? 'settled' : 'started';
      expect(JSON.parse(step.state.get('starts') ?? '')).toMatchObject([{ phase }]);
    },
  );

  test.each([
    { name: 'nobody waits for the training', given: { wait: 'none' } },
    { name: 'the workflow looks once an hour', given: { 'poll-interval': '1h' } },
  ])('is found out within a minute of the start, also if $name', async ({ given }) => {
    await using probe = await simulateRoboflow();
    const { training: known } = await probe.startOrAttach({ route: 'jobs' });
    const body = overlooked(known.id).jobs;
    await using roboflow = await simulateRoboflow({
      faults: [{ route: 'poll', do: { kind: 'json', body } }],
    });
    const startMs = roboflow.clock.now();
    const step = await roboflow.runStep({ route: 'jobs', ...given });
    expect(step.outputs.get('outcome')).toBe('undecided');
    const [started] = roboflow.simulator.started();
    expect((started?.cancelledAtMs ?? Number.POSITIVE_INFINITY) - startMs).toBeLessThanOrEqual(minute);
  });

  test('is nothing to a step that only attached to the training', async () => {
    await using probe = await simulateRoboflow();
    const { training: known } = await probe.startOrAttach({ route: 'jobs' });
    const body = { ...overlooked(known.id).jobs, status: 'failed' };
    await using roboflow = await simulateRoboflow({
      faults: [{ route: 'poll', do: { kind: 'json', body } }],
    });
    await roboflow.startOrAttach({ route: 'jobs' });
    const step = await roboflow.runStep({ route: 'jobs', 'job-id': known.id, 'model-type': '' });
    expect(step.failures).toEqual([`Not judged: training ${known.id} failed: Roboflow gives no reason`]);
    expect(roboflow.simulator.started()).toMatchObject([{ jobId: known.id }]);
    expect(roboflow.simulator.started()[0]?.cancelledAtMs).toBeUndefined();
  });
});

describe('a server that names the model type otherwise', () => {
  /** A training of `yolov11n`, whose looks say `shown`. */
  async function shownAs(shown: string, modelType: string) {
    const versions = [versionSpec(7, { exports: ['yolov5pytorch', 'coco'] })];
    const scenario = fineTune({ versions, seeded: [], modelTypes: [modelType] });
    await using probe = await simulateRoboflow({ scenario });
    const { training } = await probe.startOrAttach({ 'model-type': modelType });
    const body = { trainingId: training.id, status: 'finished', modelType: shown, models: [] };
    await using roboflow = await simulateRoboflow({
      scenario,
      faults: [{ route: 'poll', do: { kind: 'json', body } }],
    });
    const runner = await roboflow.runStep({ 'model-type': modelType, wait: 'none' });
    return { runner, id: training.id, started: roboflow.simulator.started() };
  }

  test.each([
    { modelType: 'yolov11', shown: 'yolov11n' },
    { modelType: 'yolo11', shown: 'yolov11n' },
    { modelType: 'rfdetr', shown: 'rfdetr-nano' },
    { modelType: 'rfdetr-nas-parent', shown: 'rfdetr-nas-S' },
  ])('costs one warning if it may be the same, and its name is taken: $modelType, $shown', async (names) => {
    const { runner, id, started } = await shownAs(names.shown, names.modelType);
    expect(runner.warnings).toEqual([
      `model-type is ${names.modelType}, and Roboflow shows training ${id} as ${names.shown}. Outputs and report have Roboflow's name.`,
    ]);
    expect(runner.outputs.get('outcome')).toBe('started');
    expect(started).toMatchObject([{ id }]);
    expect(started[0]?.cancelledAtMs).toBeUndefined();
    expect(JSON.parse(runner.files.get('results.json') ?? '')).toMatchObject({
      run: { modelType: names.shown },
    });
  });

  test('costs nothing if it is the same', async () => {
    const { runner, started } = await shownAs('yolov11n', 'yolo11n');
    expect(runner.warnings).toEqual([]);
    expect(started[0]?.cancelledAtMs).toBeUndefined();
  });
});
