import { describe, expect, test } from 'vitest';
import { actionsBot, type CommitStatus } from '../../simulator/github.ts';
import type { TrainingPlan } from '../../simulator/scenario.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { headSha, type PayloadName, payloads, tipOfMain } from '../github/payloads.ts';
import { standingOn } from './pending.ts';
import { alreadyRunning, brief } from './scenes.ts';
import { HEAD, openStatusWorld, type StatusWorld, type StatusWorldOptions } from './status-world.ts';

const FORBIDDEN = { kind: 'status', status: 403, message: 'Resource not accessible by integration' } as const;
const MINUTE_MS = 60_000;
/** A status of something else on the commit. */
const OTHER = {
  sha: HEAD,
  context: 'build',
  state: 'success',
  description: null,
  targetUrl: null,
  creator: actionsBot,
} as const;

function withoutId({ id: _, createdAtMs: __, ...status }: CommitStatus) {
  return status;
}

describe('wait: status', () => {
  test('shows that a status can be set, starts the training, and leaves it pending', async () => {
    await using world = await openStatusWorld();
    const beganMs = world.clock.now();
    const step = await world.start();
    expect(world.clock.now() - beganMs).toBeLessThanOrEqual(10_000);
    expect(step.failures).toEqual([]);
    expect(step.given).toMatchObject({ outcome: 'started', version: '7' });
    const id = step.outputs.get('job-id');
    const atS = Math.floor((world.simulator.started()[0]?.createdAtMs ?? 0) / 1000);
    expect(world.github.statuses).toMatchObject([
      {
        sha: HEAD,
        context: 'model-quality',
        state: 'pending',
        description: 'rfdetr-nano on version 7: starting',
        targetUrl: `https://app.roboflow.com/acme/hard-hats/7#type=rfdetr-nano&at=${atS}`,
      },
      {
        sha: HEAD,
        state: 'pending',
        description: 'rfdetr-nano on version 7: queued',
        targetUrl: `https://app.roboflow.com/acme/hard-hats/7#job=${id}&type=rfdetr-nano&route=trainings&at=${atS}`,
      },
    ]);
    expect(step.summaryText).toContain('**The settle action judges it** by its own rules');
    // The last word is looked at once, and set again only if another stands there.
    const asked = world.github.requests.map(({ route }) => route);
    expect(asked).toEqual(['list-statuses', 'create-status', 'create-status', 'list-statuses']);
  });

  test('starts nothing once the timeout has passed, however long GitHub takes for the first status', async () => {
    const faultAt: StatusWorldOptions['faultAt'] = ({ route }, count) =>
      route === 'create-status' && count === 2
        ? { kind: 'secondary-rate-limit', retryAfterS: 100 }
        : undefined;
    await using world = await openStatusWorld({ faultAt });
    const step = await world.start({ timeout: '60s' });
    expect(step.failures).toEqual([
      expect.stringContaining('The timeout passed before a training could be started'),
    ]);
    expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
    expect(world.github.statuses.at(-1)).toMatchObject({ state: 'error' });
  });

  test('is set on GITHUB_SHA without a pull request, and names no version while there is none', async () => {
    const sha = 'c'.repeat(40);
    await using world = await openStatusWorld({ branches: { main: [sha] } });
    const env = { GITHUB_EVENT_PATH: '', GITHUB_SHA: sha, GITHUB_EVENT_NAME: 'push' };
    const step = await world.start({ version: 'new' }, env);
    expect(step.failures).toEqual([]);
    expect(world.github.statuses.map((status) => [status.sha, status.description])).toEqual([
      [sha, 'rfdetr-nano: starting'],
      [sha, 'rfdetr-nano on version 8: queued'],
    ]);
  });

  const newest = 'b'.repeat(40);
  const ofFork = 'eva/site-safety';
  // What each event is about: github/event.test.ts.
  test.each<{ name: PayloadName; repository?: string; commits?: readonly string[]; moves?: true }>([
    { name: 'a pull request' },
    { name: 'pull_request_target from a fork', repository: ofFork },
    { name: 'a remark on a pull request' },
    { name: 'a remark on a pull request', moves: true },
    { name: 'a workflow run of a fork', repository: ofFork },
    { name: 'a workflow run of a fork', repository: ofFork, commits: [headSha, newest] },
    { name: 'a check of a fork', repository: ofFork },
    { name: 'a status' },
  ])(
    'is set on the newest commit that people see, which stays: $name, $commits, $moves',
    async ({ name, repository = 'acme/site-safety', commits = [headSha], moves = false }) => {
      await using world: StatusWorld = await openStatusWorld({
        pullRequests: [{ number: 12, state: 'open', commits, repository }],
        branches: { main: [tipOfMain] },
        onAnswer: ({ route }) => {
          if (moves && route === 'create-status') world.github.push(12, newest);
        },
      });
      const { event, payload } = payloads[name];
      const env = { GITHUB_EVENT_NAME: event, GITHUB_SHA: tipOfMain, GITHUB_REF: 'refs/heads/main' };
      const step = await world.start({}, env, undefined, payload);
      expect(step.failures).toEqual([]);
      const head = commits.at(-1);
      expect(world.github.statuses.map(({ sha }) => sha)).toEqual([head, head]);
    },
  );

  test('starts nothing if the token may not read which commit a pull request stands at', async () => {
    const { event, payload } = payloads['a remark on a pull request'];
    await using world = await openStatusWorld({ faults: { 'pull-request': FORBIDDEN } });
    const step = await world.start({}, { GITHUB_EVENT_NAME: event }, undefined, payload);
    expect(step.failures).toEqual([expect.stringContaining('permissions:\n  pull-requests: read')]);
    expect(world.simulator.started()).toEqual([]);
  });

  const refusing = (message: string) => ({
    'create-status': {
      kind: 'status',
      status: 422,
      message: 'Validation Failed',
      errors: [{ resource: 'Status', code: 'custom', field: 'x', message }],
    } as const,
  });
  const full = 'This SHA and context has reached the maximum number of statuses.';
  const nothing = 'Nothing was started';
  type Refused = readonly [string, RegExp, Readonly<Record<string, string>>, StatusWorldOptions['faults']?];
  test.for<Refused>([
    [
      'the token may not set it',
      /could not be set.*Nothing was started.*permissions:\n {2}statuses: write/s,
      {},
      { 'create-status': FORBIDDEN },
    ],
    [
      'the token may not read it',
      /could not be read.*Nothing was started.*statuses: write/s,
      {},
      { 'list-statuses': FORBIDDEN },
    ],
    ['the token is wrong', /Nothing was started.*Check github-token/, { 'github-token': 'ghs_wrong' }],
    ['there is no token', /github-token: is empty/, { 'github-token': '' }],
    ['GitHub takes no more of the name', /maximum number.*push another.*status-context/, {}, refusing(full)],
    [
      'GitHub lacks the commit',
      /No commit found.*commit is gone/,
      {},
      refusing('No commit found for SHA: a'),
    ],
    ['GitHub says no to something', /x is bad.*refuses it again/, {}, refusing('x is bad')],
    ['its name is too long', /status-context: has 256 char.*255/, { 'status-context': 'x'.repeat(256) }],
    ['its name grows too long', /status-context: has 257/, { 'status-context': `${'x'.repeat(250)}🦊` }],
    ['its model type is too long', /model-type: "x+" is not/, { 'model-type': 'x'.repeat(101) }],
  ])('starts nothing if %s, and says what helps', async ([, expected, inputs, faults = {}]) => {
    await using world = await openStatusWorld({ faults });
    const step = await world.start(inputs);
    expect(step.outputs.get('outcome')).toBe('undecided');
    expect(step.failures).toEqual([expect.stringMatching(expected)]);
    if (Object.keys(inputs).length === 0) expect(step.failures[0]).toContain(nothing);
    expect(step.failures[0]).not.toMatch(/out of order|re-run this job/);
    expect(world.simulator.started()).toEqual([]);
    expect(world.github.statuses).toEqual([]);
    expect(world.github.requests.filter(({ route }) => route === 'create-status').length).toBeLessThan(2);
  });

  test('starts nothing on a commit with 1,000 statuses of that name in any case', async () => {
    await using world = await openStatusWorld();
    for (let count = 0; count < 500; count += 1)
      for (const context of ['model-quality', 'Model-Quality']) world.github.setStatus({ ...OTHER, context });
    const step = await world.start();
    expect(step.failures).toEqual([expect.stringContaining('push another commit')]);
    expect(world.simulator.started()).toEqual([]);
  });

  test.each([
    ['x'.repeat(255), 'x'.repeat(255)],
    ['model 🦊', 'model U+1F98A'],
    ['model 🐻', 'model U+1F43B'],
    ['model \ud83e', 'model \ufffd'],
    ['Modellgüte ✅ (größe, 7)', 'Modellgüte ✅ (größe, 7)'],
  ])('is named %j as %j', async (written, context) => {
    await using world = await openStatusWorld();
    const step = await world.start({ 'status-context': written });
    expect(step.failures).toEqual([]);
    expect(world.github.statuses.map((status) => status.context)).toEqual([context, context]);
  });

  test('has no limit of length without wait: status', async () => {
    await using world = await openStatusWorld();
    const step = await world.start({ wait: 'none', 'status-context': 'x'.repeat(256) });
    expect(step.failures).toEqual([]);
  });

  test.each<readonly [string, Partial<TrainingPlan>, number, RegExp]>([
    ['the last word of a start', {}, 2, /^pending: rfdetr-nano on version 7: queued$/],
    [
      'that nothing was started',
      { refuse: 'credit_cap_exceeded' },
      2,
      /^error: not started: Roboflow answered \d+/,
    ],
    ['a first status that is no longer the newest', {}, 1, /^pending: rfdetr-nano on version 7: queued$/],
  ])('is set again if a first one lands after %s', async (_, plan, nth, expected) => {
    let sets = 0;
    await using world = await openStatusWorld({
      scenario: brief('fine-tune', plan),
      onAnswer: ({ route }) => {
        if (route !== 'create-status') return;
        sets += 1;
        const [starting] = world.github.statuses;
        if (starting !== undefined && sets === nth) world.github.setStatus(withoutId(starting));
      },
    });
    await world.start();
    expect(standingOn(world, HEAD)).toMatch(expected);
  });

  test('stands even if it cannot be looked at after its last word', async () => {
    let lists = 0;
    await using world = await openStatusWorld({
      faultAt: ({ route }) => (route === 'list-statuses' && ++lists > 1 ? FORBIDDEN : undefined),
    });
    const step = await world.start();
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('outcome')).toBe('started');
  });

  test('waits out a GitHub that is down for a minute', async () => {
    let requests = 0;
    await using world = await openStatusWorld({
      faultAt: () => {
        requests += 1;
        return requests % 3 === 0 ? undefined : { kind: 'status', status: 502, message: 'Bad Gateway' };
      },
    });
    const step = await world.start();
    expect(step.failures).toEqual([]);
    expect(standingOn(world, HEAD)).toBe('pending: rfdetr-nano on version 7: queued');
    expect(world.simulator.started()).toHaveLength(1);
  });

  test('of a training that is there leaves that one pending, also if it has ended', async () => {
    await using world = await openStatusWorld({ scenario: alreadyRunning(brief('fine-tune')) });
    const step = await world.start({ reuse: 'finished' });
    expect(step.given).toMatchObject({ outcome: 'started', 'job-status': 'finished' });
    expect(world.github.statuses).toMatchObject([
      { state: 'pending', description: 'rfdetr-nano on version 7: finished' },
    ]);
    expect(world.simulator.started()).toEqual([]);
    await world.settle();
    expect(standingOn(world, HEAD)).toMatch(/^success: Passed/);
  });

  test('sets no status in a dry run', async () => {
    await using world = await openStatusWorld();
    const step = await world.start({ 'dry-run': 'true' });
    expect(step.outputs.get('outcome')).toBe('checked');
    expect(world.github.requests).toEqual([]);
  });

  test('of a start that is interrupted says after an hour that none showed', async () => {
    const controller = new AbortController();
    await using world = await openStatusWorld({
      onAnswer: ({ route }) => {
        if (route === 'create-status') controller.abort(new InterruptedError('SIGTERM'));
      },
    });
    await world.start({}, {}, controller.signal);
    expect(standingOn(world, HEAD)).toBe('pending: rfdetr-nano on version 7: starting');
    await world.settle();
    expect(standingOn(world, HEAD)).toBe('pending: rfdetr-nano on version 7: starting');
    world.clock.pass(61 * MINUTE_MS);
    await world.settle();
    expect(standingOn(world, HEAD)).toBe('error: Not judged: never started (rfdetr-nano on version 7)');
  });
});

describe('a context that is taken on the commit', () => {
  test('fails before the start, on whichever page GitHub shows it, in whatever case', async () => {
    await using world = await openStatusWorld({ longestPage: 30 });
    for (let count = 0; count < 90; count += 1) world.github.setStatus(OTHER);
    const first = await world.start({ 'status-context': 'Model-Quality' });
    for (let count = 0; count < 40; count += 1)
      world.github.setStatus({ ...OTHER, context: `build ${count}` });
    const second = await world.start({ 'model-type': 'rfdetr-small' });
    expect(second.outputs.get('outcome')).toBe('undecided');
    const why = `The status "model-quality" of commit aaaaaaa is taken by training ${first.outputs.get('job-id')}`;
    expect(second.failures).toEqual([
      expect.stringMatching(new RegExp(`${why}.*Nothing was started.*status-context`)),
    ]);
    const pages = world.github.requests.filter(({ route }) => route === 'list-statuses').slice(-3);
    expect(pages.map(({ query }) => query.page)).toEqual([undefined, undefined, '2']);
    expect(world.simulator.started()).toHaveLength(1);
  });

  test('is free for another name', async () => {
    await using world = await openStatusWorld();
    await world.start();
    const second = await world.start({
      'model-type': 'rfdetr-small',
      'status-context': 'model-quality (small)',
    });
    expect(second.failures).toEqual([]);
    world.clock.pass(2 * MINUTE_MS);
    const step = await world.settle();
    expect(JSON.parse(step.outputs.get('settled') ?? '')).toHaveLength(2);
  });

  test('is free for the same training, and once the other has ended', async () => {
    await using world = await openStatusWorld();
    await world.start();
    world.clock.pass(3_000);
    expect((await world.start()).failures).toEqual([]);
    expect(world.simulator.started()).toHaveLength(1);
    world.clock.pass(2 * MINUTE_MS);
    expect((await world.start({ 'model-type': 'rfdetr-small' })).failures).toEqual([]);
    expect(world.simulator.started()).toHaveLength(2);
  });

  test('by a training of another project is not free', async () => {
    await using world = await openStatusWorld();
    world.github.setStatus({
      sha: HEAD,
      context: 'model-quality',
      state: 'pending',
      description: null,
      targetUrl: 'https://app.roboflow.com/acme/other/7#job=job_1&route=jobs&at=1799000000',
      creator: { login: 'eva', type: 'User' },
    });
    const step = await world.start();
    expect(step.failures).toEqual([
      expect.stringContaining('training job_1 of acme/other, which is in flight'),
    ]);
    expect(world.simulator.started()).toEqual([]);
  });
});
