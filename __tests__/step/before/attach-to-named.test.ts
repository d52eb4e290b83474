import { describe, expect, test } from 'vitest';
import type { Fault, RoutesMode } from '../../../simulator/simulator.ts';
import { type SimulatedRoboflow, simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

const nowhere = {
  hint: 'Check job-id, that project is the one that it was started in, and version and route if they are set.',
};

/** The training that is there on version 6. */
function trainingOn6({ simulator }: SimulatedRoboflow) {
  const found = simulator.trainings.find(({ version }) => version === 6);
  if (found === undefined) throw new Error('there is no training');
  return found;
}

describe('a training that the workflow names by job-id', () => {
  test.each<[by: 'id' | 'jobId', routes: RoutesMode, route: string, version: string, reason: string]>([
    ['id', 'both', 'auto', '', 'the training that job-id names is there'],
    ['id', 'both', 'auto', '6', 'the training that job-id names is there'],
    ['jobId', 'both', 'auto', '', 'the training that job-id names is there'],
    ['jobId', 'both', 'auto', '6', 'the training that job-id names is there'],
    ['jobId', 'jobs', 'auto', '', 'the training that job-id names is there'],
    ['id', 'trainings', 'auto', '', 'the training that job-id names is there'],
    ['id', 'both', 'trainings', '6', 'as the input says'],
    ['jobId', 'both', 'jobs', '', 'as the input says'],
  ])('is found by its %s: %s, route %s, version "%s"', async (by, routes, route, version, reason) => {
    await using roboflow = await simulateRoboflow({ routes });
    const older = trainingOn6(roboflow);
    const id = older[by];
    const name = by === 'id' ? 'trainings' : 'jobs';
    expect(await roboflow.startOrAttach({ 'job-id': id, version, route })).toMatchObject({
      origin: 'attached',
      reason,
      training: { id, version: 6 },
      // It had ended when this step first saw it.
      before: undefined,
    });
    expect(roboflow.log).toEqual([`Route: ${name}, ${reason}.`]);
    expect(roboflow.simulator.started()).toEqual([]);
  });

  test.each(['jobs', 'trainings'])('has what was there while it was in flight: %s', async (route) => {
    await using roboflow = await simulateRoboflow();
    const { training } = await roboflow.startOrAttach({ route });
    const attached = await roboflow.startOrAttach({ 'job-id': training.id, route });
    expect(attached).toMatchObject({
      origin: 'attached',
      request: undefined,
      before: { trainings: [{ id: training.id }], results: undefined },
    });
    expect(roboflow.simulator.started()).toHaveLength(1);
  });

  test.each([
    { route: 'auto', version: '' },
    { route: 'auto', version: '6' },
    { route: 'jobs', version: '' },
    { route: 'trainings', version: '' },
    { route: 'trainings', version: '6' },
  ])(
    'is nowhere if no route has it, with what to check: $route, version "$version"',
    async ({ route, version }) => {
      await using roboflow = await simulateRoboflow();
      const on = version === '' ? '' : ` on version ${version}`;
      await expect(roboflow.startOrAttach({ 'job-id': 'nobody', version, route })).rejects.toMatchObject({
        message: `There is no training nobody in acme/hard-hats${on}.`,
        ...nowhere,
      });
      expect(roboflow.simulator.started()).toEqual([]);
    },
  );

  test.each([400, 404, 405, 422, 501])(
    'is looked for among the jobs if v2/trainings does not know its id: %d',
    async (status) => {
      const faults: Fault[] = [{ route: 'poll', nth: 1, do: { kind: 'status', status } }];
      await using roboflow = await simulateRoboflow({ faults });
      const older = trainingOn6(roboflow);
      const jobId = older.jobId;
      const attached = await roboflow.startOrAttach({ 'job-id': jobId, version: '6' });
      expect(attached).toMatchObject({ route: { name: 'jobs' }, training: { id: jobId } });
      expect(roboflow.requestLines()).toEqual([
        'GET /acme/hard-hats',
        'GET /acme/hard-hats/6/v2/trainings/get',
        `GET /acme/hard-hats/jobs/${jobId}`,
      ]);
    },
  );

  // Roboflow can answer a version that does not exist by 500, which would be asked again and again.
  test.each<[jobId: string, version: string, says: string]>([
    ['any', '99', 'There is no version 99 of acme/hard-hats: it has versions 7, 6, 5, 4.'],
    ['acme/hard-hats/6', '99', 'There is no version 99 of acme/hard-hats'],
    ['acme/hard-hats/99', '', 'There is no training acme/hard-hats/99 in acme/hard-hats.'],
    ['acme/hard-hats/0', '', 'There is no training acme/hard-hats/0 in acme/hard-hats.'],
    ['acme/hard-hats/12345678901234567890', '', 'There is no training acme/hard-hats/12345678901234567890'],
  ])('is not waited for on a version that is not there: %s, version "%s"', async (jobId, version, says) => {
    const faults: Fault[] = [{ route: 'poll', do: { kind: 'status', status: 500 } }];
    await using roboflow = await simulateRoboflow({ faults });
    const startMs = roboflow.clock.now();
    const attached = roboflow.startOrAttach({ 'job-id': jobId, version, route: 'trainings' });
    await expect(attached).rejects.toThrow(says);
    expect(roboflow.clock.now()).toBe(startMs);
  });

  test.each([401, 403])('is not looked for on the other route if the key may not ask: %d', async (status) => {
    const faults: Fault[] = [{ route: 'poll', do: { kind: 'status', status } }];
    await using roboflow = await simulateRoboflow({ faults });
    const attached = roboflow.startOrAttach({ 'job-id': 'any', version: '7' });
    await expect(attached).rejects.toThrow(`answered ${status}`);
    expect(roboflow.requestLines()).toHaveLength(2);
  });

  test.each([
    [
      'version',
      { version: '5' },
      /^Training job_\w+ is on version 6, but version is 5\.$/,
      'Leave version out, or set it to the one that the training is on.',
    ],
    [
      'model type',
      { 'model-type': 'yolov11n' },
      /^Training job_\w+ is a rfdetr-nano, but model-type is yolov11n\.$/,
      'Leave model-type out, or set it to that of the training.',
    ],
  ])('is refused if it is of another %s than the workflow says', async (_, given, message, hint) => {
    await using roboflow = await simulateRoboflow({ routes: 'jobs' });
    const older = trainingOn6(roboflow);
    const attached = roboflow.startOrAttach({ 'job-id': older.jobId, version: '', ...given });
    await expect(attached).rejects.toMatchObject({ message: expect.stringMatching(message), hint });
  });

  test.each(['', 'RFDETR-Nano', 'rfdetr'])('may be named with model-type "%s"', async (modelType) => {
    await using roboflow = await simulateRoboflow({ routes: 'jobs' });
    const older = trainingOn6(roboflow);
    const given = { 'job-id': older.jobId, version: '', 'model-type': modelType };
    expect(await roboflow.startOrAttach(given)).toMatchObject({ training: { modelType: 'rfdetr-nano' } });
  });
});

describe('a training that is over and not waited for', () => {
  test.each([
    ['succeeded', 'complete', 'started', /^## ⏳ Started: over already, not judged/],
    ['failed', 'failed', 'undecided', /^## ⚠️ Not judged: the training failed/],
    ['cancelled', 'cancelled', 'undecided', /^## ⚠️ Not judged: the training was cancelled/],
  ])('is not said to run on: %s', async (_, status, outcome, report) => {
    await using roboflow = await simulateRoboflow();
    const job = trainingOn6(roboflow);
    const body = { id: job.jobId, status, version: 6, model_type: 'rfdetr-nano' };
    await using told = await simulateRoboflow({ faults: [{ route: 'poll', do: { kind: 'json', body } }] });
    const step = await told.runStep({ 'job-id': job.jobId, version: '6', wait: 'none' });
    expect(step.outputs.get('outcome')).toBe(outcome);
    expect(step.summaryText).toMatch(report);
    expect(step.failures).toHaveLength(outcome === 'started' ? 0 : 1);
  });
});
