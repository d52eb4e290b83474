import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { jobsRoute } from '../../../src/roboflow/routes/jobs.ts';
import type { Training } from '../../../src/training/training.ts';
import { minute, project, simulateRoboflow } from '../simulated-roboflow.ts';

const job = {
  id: 'job_own',
  status: 'complete',
  version: 7,
  model_type: 'rfdetr-nano',
  createdAt: '2027-01-04T05:00:00.000Z',
};

const training: Training = {
  id: 'job_own',
  status: 'complete',
  phase: 'succeeded',
  version: 7,
  modelType: 'rfdetr-nano',
  progress: undefined,
  createdAtMs: Date.parse(job.createdAt),
  reason: undefined,
};

const bundle = {
  trainingId: 't_own',
  status: 'finished',
  models: [{ modelId: 'acme/m', metrics: { map50: 84 } }],
};

function lists(...jobs: readonly object[]): Fault {
  return { route: 'list', do: { kind: 'json', body: { jobs } } };
}

const results: Fault = { route: 'results', do: { kind: 'json', body: bundle } };

describe('the jobs of a version', () => {
  test('have those among them whose version the list does not tell', async () => {
    const listed = [job, { ...job, id: 'b', version: undefined }, { ...job, id: 'c', version: 6 }];
    await using roboflow = await simulateRoboflow({ faults: [lists(...listed)] });
    const seen = await jobsRoute(roboflow.api, project).list(7);
    expect(seen.map(({ id, version }) => [id, version])).toEqual([
      ['job_own', 7],
      ['b', undefined],
    ]);
  });
});

describe('results by version', () => {
  const later = '2027-01-04T06:00:00.000Z';
  const earlier = '2027-01-04T04:00:00.000Z';

  test.each<{ name: string; other: object; says: string | undefined }>([
    { name: 'later', other: { createdAt: later }, says: 'job_b finished on version 7 after job_own began' },
    { name: 'at the same moment', other: { createdAt: job.createdAt }, says: 'job_b finished on version 7' },
    { name: 'at a time unknown', other: { createdAt: undefined }, says: 'does not say whether job_b' },
    {
      name: 'later, on a version unknown',
      other: { createdAt: later, version: undefined },
      says: 'does not say whether job_b',
    },
    { name: 'later, on another version', other: { createdAt: later, version: 6 }, says: undefined },
    { name: 'later, and failed', other: { createdAt: later, status: 'failed' }, says: undefined },
    {
      name: 'later, and was stopped with weights',
      other: { createdAt: later, status: 'stopped' },
      says: 'job_b finished on version 7 after',
    },
  ])('where another training began $name', async ({ other, says }) => {
    await using roboflow = await simulateRoboflow({
      routes: 'jobs',
      faults: [lists(job, { ...job, id: 'job_b', ...other }), results],
    });
    const route = jobsRoute(roboflow.api, project);
    const others = await route.list(7);
    expect(route.holdsResultsOf(training, others)).toBe(says === undefined);
    if (says === undefined) {
      expect((await route.results(training)).source).toBe('the training results');
      return;
    }
    await expect(route.results(training)).rejects.toMatchObject({
      message: expect.stringContaining(says),
      hint: expect.stringMatching(
        /^Set job-id to job_b to judge that one\. To judge job_own, look up its training id on Roboflow, and set route to trainings, version to 7 and job-id to that id\.$/,
      ),
    });
  });

  const older = { ...job, id: 'job_b', createdAt: earlier };
  const longer = 'does not say whether job_b finished on version 7 before or after job_own did';

  test.each<{ name: string; first: readonly object[]; changes?: object; says: string | undefined }>([
    { name: 'was over before ours was there', first: [older], says: undefined },
    {
      name: 'was over while ours went on',
      first: [older, { ...job, status: 'training' }],
      says: undefined,
    },
    { name: 'was over when ours was, as far as anybody saw', first: [older, job], says: undefined },
    { name: 'was in no list from before ours', first: [], says: longer },
    { name: 'went on when ours began', first: [{ ...older, status: 'training' }], says: longer },
    {
      name: 'had the same unknown status all along',
      first: [{ ...older, status: 'expired' }],
      changes: { status: 'expired' },
      says: undefined,
    },
    {
      name: 'went on, on a version unknown',
      first: [{ ...older, status: 'training' }],
      changes: { version: undefined },
      says: longer,
    },
    {
      name: 'went on and was stopped',
      first: [{ ...older, status: 'training' }],
      changes: { status: 'stopped' },
      says: longer,
    },
    {
      name: 'went on and failed',
      first: [{ ...older, status: 'training' }],
      changes: { status: 'failed' },
      says: undefined,
    },
    {
      name: 'goes on',
      first: [{ ...older, status: 'training' }],
      changes: { status: 'training' },
      says: undefined,
    },
    {
      name: 'went on, however long before it began',
      first: [{ ...older, status: 'training' }],
      changes: { createdAt: '2027-01-01T16:00:00.000Z' },
      says: longer,
    },
  ])('where another training began earlier and $name', async ({ first, changes = {}, says }) => {
    const faults = [{ ...lists(...first), nth: 1 }, lists(job, { ...older, ...changes }), results];
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    const route = jobsRoute(roboflow.api, project);
    expect(route.holdsResultsOf(training, await route.list(7))).toBe(true);
    if (says === undefined) {
      expect((await route.results(training)).source).toBe('the training results');
      return;
    }
    await expect(route.results(training)).rejects.toMatchObject({
      message: expect.stringContaining(says),
      hint: 'To judge job_own, look up its training id on Roboflow, and set route to trainings, version to 7 and job-id to that id.',
    });
  });

  test('of a baseline are contested by what the newest list shows, not the one from before the wait', async () => {
    const after = { ...job, id: 'job_b', createdAt: later, status: 'stopped' };
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults: [lists(job, after), results] });
    const route = jobsRoute(roboflow.api, project, [training]);
    const succeeded = await route.succeeded({ version: 7 });
    expect(succeeded?.id).toBe('job_own');
    await expect(route.results(training)).rejects.toThrow('job_b finished on version 7 after job_own began');
    expect(roboflow.requestLines().filter((each) => each.endsWith('/jobs'))).toHaveLength(1);
  });

  test('are not contested by a training of another type than they are of', async () => {
    const other = { ...older, model_type: 'yolov11n' };
    const typed = { ...bundle, modelType: 'rfdetr-nano' };
    const faults: Fault[] = [lists(job, other), { route: 'results', do: { kind: 'json', body: typed } }];
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    expect((await jobsRoute(roboflow.api, project).results(training)).source).toBe('the training results');
  });

  test('are those of another where their models are of another type', async () => {
    const models = [{ modelId: 'acme/m', modelType: 'yolov11n', status: 'finished', metrics: { map50: 95 } }];
    const faults: Fault[] = [
      lists(job),
      { route: 'results', do: { kind: 'json', body: { ...bundle, models } } },
    ];
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    await expect(jobsRoute(roboflow.api, project).results(training)).rejects.toThrow('those of a yolov11n');
  });

  test('of a job that is attached to are contested by what runs beside it by then', async () => {
    const faults = [
      { ...lists({ ...job, status: 'training' }, { ...older, status: 'training' }), nth: 1 },
      lists(job, older),
      results,
    ];
    await using roboflow = await simulateRoboflow({
      routes: 'jobs',
      faults: [...faults, { route: 'poll', do: { kind: 'json', body: job } }],
    });
    const route = jobsRoute(roboflow.api, project);
    const found = await route.find('job_own', undefined);
    await expect(route.results({ ...training, ...found })).rejects.toThrow(longer);
  });

  test('without a model are no results of ours where they are contested', async () => {
    const empty: Fault = { route: 'results', do: { kind: 'json', body: { ...bundle, models: [] } } };
    const faults = [{ ...lists({ ...older, status: 'training' }), nth: 1 }, lists(job, older), empty];
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    const route = jobsRoute(roboflow.api, project);
    await route.list(7);
    expect(await route.results(training)).toMatchObject({
      trainingId: undefined,
      source: expect.stringContaining('another training (job_b)'),
    });
  });

  test.each([
    {
      name: 'of another version',
      changes: { trainingId: 'acme/hard-hats/6' },
      says: 'the results of version 6',
    },
    { name: 'of a run that failed', changes: { status: 'failed' }, says: 'say that it is failed' },
  ])('are not judged where they are $name', async ({ changes, says }) => {
    const body = { ...bundle, ...changes };
    const faults: Fault[] = [lists(job), { route: 'results', do: { kind: 'json', body } }];
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    await expect(jobsRoute(roboflow.api, project).results(training)).rejects.toThrow(says);
  });

  test('go by the date in the list where a look did not tell it', async () => {
    const faults = [{ ...lists(older), nth: 1 }, lists(job, older), results];
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    const route = jobsRoute(roboflow.api, project);
    await route.list(7);
    const undated = { ...training, createdAtMs: undefined };
    expect((await route.results(undated)).source).toBe('the training results');
  });

  test('are not judged where nothing tells when ours began', async () => {
    const faults = [lists({ ...job, createdAt: undefined }, older), results];
    await using roboflow = await simulateRoboflow({ faults });
    const route = jobsRoute(roboflow.api, project);
    await expect(route.results({ ...training, createdAtMs: undefined })).rejects.toThrow(
      'does not say whether job_b finished on version 7 before or after job_own began',
    );
  });

  test('of the training itself are judged, whatever else is on the version', async () => {
    const faults: Fault[] = [
      lists(job, { ...job, id: 'job_b', createdAt: later }),
      { route: 'results', do: { kind: 'json', body: { ...bundle, trainingId: 'job_own' } } },
    ];
    await using roboflow = await simulateRoboflow({ faults });
    expect((await jobsRoute(roboflow.api, project).results(training)).trainingId).toBe('job_own');
  });

  test('do not depend on a list of trainings that cannot be read', async () => {
    const faults = [{ ...lists(older), nth: 1 }, lists(job, older), results];
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    const route = jobsRoute(roboflow.api, project);
    await route.list(7);
    expect((await route.results(training)).source).toBe('the training results');
    expect(roboflow.requestLines()).toContain('GET /acme/hard-hats/7/v2/trainings');
  });
});

describe('a look at a training that is known to exist', () => {
  test.each([
    { name: 'a labelling job', body: { job: { ...job, reviewer: 'x' } } },
    { name: 'labelling jobs', body: { jobs: [{ id: 'a', status: 'assigned', labeler: 'x' }] } },
    { name: 'a labelling job of that id', body: { id: 'job_own', status: 'assigned', numImages: 3 } },
  ])('goes on after an answer that shows $name', async ({ body }) => {
    const faults: Fault[] = [
      { route: 'poll', nth: [1, 2], do: { kind: 'json', body } },
      { route: 'poll', do: { kind: 'json', body: job } },
    ];
    await using roboflow = await simulateRoboflow({ faults });
    const seen = await jobsRoute(roboflow.api, project).look(training, roboflow.clock.now() + minute);
    expect(seen).toEqual(training);
    expect(roboflow.requestLines()).toHaveLength(3);
  });
});

describe('ending a job', () => {
  test('is left alone where another in flight may be on its version', async () => {
    const own = { ...job, status: 'training' };
    const faults = [lists(own, { ...own, id: 'job_b', version: undefined })];
    await using roboflow = await simulateRoboflow({ faults });
    const end = jobsRoute(roboflow.api, project).end(training, 'cancel', roboflow.clock.now() + minute);
    expect(await end).toEqual({
      kind: 'still-running',
      reason: "Roboflow's cancel acts on a whole version, and job_b may also train on version 7",
    });
  });

  test.each([
    { name: 'an empty body', action: { kind: 'empty', effect: 'after' } },
    { name: '204', action: { kind: 'status', status: 204, body: '', effect: 'after' } },
  ] as const)('is done where the answer is $name', async ({ action }) => {
    for (const route of ['jobs', 'trainings'] as const)
      for (const mode of ['cancel', 'stop'] as const) {
        await using roboflow = await simulateRoboflow({ faults: [{ route: mode, do: action }] });
        const begun = await roboflow.startOrAttach({ route });
        const end = begun.route.end(begun.training, mode, roboflow.clock.now() + minute);
        expect(await end).toEqual({ kind: 'ended' });
        expect(roboflow.requestLines().filter((request) => request.endsWith(mode))).toHaveLength(1);
      }
  });
});

describe('a start that is taken for that of a labelling job', () => {
  const made = { id: 'annotate-1', name: 'x', status: 'assigned', owner: 'o', annotated: 0, unannotated: 3 };
  const empty: Fault = { route: 'list', nth: [1, 2], do: { kind: 'json', body: { jobs: [] } } };

  test('goes on to the other route, and tells of the labelling job that it made', async () => {
    const faults: Fault[] = [empty, { route: 'start', nth: 1, do: { kind: 'json', body: made } }];
    await using roboflow = await simulateRoboflow({ faults });
    const begun = await roboflow.startOrAttach();
    expect(begun.route.name).toBe('trainings');
    expect(roboflow.simulator.started()).toMatchObject([{ origin: 'trainings' }]);
    expect(roboflow.log).toContain(
      'Roboflow took the start of a training for that of a labelling job, and made labelling job annotate-1. It costs nothing: delete it on Roboflow.',
    );
  });

  test('says so where the route was asked for', async () => {
    const faults: Fault[] = [empty, { route: 'start', nth: 1, do: { kind: 'json', body: made } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(roboflow.startOrAttach({ route: 'jobs' })).rejects.toMatchObject({
      message: expect.stringContaining('made labelling job annotate-1'),
      hint: 'Delete it on Roboflow, and set route to trainings.',
    });
    expect(roboflow.simulator.started()).toEqual([]);
  });

  test.each([
    'name is required',
    '"name" is required',
    'Missing required fields: name, batch',
    'labelerEmail must be an e-mail address',
    'numImages is missing',
    'batch not found',
  ])('is known by a refusal that says: %s', async (message) => {
    const refusal = { kind: 'status', status: 400, body: { error: message } } as const;
    await using roboflow = await simulateRoboflow({
      faults: [empty, { route: 'start', nth: 1, do: refusal }],
    });
    expect((await roboflow.startOrAttach()).route.name).toBe('trainings');
  });

  test.each(['model name is not known', 'batch_size is required', 'model_type is required'])(
    'is not meant by a refusal that says: %s',
    async (message) => {
      const refusal = { kind: 'status', status: 400, body: { error: message } } as const;
      await using roboflow = await simulateRoboflow({
        faults: [empty, { route: 'start', nth: 1, do: refusal }],
      });
      await expect(roboflow.startOrAttach()).rejects.toThrow(message);
      expect(roboflow.simulator.started()).toEqual([]);
    },
  );
});
