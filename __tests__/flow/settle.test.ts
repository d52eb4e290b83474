import { describe, expect, test } from 'vitest';
import { type Account, actionsBot, type GithubFault, type GithubRequest } from '../../simulator/github.ts';
import { type StatusSubject, targetUrlOf } from '../../src/github/status/target-url.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { START_MS } from './clock.ts';
import { expectNoKey } from './no-key.ts';
import { headOf, IN_FLIGHT, openPendingWorld, setPending, standing, standingOn } from './pending.ts';
import { brief } from './scenes.ts';
import { HEAD, openStatusWorld } from './status-world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LONG_AGO_MS = START_MS - 99 * 24 * 60 * MINUTE_MS;
const PASSED = 'Passed: mAP50 84.2 %, wanted 80 % or more (rfdetr-nano on version 7)';
const SUBJECT: StatusSubject = {
  app: 'https://app.roboflow.com',
  workspace: 'acme',
  project: 'hard-hats',
  version: 7,
  modelType: 'rfdetr-nano',
  job: { id: 'job_1', route: 'jobs' },
  startedAtS: 1_799_000_000,
};

/** Its target URL, with an id as it is written in the fragment. */
function url(id: string): string {
  return targetUrlOf(SUBJECT).replace('job_1', id);
}

describe('settle', () => {
  test('follows a training while it is in flight, and judges it once it has ended', async () => {
    const scenario = brief('fine-tune', { queueMs: 10_000, trainMs: 40_000 });
    await using world = await openStatusWorld({ routes: 'jobs', scenario });
    const started = await world.start();
    world.clock.pass(29_000);
    const first = await world.settle();
    expect(first.failures).toEqual([]);
    expect(first.given).toEqual({ settled: '[]', pending: '1' });
    expect(standingOn(world, HEAD)).toBe('pending: rfdetr-nano on version 7: training, 50 %');
    world.clock.pass(MINUTE_MS);
    const second = await world.settle();
    expect(second.failures).toEqual([]);
    expect(standingOn(world, HEAD)).toBe(`success: ${PASSED}`);
    expect(second.outputs.get('pending')).toBe('0');
    expect(JSON.parse(second.outputs.get('settled') ?? '')).toEqual([
      {
        sha: HEAD,
        'pull-request': 12,
        'job-id': started.outputs.get('job-id'),
        'model-type': 'rfdetr-nano',
        version: 7,
        outcome: 'passed',
        'model-id': expect.stringContaining('acme/hard-hats-7'),
        map50: 84.2,
        'map50-95': 61.7,
      },
    ]);
    expect(second.summaryText).toMatch(/^## ✅ Settled: 1 passed\n\n\| Commit /);
    expect(second.summaryText).toContain(
      '<details><summary>Report of rfdetr-nano for aaaaaaa</summary>\n\n## ✅ Passed',
    );
    expectNoKey(world, second);
    expect((await world.settle()).notices).toEqual(['Nothing is pending']);
  });

  test('judges by its own rules, whatever those of the start were', async () => {
    await using world = await openStatusWorld();
    await world.start({ thresholds: 'map50 >= 10' });
    world.clock.pass(MINUTE_MS);
    const step = await world.settle({ thresholds: 'map50 >= 90' });
    expect(step.failures).toEqual([]);
    expect(step.warnings).toEqual([
      'aaaaaaa: Failed: mAP50 84.2 %, wanted 90 % or more (rfdetr-nano on version 7). https://app.roboflow.com/acme/hard-hats/7',
    ]);
    expect(standingOn(world, HEAD)).toBe(
      'failure: Failed: mAP50 84.2 %, wanted 90 % or more (rfdetr-nano on version 7)',
    );
  });

  test.each([
    [
      'failed',
      brief('fine-tune', { end: 'failed', endsAt: 0.5, failureReason: 'Out of memory 🦊.' }),
      {},
      /^error: Not judged: the training failed: Out of memory U\+1F98A/,
    ],
    [
      'has no baseline to compare with',
      brief('fine-tune'),
      { baseline: '4', thresholds: 'map50 >= baseline' },
      /^error: Not judged: no baseline: no training has succeeded on version 4/,
    ],
    [
      'is better than its baseline',
      brief('fine-tune'),
      { baseline: 'previous', thresholds: 'map50 >= baseline' },
      /^success: /,
    ],
  ] as const)('sets the last word of a training that %s', async (_, scenario, inputs, expected) => {
    await using world = await openStatusWorld({ scenario });
    await world.start();
    world.clock.pass(2 * MINUTE_MS);
    const step = await world.settle(inputs);
    expect(step.failures).toEqual([]);
    expect(standingOn(world, HEAD)).toMatch(expected);
    // Only the starting step can do that.
    expect(step.summaryText).not.toContain('set job-id to');
  });

  test('looks at branches and the merge queue too, and warns of a branch that is not there', async () => {
    const [main, release, queued] = [headOf(1), headOf(2), headOf(3)];
    const branches = {
      main: [headOf(9), main],
      'release/1#b': [release],
      'gh-readonly-queue/main/pr-12-abc': [queued],
    };
    await using world = await openPendingWorld({ count: 3, pullRequests: [], branches });
    await world.settle();
    expect(standing(world)).toEqual({ success: 2, pending: 1 });
    expect(standingOn(world, release)).toMatch(/^pending/);
    const step = await world.settle({ branches: '# the two\nrefs/heads/release/1#b # old\nrelease/2' });
    expect(standing(world)).toEqual({ success: 3 });
    expect(step.warnings).toEqual([expect.stringContaining('There is no branch "release/2"')]);
    expect(step.failures).toEqual([]);
  });

  test.each(['pull_request', 'pull_request_review'])('refuses to run on %s', async (event) => {
    await using world = await openPendingWorld();
    const step = await world.settle({}, { GITHUB_EVENT_NAME: event });
    expect(step.failures).toEqual([expect.stringContaining(`a workflow run for the event ${event}`)]);
    expect(standing(world)).toEqual({ pending: 1 });
    expect(world.github.requests).toEqual([]);
  });

  test('tells all mistakes in its inputs together', async () => {
    await using world = await openPendingWorld();
    const step = await world.settle({ thresholds: 'map50 >= 0.8', 'max-age': 'soon', 'github-token': '' });
    expect(step.failures).toEqual([
      expect.stringMatching(/^Nothing was settled.*\n- thresholds, line 1.*\n- github-token.*\n- max-age/),
    ]);
    expect(world.github.requests).toEqual([]);
  });

  test('takes no training for another one that the same status names', async () => {
    await using world = await openPendingWorld();
    const [subject] = world.subjects;
    if (subject) setPending(world.github, headOf(1), { ...subject, modelType: 'rfdetr-large' });
    await world.settle();
    expect(standingOn(world, headOf(1))).toMatch(
      /^error: Not judged: training \w+ is a rfdetr-nano, and the/,
    );
  });
});

describe('a newer status', () => {
  const isReread = ({ body }: GithubRequest) => JSON.stringify(body).includes('nodes(ids');
  const own = { creator: actionsBot, createdAtMs: START_MS } as const;

  test.each<readonly [string, Parameters<typeof setPending>[3], string]>([
    ['of another training', { ...own, targetUrl: url('job_9') }, '1'],
    ['with its last word', { ...own, state: 'success', description: 'by hand' }, '0'],
    ['by a person', { ...own, creator: { login: 'eva', type: 'User' } }, '1'],
    ['in another case', { ...own, context: 'Model-Quality' }, '1'],
    [
      'by a person that says the same',
      { ...own, creator: { login: 'eva', type: 'User' }, state: 'success', description: PASSED },
      '0',
    ],
  ])('stays: %s', async (_, changes, left) => {
    let rereads = 0;
    await using world = await openPendingWorld({
      count: 2,
      onRequest: (request) => {
        // It comes while the first of two is written.
        if (request.route === 'create-status' && rereads === 1 && other !== undefined)
          setPending(world.github, headOf(2), other, changes);
        if (isReread(request)) rereads += 1;
      },
    });
    const [, other] = world.subjects;
    const step = await world.settle();
    const newest = world.github.statuses.findLast(({ sha }) => sha === headOf(2));
    expect(newest).toMatchObject(changes ?? {});
    expect(standingOn(world, headOf(1))).toBe(`success: ${PASSED}`);
    expect(JSON.parse(step.outputs.get('settled') ?? '')).toHaveLength(1);
    expect(step.outputs.get('pending')).toBe(left);
    expect(step.failures).toEqual([]);
    expect(step.summaryText).toContain('A newer status stands there now, and stays');
  });

  test('of another settle is the same one', async () => {
    await using world = await openPendingWorld({ count: 4 });
    const steps = await Promise.all([world.settle(), world.settle()]);
    expect(steps.flatMap(({ failures }) => failures)).toEqual([]);
    expect(standing(world)).toEqual({ success: 4 });
    for (const step of steps) expect(step.outputs.get('pending')).toBe('0');
  });

  test('is looked for right before each write, of that commit alone, and verdicts come before progress', async () => {
    await using world = await openPendingWorld({ plans: [IN_FLIGHT, {}, IN_FLIGHT, {}] });
    await world.settle();
    const asked = world.github.requests.flatMap((request) => {
      if (request.route === 'create-status') return `set ${request.path.split('/').at(-1)}`;
      return isReread(request) ? `read ${/"C_(\w+)"\]/.exec(JSON.stringify(request.body))?.[1]}` : [];
    });
    const inOrder = [2, 4, 1, 3].map(headOf).flatMap((sha) => [`read ${sha}`, `set ${sha}`]);
    expect(asked).toEqual(inOrder);
  });
});

describe('a status that settle must not believe', () => {
  const person = { login: 'eva', type: 'User' } as const;
  // All of them: github/status/trust.test.ts.
  test.each([
    ['by a deleted account', { creator: null }, /a deleted account/],
    ['of another project', { targetUrl: url('job_1').replace('hard-hats', 'soft-hats') }, /another project/],
    ['in another case', { context: 'Model-QUALITY (x)', creator: person }, /"Model-QUALITY \(x\)".*eva/],
  ])('is left alone, counted and named: %s', async (_, changes, why) => {
    await using world = await openStatusWorld();
    setPending(world.github, HEAD, SUBJECT, { createdAtMs: LONG_AGO_MS, ...changes });
    const step = await world.settle();
    expect(step.failures).toEqual([]);
    expect(step.given).toEqual({ settled: '[]', pending: '1' });
    expect(step.warnings).toEqual([expect.stringMatching(why)]);
    expect(step.warnings[0]).toMatch(/left alone, and may block a merge/);
    expect(step.notices).toEqual(['Settled: nothing; 1 left alone']);
    expect(step.summaryText).toMatch(/\| #12 \| `model-quality.*` \| ✋ Left alone, and pending: /i);
    expect(world.github.statuses).toHaveLength(1);
    expect(world.simulator.requests).toEqual([]);
  });

  test('is named in one warning with others, the first of them', async () => {
    await using world = await openStatusWorld();
    for (let leg = 1; leg <= 8; leg += 1)
      setPending(world.github, HEAD, SUBJECT, { context: `model-quality (${leg})`, creator: person });
    const step = await world.settle();
    expect(step.outputs.get('pending')).toBe('8');
    expect(step.warnings).toEqual([expect.stringMatching(/\(1\)".*\(5\)".*; 3 more, all in the summary/)]);
  });
});

test.each(['Model-Quality', 'MODEL-QUALITY (rfdetr-nano)'])(
  'a status is settled under the name %s that it was set by',
  async (context) => {
    await using world = await openPendingWorld({ count: 1 });
    const [subject] = world.subjects;
    if (subject === undefined) throw new Error('there is no training');
    setPending(world.github, headOf(1), subject, { context });
    const step = await world.settle();
    expect(step.failures).toEqual([]);
    expect(world.github.statuses.at(-1)).toMatchObject({ context, state: 'success' });
    expect(step.outputs.get('pending')).toBe('0');
  },
);

test('an interruption ends settle at once, and what is not set yet stays pending', async () => {
  const controller = new AbortController();
  await using world = await openPendingWorld({
    count: 3,
    plan: IN_FLIGHT,
    onRoboflow: () => controller.abort(new InterruptedError('SIGTERM')),
  });
  const step = await world.settle({}, {}, controller.signal);
  expect(step.failures).toEqual([expect.stringContaining('Interrupted by SIGTERM')]);
  expect(standing(world)).toEqual({ pending: 3 });
});

describe('the comment', () => {
  const asked = { comment: 'true' };

  test('is one for the start and its verdict', async () => {
    await using world = await openStatusWorld();
    await world.start(asked);
    expect(world.github.comments).toMatchObject([
      {
        pullRequest: 12,
        author: actionsBot,
        body: expect.stringContaining('### ⏳ Started: not judged yet'),
      },
    ]);
    world.clock.pass(MINUTE_MS);
    const step = await world.settle(asked);
    expect(step.notices).toEqual(['Settled: 1 passed']);
    expect(world.github.comments).toMatchObject([
      { body: expect.stringMatching(/### ✅ Passed: mAP50\s84\.2[\s\S]*`aaaaaaa`/) },
    ]);
  });

  test('that cannot be written is one notice, and the status stands', async () => {
    const refusal = {
      kind: 'status',
      status: 403,
      message: 'Resource not accessible by integration',
    } as const;
    await using world = await openPendingWorld({ count: 2, faults: { 'create-comment': refusal } });
    const step = await world.settle(asked);
    expect(step.failures).toEqual([]);
    expect(standing(world)).toEqual({ success: 2 });
    expect(step.notices[0]).toMatch(
      /the comment on pull request #\d was not written.*So were 1 more.*pull-requests: write/i,
    );
  });

  describe('that lags behind its status', () => {
    const refusal = { kind: 'status', status: 403, message: 'Resource not accessible' } as const;
    const STARTED = /^### ⏳ Started/m;
    const BROUGHT = /^### ✅ Passed.*84\.2.*\n\nSo says the commit status `model-quality`/m;

    test.each<readonly [string, first: Readonly<Record<string, string>>, passMs: number, seen: RegExp]>([
      ['since GitHub refused it', asked, 0, BROUGHT],
      ['since that settle was told not to comment', {}, 0, BROUGHT],
      ['for longer than two hours', {}, 3 * HOUR_MS, STARTED],
    ])('%s is what the next settle leaves as it should', async (_, first, passMs, seen) => {
      let isFirst = true;
      await using world = await openStatusWorld({
        faultAt: ({ route }) => (isFirst && route === 'update-comment' ? refusal : undefined),
      });
      await world.start(asked);
      world.clock.pass(MINUTE_MS);
      await world.settle(first);
      expect(world.github.statuses.at(-1)?.state).toBe('success');
      expect(world.github.comments).toMatchObject([{ body: expect.stringMatching(STARTED) }]);
      isFirst = false;
      world.clock.pass(passMs);
      const before = world.simulator.requests.length;
      const step = await world.settle(asked);
      expect(step.failures).toEqual([]);
      expect(world.simulator.requests).toHaveLength(before);
      expect(world.github.comments).toMatchObject([{ body: expect.stringMatching(seen) }]);
    });

    const same = (body: string) => body;
    const joe = { login: 'joe', type: 'User' } as const;

    test.each<
      readonly [string, edit: (body: string) => string, author: Account, isLater: boolean, changed: boolean]
    >([
      ['is as the start has left it', same, actionsBot, false, true],
      ['was written after the status, by a newer start', same, actionsBot, true, false],
      ['is of somebody else', same, joe, false, false],
      ['is of another commit', (body) => body.replace(/commit=a/, 'commit=b'), actionsBot, false, false],
      ['is of another subject', (body) => body.replace(/gate:\w{4}/, 'gate:0000'), actionsBot, false, false],
      ['has a verdict', (body) => body.replace('⏳ Started', '❌ Failed'), actionsBot, false, false],
    ])('%s', async (_, edit, author, isLater, changed) => {
      await using first = await openStatusWorld();
      await first.start(asked);
      const body = edit(first.github.comments[0]?.body ?? '');
      const updatedAtMs = START_MS + (isLater ? HOUR_MS : 0);
      const comments = [{ pullRequest: 12, author, body, updatedAtMs }];
      await using world = await openStatusWorld({ comments });
      await world.start();
      world.clock.pass(MINUTE_MS);
      await world.settle();
      await world.settle(asked);
      expect(world.github.comments.map((comment) => comment.body !== body)).toEqual([changed]);
    });

    test('is written once', async () => {
      await using world = await openStatusWorld();
      await world.start(asked);
      world.clock.pass(MINUTE_MS);
      for (const _ of [1, 2, 3]) await world.settle(asked);
      const updates = () => world.github.requests.filter(({ route }) => route === 'update-comment');
      expect(updates()).toHaveLength(1);
      expect(world.github.comments).toMatchObject([{ body: expect.stringMatching(/^### ✅ Passed/m) }]);
    });
  });

  test('is written only where the status was', async () => {
    const path = `/repos/acme/site-safety/statuses/${headOf(1)}`;
    const refusal = { kind: 'status', status: 422, message: 'Validation Failed' } as const;
    await using world = await openPendingWorld({
      count: 3,
      faultAt: (request) => (request.path === path ? refusal : undefined),
      onRequest: (request) => {
        const [, , third] = world.github.statuses;
        const isLast = JSON.stringify(request.body).includes(`C_${headOf(3)}`);
        if (isLast && third !== undefined) setPending(world.github, headOf(3), SUBJECT);
      },
    });
    const step = await world.settle(asked);
    expect(standing(world)).toEqual({ success: 1, pending: 2 });
    expect(world.github.comments).toMatchObject([{ pullRequest: 2 }]);
    expect(step.failures).toEqual([
      expect.stringMatching(/stays pending: GitHub answered 422.*refuses it again/),
    ]);
  });

  test.each<readonly [string, GithubFault]>([
    ['a limit longer than its patience', { kind: 'secondary-rate-limit', retryAfterS: 600 }],
    ['an outage', { kind: 'status', status: 503, message: 'Unavailable' }],
  ])('is not tried on others after %s', async (_, fault) => {
    await using world = await openPendingWorld({ count: 4, faults: { 'create-comment': fault } });
    const step = await world.settle(asked);
    expect(standing(world)).toEqual({ success: 4 });
    const tried = world.github.requests.filter(({ route }) => route === 'create-comment');
    expect(new Set(tried.map(({ path }) => path)).size).toBe(1);
    expect(step.notices[0]).toMatch(/comment on pull request #1 was not written.*So were 3 more/);
    expect(world.clock.now() - START_MS).toBeLessThanOrEqual(140_000);
  });
});
