import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import type { FaultAction, RouteName } from '../../simulator/faults.ts';
import { RecordedComment } from './comment.ts';
import { expectNoKey } from './no-key.ts';
import { brief } from './scenes.ts';
import { openWorld } from './world.ts';

/** A key of a shape that stands nowhere else, so that its beginning can be searched for too. */
const KEY = 'zq7XK2m9TfWb4LpR0sVd';
const BEGINNING = KEY.slice(0, 8);

const as = (status: number, body: unknown): FaultAction => ({ kind: 'status', status, body });
const bearer = { authorization: `Bearer ${KEY}` };
const job = { id: 'job_4c2aab22506c', status: 'queued', version: 7 };

/** Ways in which a server, or a proxy before it, can repeat the key that it was sent: to which request, and how. */
const echoes: readonly (readonly [name: string, over: 'jobs' | 'trainings', at: RouteName, FaultAction])[] = [
  ['in the error of a refused list', 'jobs', 'list', as(401, { error: `The key ${KEY} is unknown` })],
  ['in the code of a refused start', 'jobs', 'start', as(400, { error: { message: 'no', code: KEY } })],
  ['in the hint of a refused start', 'jobs', 'start', as(400, { error: 'no', hint: `Bearer ${KEY}` })],
  ['in a page of HTML in place of a list', 'jobs', 'list', as(200, `<p>Authorization: Bearer ${KEY}</p>`)],
  ['in a page of HTML, where an excerpt of it ends', 'jobs', 'list', as(200, `${'x'.repeat(110)}${KEY}`)],
  ['in JSON that is no list', 'jobs', 'list', as(200, { headers: bearer })],
  ['in JSON that is no list, where an excerpt ends', 'jobs', 'list', as(200, { pad: 'x'.repeat(168), KEY })],
  ['in JSON that is no job', 'jobs', 'poll', as(200, { KEY })],
  ['in JSON that is no result', 'jobs', 'results', as(200, { KEY })],
  ['in JSON that is no list of models', 'jobs', 'models', as(200, { KEY })],
  ['in the status of a job', 'jobs', 'poll', as(200, { ...job, status: `key ${KEY}` })],
  ['in the model type of a job', 'jobs', 'poll', as(200, { ...job, model_type: KEY })],
  ['in JSON that is no version', 'jobs', 'version', as(200, { KEY })],
  ['in JSON that is no list of trainings', 'trainings', 'list', as(200, { KEY })],
  [
    'in the code of a refused training',
    'trainings',
    'start',
    as(400, { error: { message: 'no', code: KEY } }),
  ],
  ['in JSON that is no training', 'trainings', 'poll', as(200, { KEY })],
  [
    'in the status of a training',
    'trainings',
    'poll',
    as(200, { trainingId: '666934f109234004a782', status: `key ${KEY}` }),
  ],
];

describe('a key that the server repeats', () => {
  test.for(echoes)('shows nowhere: %s, on the route %s', async ([, route, at, action]) => {
    const faults = [{ route: at, do: action }];
    await using world = await openWorld({ scenario: brief('fine-tune'), key: KEY, faults });
    const result = await world.main({ 'api-key': KEY, route, timeout: '20m' });
    expectNoKey(world, result, KEY);
    expectNoKey(world, result, BEGINNING);
  });

  // So Roboflow answers a key that was revoked, as during a wait.
  const revoked = {
    message: 'This API key does not exist (or has been revoked).',
    status: 401,
    type: 'OAuthException',
    hint: `You sent ${KEY}. Look it up.`,
    key: KEY,
    keys: [KEY, encodeURIComponent(KEY)],
  };
  test.each<RouteName>([
    ...(['root', 'project', 'list', 'version', 'recipe', 'start', 'poll'] as const),
    ...(['models', 'evals', 'generate', 'export'] as const),
  ])('shows nowhere, in the comment either: in the body of a 401 to %s', async (route) => {
    const comment = new RecordedComment();
    const faults = [{ route, do: as(401, { error: revoked }) }];
    await using world = await openWorld({ scenario: brief('fine-tune'), key: KEY, faults, comment });
    const result = await world.main({
      ...{ 'api-key': KEY, comment: 'true', 'github-token': 'ghs_1', thresholds: 'recall[*]@test >= 20' },
      ...{ version: 'new', timeout: '20m', 'train-recipe': '{}' },
    });
    expectNoKey(world, result, BEGINNING);
    expect(inspect(comment.said, { depth: 20 })).not.toContain(BEGINNING);
    expect(world.simulator.requests.map((request) => request.route)).toContain(route);
  });

  test('shows nowhere: in the reason of a failure', async () => {
    const scenario = brief('failed', { failureReason: `weights could not be saved with key ${KEY}` });
    await using world = await openWorld({ scenario, key: KEY });
    const result = await world.main({ 'api-key': KEY });
    expect(result.failures).toEqual([expect.stringContaining('weights could not be saved with key')]);
    expectNoKey(world, result, KEY);
  });
});

const folder = await mkdtemp(path.join(tmpdir(), 'leaks-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a key that was pasted', () => {
  const file = path.join(folder, 'from-outside');
  const past = {
    ...{ schemaVersion: 1, headline: KEY, run: { workspace: 'acme', project: 'hard-hats', version: 6 } },
    models: [{ id: KEY, type: KEY, finished: true, metrics: { map50: 10 }, latencyMs: {} }],
  };
  const against = { thresholds: 'map50 >= baseline', baseline: file };
  test.for<[place: string, given: Readonly<Record<string, string>>, content?: string]>([
    ['a class', { thresholds: `warn: recall[${KEY}] >= 20` }],
    ['a hardware', { thresholds: `warn: latency@${KEY} <= 20`, version: '6', reuse: 'only' }],
    ['a model type', { 'model-type': KEY }],
    ['a project', { project: KEY }],
    ['a baseline', { ...against, baseline: `results/${KEY}`, 'on-missing-baseline': 'skip' }],
    ['a file of rules', { thresholds: file }, `warn: recall[${KEY}] >= 20`],
    [
      'a results file',
      against,
      JSON.stringify({ ...past, run: { ...past.run, jobId: 'j', modelType: KEY } }),
    ],
  ])('shows nowhere: as %s', async ([, given, content]) => {
    if (content !== undefined) await writeFile(file, content);
    await using world = await openWorld({ scenario: brief('fine-tune'), key: KEY });
    expectNoKey(world, await world.main({ 'api-key': KEY, ...given }), BEGINNING);
  });
});
