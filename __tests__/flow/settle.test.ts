import { describe, expect, test } from 'vitest';
import { actionsBot } from '../../simulator/github.ts';
import { readTargetUrl } from '../../src/github/status/target-url.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { START_MS } from './clock.ts';
import { expectNoKey } from './no-key.ts';
import { headOf, IN_FLIGHT, openPendingWorld, setPending, standing, standingOn } from './pending.ts';
import { brief } from './scenes.ts';
import { HEAD, openStatusWorld } from './status-world.ts';

const MINUTE_MS = 60_000;

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
    expect(standingOn(world, HEAD)).toBe('success: Passed: mAP50 84.2 % (≥ 80 %) (rfdetr-nano on version 7)');
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
    expect(standingOn(world, HEAD)).toBe(
      'failure: Failed: mAP50 is 84.2 % (≥ 90 %) (rfdetr-nano on version 7)',
    );
  });

  test.each([
    [
      'failed',
      brief('fine-tune', { end: 'failed', endsAt: 0.5, failureReason: 'Out of memory.' }),
      {},
      /^error: Not judged: the training failed: Out of memory/,
    ],
    ['shows no metrics', brief('no-metrics'), {}, /^error: Not judged: no metrics were reported/],
    [
      'has no baseline to compare with',
      brief('fine-tune'),
      { baseline: '4', thresholds: 'map50 >= baseline' },
      /^error: Not judged: There is no baseline/,
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
  });

  test('advises nothing that only the starting step can do if there is no baseline', async () => {
    await using world = await openStatusWorld({ scenario: brief('fine-tune') });
    await world.start();
    world.clock.pass(2 * MINUTE_MS);
    const step = await world.settle({ baseline: '4', thresholds: 'map50 >= baseline' });
    expect(step.summaryText).toContain('set on-missing-baseline to "skip"');
    expect(step.summaryText).not.toContain('set job-id to');
  });

  test('looks at branches and the merge queue too, and warns of a branch that is not there', async () => {
    const [main, release, queued] = [headOf(1), headOf(2), headOf(3)];
    const branches = {
      main: [headOf(9), main],
      'release/1': [release],
      'gh-readonly-queue/main/pr-12-abc': [queued],
    };
    await using world = await openPendingWorld({ count: 3, pullRequests: [], branches });
    await world.settle();
    expect(standing(world)).toEqual({ success: 2, pending: 1 });
    expect(standingOn(world, release)).toMatch(/^pending/);
    const step = await world.settle({ branches: 'refs/heads/release/1\nrelease/2' });
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
  test('is never replaced', async () => {
    await using world = await openPendingWorld({
      onRequest: (request) => {
        if (request.route === 'graphql' && JSON.stringify(request.body).includes('nodes(ids'))
          world.github.setStatus({ ...standingStatus(), description: 'rfdetr-nano on version 7: starting' });
      },
    });
    const standingStatus = () => {
      const status = world.github.statuses[0];
      if (status === undefined) throw new Error('there is no status');
      const { id: _, createdAtMs: __, ...rest } = status;
      return rest;
    };
    const step = await world.settle();
    expect(standingOn(world, headOf(1))).toBe('pending: rfdetr-nano on version 7: starting');
    expect(step.given).toEqual({ settled: '[]', pending: '0' });
    expect(step.summaryText).toContain('A newer status stands there now, and stays');
  });

  test('of another settle is the same one', async () => {
    await using world = await openPendingWorld({ count: 4 });
    const steps = await Promise.all([world.settle(), world.settle()]);
    expect(steps.flatMap(({ failures }) => failures)).toEqual([]);
    expect(standing(world)).toEqual({ success: 4 });
    for (const step of steps) expect(step.outputs.get('pending')).toBe('0');
  });
});

describe('a status that settle must not believe', () => {
  const person = { login: 'eva', type: 'User' } as const;
  test.each([
    ['by a person', { creator: person }],
    ['by a person with the name of the bot', { creator: { login: 'github-actions', type: 'User' } as const }],
    ['by another app', { creator: { login: 'other-app[bot]', type: 'Bot' } as const }],
    ['by a deleted account', { creator: null }],
    ['with an id that is a path', { targetUrl: url('..%2F..%2Fother%2Fjobs%2F1') }],
    ['with an id that ends the path', { targetUrl: url('x%3Fapi_key%3D1') }],
    ['of another project', { targetUrl: url('job_1').replace('hard-hats', 'soft-hats') }],
    ['on another host', { targetUrl: url('job_1').replace('app.roboflow.com', 'evil.example') }],
    ['with a verdict in it', { targetUrl: `${url('job_1')}&outcome=passed` }],
    ['without a target', { targetUrl: null }],
    ['of another name', { context: 'model-quality-2' }],
  ])('is left alone: %s', async (_, changes) => {
    await using world = await openStatusWorld();
    const subject = readTargetUrl(url(world.simulator.trainings[0]?.jobId ?? ''));
    if (subject === undefined) throw new Error('the form of a target URL has changed');
    setPending(world.github, HEAD, subject, { createdAtMs: START_MS - 99 * 24 * 60 * MINUTE_MS, ...changes });
    const step = await world.settle();
    expect(step.failures).toEqual([]);
    expect(world.github.statuses).toHaveLength(1);
    expect(world.simulator.requests).toEqual([]);
  });

  /** Of a training on version 7, with an id as it is written in the fragment. */
  function url(id: string): string {
    return `https://app.roboflow.com/acme/hard-hats/7#job=${id}&type=rfdetr-nano&route=jobs&at=1799000000`;
  }
});

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
});
