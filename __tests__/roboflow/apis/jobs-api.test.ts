import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { jobsRoute } from '../../../src/roboflow/apis/jobs-api.ts';
import type { TrainingApi } from '../../../src/training/training-api.ts';
import { training as trainingWith } from '../../training/fake-route.ts';
import { minute, type SimulatedRoboflow, simulateRoboflow } from '../simulated-roboflow.ts';

const job = {
  id: 'job_own',
  status: 'complete',
  version: 7,
  model_type: 'rfdetr-nano',
  createdAt: '2027-01-04T05:00:00.000Z',
};

const training = trainingWith({
  ...{ id: 'job_own', status: 'complete', phase: 'succeeded', createdAtMs: Date.parse(job.createdAt) },
});

function routeOf(roboflow: SimulatedRoboflow): TrainingApi {
  return jobsRoute(roboflow.here);
}

function lists(...jobs: readonly object[]): Fault {
  return { route: 'list', do: { kind: 'json', body: { jobs } } };
}

describe('the jobs of a version', () => {
  test('have those among them whose version the list does not tell', async () => {
    const listed = [job, { ...job, id: 'b', version: undefined }, { ...job, id: 'c', version: 6 }];
    await using roboflow = await simulateRoboflow({ faults: [lists(...listed)] });
    const seen = await routeOf(roboflow).list(7);
    expect(seen.map(({ id, version }) => [id, version])).toEqual([
      ['job_own', 7],
      ['b', undefined],
    ]);
  });
});

describe('ending a job', () => {
  test.each<[name: string, other: object, reason: string | undefined]>([
    ['in flight on its version', {}, 'job_b also trains on version 7'],
    ['in flight on a version unknown', { version: undefined }, 'job_b may also train on version 7'],
    [
      'of no known status, an hour old',
      { status: 'paused', createdAt: '2027-01-04T08:00:00Z' },
      'job_b also',
    ],
    ['of no known status, two years old', { status: 'paused', createdAt: '2025-01-04T08:00:00Z' }, undefined],
    ['that has ended', { status: 'failed' }, undefined],
    ['on another version', { version: 6 }, undefined],
  ])('beside one %s: %s', async (_, other, reason) => {
    const own = { ...job, status: 'training' };
    const faults: Fault[] = [
      lists(own, { ...own, id: 'job_b', ...other }),
      { route: 'cancel', do: { kind: 'json', body: { refund: true } } },
    ];
    await using roboflow = await simulateRoboflow({ faults });
    const end = await routeOf(roboflow).end(training, 'cancel', roboflow.clock.now() + minute);
    const words = expect.stringContaining(`Roboflow's cancel acts on a whole version, and ${reason}`);
    expect(end).toEqual(reason === undefined ? { kind: 'ended' } : { kind: 'still-running', reason: words });
  });

  test.each([
    { name: 'an empty body', action: { kind: 'empty', effect: 'after' } },
    { name: '204', action: { kind: 'status', status: 204, body: '', effect: 'after' } },
  ] as const)('is done if the answer is $name', async ({ action }) => {
    for (const route of ['jobs', 'trainings'] as const)
      for (const mode of ['cancel', 'stop'] as const) {
        await using roboflow = await simulateRoboflow({ faults: [{ route: mode, do: action }] });
        const started = await roboflow.startOrAttach({ route });
        const end = started.route.end(started.training, mode, roboflow.clock.now() + minute);
        expect(await end).toEqual({ kind: 'ended' });
        expect(roboflow.requestLines().filter((request) => request.endsWith(mode))).toHaveLength(1);
      }
  });
});

describe('a start that meets labelling jobs', () => {
  const made = { id: 'annotate-1', name: 'x', status: 'assigned', owner: 'o', annotated: 0, unannotated: 3 };
  const empty: Fault = { route: 'list', do: { kind: 'json', body: { jobs: [] } } };

  test('is not sent if the list shows them', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'annotation-jobs' });
    await expect(roboflow.startOrAttach({ route: 'jobs' })).rejects.toMatchObject({
      message: 'The jobs of this project are labelling jobs, not trainings.',
      hint: 'Set route to trainings.',
    });
    expect(roboflow.requestLines().filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('tells of the labelling job that it made, and starts no other', async () => {
    const faults: Fault[] = [empty, { route: 'start', nth: 1, do: { kind: 'json', body: made } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(roboflow.startOrAttach({ route: 'jobs' })).rejects.toMatchObject({
      message: 'Roboflow took the start of a training for that of a labelling job, and made one.',
      hint: 'It costs nothing: delete it on Roboflow, and set route to trainings.',
    });
    expect(roboflow.simulator.started()).toEqual([]);
  });

  test('is told with what the server says if it refuses', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'annotation-jobs', faults: [empty] });
    await expect(roboflow.startOrAttach({ route: 'jobs' })).rejects.toMatchObject({ name: 'ApiError' });
    expect(roboflow.simulator.started()).toEqual([]);
  });
});

describe('what is there before a start', () => {
  const models = [{ modelId: 'acme/m', metrics: { map50: 84 } }];
  const shown: Fault = { route: 'results', do: { kind: 'json', body: { status: 'finished', models } } };

  const results = { text: JSON.stringify(models), haveMetrics: true };
  test.each([
    ['succeeded', 1],
    ['stopped', 1],
    ['active', 0],
    ['failed', 0],
    ['cancelled', 0],
  ] as const)(
    'has the results of the version only if they can be another’s, as one %s: %d',
    async (phase, reads) => {
      await using roboflow = await simulateRoboflow({ faults: [shown] });
      const trainings = [{ ...training, phase }];
      const before = await routeOf(roboflow).before(7, trainings);
      const expected = reads === 0 ? undefined : results;
      expect(before).toEqual({ atMs: roboflow.clock.now(), trainings, results: expected });
      expect(roboflow.requestLines()).toHaveLength(reads);
    },
  );

  test.each<{ name: string; action: Fault['do'] }>([
    { name: 'there are none', action: { kind: 'status', status: 404 } },
    { name: 'they hold no model', action: { kind: 'json', body: { status: 'finished', models: [] } } },
  ])('has no results if $name', async ({ action }) => {
    await using roboflow = await simulateRoboflow({ faults: [{ route: 'results', do: action }] });
    expect((await routeOf(roboflow).before(7, [training])).results).toBeUndefined();
  });
});
