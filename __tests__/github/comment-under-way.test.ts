import { describe, expect, test } from 'vitest';
import { actionsBot, type GithubOptions, workflowToken } from '../../simulator/github.ts';
import { commentWriter } from '../../src/github/comment.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { undecided } from '../../src/report/conclusion.ts';
import { model } from '../build.ts';
import { judged } from '../report/cases.ts';
import { pushEvent, RecordedLog, Scene, type Writing } from './scene.ts';

const secondAttempt: Writing = { env: { GITHUB_RUN_ATTEMPT: '2' } };
const notice =
  '⏳ [A new workflow run](https://github.example/acme/site-safety/actions/runs/42/attempts/2) for commit `6dcb09b` is under way. What stands below is of an earlier one.';

describe('a new run that is under way', () => {
  test('is said over the verdict of an earlier one', async () => {
    await using scene = await Scene.start();
    await scene.write();
    const [marker = '', ...report] = scene.github.comments[0]?.body.split('\n') ?? [];
    const log = await scene.announce(secondAttempt);
    expect(scene.github.comments.map(({ body }) => body)).toEqual([
      [marker, notice, '', ...report].join('\n'),
    ]);
    expect(log).toMatchObject({ warnings: [], failures: [] });
  });

  test('is said once, also where runs before it never came to a verdict', async () => {
    await using scene = await Scene.start();
    await scene.write();
    await scene.announce(secondAttempt);
    const [{ body: before = '' } = {}] = scene.github.comments;
    await scene.announce({ env: { GITHUB_RUN_ATTEMPT: '3' } });
    await scene.announce({ env: { GITHUB_RUN_ATTEMPT: '4' } });
    expect(scene.github.comments.map(({ body }) => body)).toEqual([
      before.replace('attempts/2', 'attempts/4'),
    ]);
  });

  test('leaves nothing behind when it ends', async () => {
    await using scene = await Scene.start();
    await scene.write();
    const before = scene.github.comments;
    await scene.announce(secondAttempt);
    await scene.write();
    expect(scene.github.comments).toEqual(before);
  });

  test('leaves the line of a run that was not waited for below its own', async () => {
    await using scene = await Scene.start();
    await scene.write({ conclusion: { kind: 'started', inFlight: true } });
    await scene.announce(secondAttempt);
    expect(scene.github.comments[0]?.body.split('\n').filter((line) => line.includes('⏳'))).toEqual([
      notice,
      expect.stringMatching(/^## ⏳ Started/),
    ]);
  });

  test('is no reason for a first comment', async () => {
    await using scene = await Scene.start({
      comments: [{ pullRequest: 12, author: actionsBot, body: 'Welcome!' }],
    });
    await scene.announce();
    expect(scene.github.comments.map(({ body }) => body)).toEqual(['Welcome!']);
  });

  test('fits over a report that is as large as can be', async () => {
    const models = Array.from({ length: 5_000 }, (_, index) =>
      model({ id: `acme/m${index}`, metrics: { 'map50-95': index / 100 } }),
    );
    await using scene = await Scene.start();
    await scene.write({ conclusion: judged({ models }) });
    await scene.announce(secondAttempt);
    const [{ body = '' } = {}] = scene.github.comments;
    expect(body).toContain(notice);
    expect(body.length).toBeGreaterThan(60_000);
  });

  test.each<{ name: string; options: GithubOptions; writing: Writing }>([
    {
      name: 'GitHub is down',
      options: { faults: { '*': { kind: 'status', status: 503, message: 'Unavailable' } } },
      writing: {},
    },
    { name: 'GitHub hangs', options: { faults: { '*': { kind: 'hang' } } }, writing: { deadlineMs: 50 } },
    { name: 'the token may not', options: { tokens: {} }, writing: {} },
    { name: 'there is no token', options: {}, writing: { token: '' } },
    {
      name: 'there is no pull request',
      options: { pullRequests: [] },
      writing: { event: pushEvent },
    },
  ])('is kept for the debug log where $name', async ({ options, writing }) => {
    await using scene = await Scene.start(options);
    const log = await scene.announce(writing);
    expect(log).toMatchObject({ infos: [], warnings: [], failures: [] });
    expect(log.details).toHaveLength(1);
  });
});

describe('after the runner has asked the step to end', () => {
  const inputs = { project: 'hard-hats', modelType: 'rfdetr-nano', token: workflowToken };
  test('nothing more is said to be under way, and the end of the run is', async () => {
    await using scene = await Scene.start();
    await scene.write();
    const interruption = new AbortController();
    interruption.abort(new InterruptedError('SIGTERM'));
    const writer = commentWriter(await scene.environment(), new RecordedLog(), interruption.signal);
    const asked = scene.asked().length;
    await writer.underWay(inputs);
    expect(scene.asked()).toHaveLength(asked);
    await writer.conclude(undecided('interrupted'), undefined, inputs);
    expect(scene.github.comments).toHaveLength(1);
    expect(scene.github.comments[0]?.body).toContain('### ⚠️ Not judged: interrupted');
  });

  test('GitHub that hangs is given up before the runner kills the step', async () => {
    await using scene = await Scene.start({ faults: { '*': { kind: 'hang' } } });
    const log = new RecordedLog();
    const writer = commentWriter(await scene.environment(), log, AbortSignal.abort());
    await writer.conclude(undecided('interrupted'), undefined, inputs);
    expect(log.warnings).toEqual([expect.stringContaining('job summary')]);
  }, 8_000);
});
