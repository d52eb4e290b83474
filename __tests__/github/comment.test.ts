import { describe, expect, test } from 'vitest';
import { type Account, actionsBot, workflowToken } from '../../simulator/github.ts';
import { markerOf } from '../../src/github/comment.ts';
import { type Conclusion, undecided } from '../../src/report/conclusion.ts';
import { model } from '../build.ts';
import { facts, judged } from '../report/cases.ts';
import { headSha, pullRequestEvent, pushEvent, Scene, type Writing } from './scene.ts';

const comments = '/repos/acme/site-safety/issues/12/comments';
const eva: Account = { login: 'eva', type: 'User' };
const marker = markerOf(
  { workflow: 'train', job: 'gate' },
  { project: 'hard-hats', modelType: 'rfdetr-nano' },
);
const runUrl = 'https://github.example/acme/site-safety/actions/runs/42/attempts/1';
const failing = judged({ thresholds: 'map50 >= 90' });

function by(author: Account, body: string) {
  return { pullRequest: 12, author, body };
}

function chatter(count: number) {
  return Array.from({ length: count }, (_, index) => by(eva, `Remark ${index + 1}`));
}

describe('the comment on a pull request', () => {
  test('is created by the first run, and holds the report behind a hidden marker', async () => {
    await using scene = await Scene.start();
    const log = await scene.write();
    expect(scene.asked()).toEqual([`GET ${comments}`, `POST ${comments}`]);
    expect(scene.github.comments).toMatchObject([{ pullRequest: 12, author: actionsBot }]);
    const [hidden, headline, , origin, , figures] = scene.github.comments[0]?.body.split('\n') ?? [];
    expect(hidden).toMatch(/^<!-- train-gate:[0-9a-f]{20} -->$/);
    expect(headline).toMatch(/^## ✅ Passed/);
    expect(origin).toBe(`Written by [this workflow run](${runUrl}) for commit \`6dcb09b\`.`);
    expect(figures).toMatch(/mAP50-95 61\.7\s%/);
    expect(log).toMatchObject({ warnings: [], failures: [], infos: [expect.stringContaining('#12')] });
  });

  test('is updated in place by the next run', async () => {
    await using scene = await Scene.start();
    await scene.write();
    const [first] = scene.github.comments;
    const log = await scene.write({ conclusion: failing });
    expect(scene.github.comments).toMatchObject([{ id: first?.id, author: actionsBot }]);
    expect(scene.github.comments[0]?.body).toMatch(/^<!-- .* -->\n## ❌ Failed/);
    expect(scene.asked().at(-1)).toBe(`PATCH /repos/acme/site-safety/issues/comments/${first?.id}`);
    expect(log.warnings).toEqual([]);
  });

  test('is found on the third page', async () => {
    const before = [...chatter(240), by(actionsBot, `${marker}\nan older report`), ...chatter(9)];
    await using scene = await Scene.start({ comments: before });
    await scene.write();
    expect(scene.github.comments).toHaveLength(250);
    expect(scene.github.comments[240]?.body).toMatch(/^<!-- .* -->\n## ✅ Passed/);
    const pages = scene.github.requests.map(({ query }) => query.page ?? '1').slice(0, 3);
    expect(pages).toEqual(['1', '2', '3']);
  });

  test.each<readonly [string, Conclusion, string]>([
    ['that failed', failing, '## ❌ Failed'],
    ['that is undecided', undecided('no answer came'), '### ⚠️ Not judged'],
    ['that is started and not waited for', { kind: 'started', inFlight: true }, '## ⏳ Started'],
  ])('tells of a run %s', async (_, conclusion, headline) => {
    await using scene = await Scene.start();
    await scene.write({ conclusion });
    expect(scene.github.comments[0]?.body.split('\n')[1]).toContain(headline);
  });

  test('tells also of a failure before there was a run', async () => {
    await using scene = await Scene.start();
    const conclusion = undecided('project is empty');
    const log = await scene.write({ conclusion, run: undefined });
    expect(scene.github.comments).toHaveLength(1);
    expect(log.warnings).toEqual([]);
  });
});

describe('runs of another kind', () => {
  test.each<readonly [string, Writing]>([
    ['model type of a matrix', { modelType: 'rfdetr-small' }],
    ['project', { project: 'vests' }],
    ['job', { env: { GITHUB_JOB: 'nightly' } }],
    ['workflow', { env: { GITHUB_WORKFLOW: 'other' } }],
  ])('have a comment of their own: another %s', async (_, writing) => {
    await using scene = await Scene.start();
    await scene.write();
    await scene.write(writing);
    await scene.write({ ...writing, conclusion: failing });
    const headlines = scene.github.comments.map(({ body }) => body.split('\n')[1]?.slice(0, 11));
    expect(headlines).toEqual(['## ✅ Passed', '## ❌ Failed']);
  });

  test.each<readonly [string, Writing]>([
    ['another version', { run: { ...facts, version: 8 } }],
    ['another training', { run: { ...facts, jobId: 'job_2' } }],
    ['nothing, as a failure came before there was one', { run: undefined }],
    ['another commit', { env: { GITHUB_SHA: '0'.repeat(40) } }],
  ])('are not those on %s', async (_, writing) => {
    await using scene = await Scene.start();
    await scene.write();
    await scene.write(writing);
    expect(scene.github.comments).toHaveLength(1);
  });
});

describe('a comment of somebody else', () => {
  const tokens = { [workflowToken]: actionsBot, ghp_eva: eva };
  test.each<readonly [string, Account, string, string]>([
    ['a person who pasted the marker', eva, `${marker}\nmine`, workflowToken],
    ['a person who quotes the report', eva, `> ${marker}\nso what?`, workflowToken],
    ['a bot that has the marker further down', actionsBot, `Report:\n${marker}`, workflowToken],
    ["the bot, where the token is a person's", actionsBot, `${marker}\nof the bot`, 'ghp_eva'],
    ["another person, where the token is a person's", { login: 'tom', type: 'User' }, marker, 'ghp_eva'],
  ])('is left alone: %s', async (_, author, body, token) => {
    await using scene = await Scene.start({ tokens, comments: [by(author, body)] });
    const log = await scene.write({ token });
    expect(scene.github.comments).toHaveLength(2);
    expect(scene.github.comments[0]?.body).toBe(body);
    expect(log.warnings).toEqual([]);
  });

  test('that only shows to be of another bot when it is rewritten stays, and the own one is found after it', async () => {
    const other: Account = { login: 'other-app[bot]', type: 'Bot' };
    await using scene = await Scene.start({ comments: [by(other, `${marker}\nof another`)] });
    const logs = [await scene.write(), await scene.write({ conclusion: failing })];
    expect(scene.github.comments.map(({ author, body }) => [author.login, body.split('\n')[1]])).toEqual([
      ['other-app[bot]', 'of another'],
      [actionsBot.login, expect.stringMatching(/^## ❌ Failed/)],
    ]);
    expect(logs.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  test('is not what a comment is that GitHub will not have rewritten so often', async () => {
    const faults = { 'update-comment': { kind: 'secondary-rate-limit' } } as const;
    await using scene = await Scene.start({ faults, comments: [by(actionsBot, `${marker}\nold`)] });
    const { warnings } = await scene.write();
    expect(warnings).toEqual([expect.stringContaining('secondary rate limit')]);
    expect(scene.github.comments).toHaveLength(1);
  });

  test('does not hide the own one of a person whose token it is', async () => {
    const before = [by(actionsBot, `${marker}\nof the bot`), by(eva, `${marker}\nof Eva`)];
    await using scene = await Scene.start({ tokens, comments: before });
    await scene.write({ token: 'ghp_eva' });
    expect(scene.github.comments.map(({ body }) => body.split('\n')[1])).toEqual([
      'of the bot',
      expect.stringContaining('Passed'),
    ]);
  });

  test('is left alone also where GitHub does not say whose the token is', async () => {
    const faults = { 'who-am-i': { kind: 'status', status: 500, message: 'Server Error' } } as const;
    await using scene = await Scene.start({
      tokens,
      faults,
      comments: [by(actionsBot, `${marker}\nof the bot`)],
    });
    const { warnings } = await scene.write({ token: 'ghp_eva' });
    expect(scene.asked().filter((line) => line.startsWith('PATCH'))).toEqual([]);
    expect(warnings.join()).not.toContain('pull-requests: write');
  });

  test('is not forged by a model that has the marker for a name', async () => {
    const models = [model({ id: marker, metrics: { 'map50-95': 60 } })];
    await using scene = await Scene.start();
    await scene.write({ conclusion: judged({ models }), env: { GITHUB_JOB: 'other' } });
    await scene.write();
    expect(scene.github.comments).toHaveLength(2);
  });
});

describe('the pull request', () => {
  test('is that of the event, and nobody is asked for it', async () => {
    await using scene = await Scene.start();
    await scene.write({ env: { GITHUB_SHA: 'a merge commit that no pull request has' } });
    expect(scene.asked()[0]).toBe(`GET ${comments}`);
    expect(scene.github.comments).toHaveLength(1);
  });

  test('of a push is found by its commit: the open one', async () => {
    const pullRequests = [
      { number: 9, state: 'closed' as const, commits: [headSha] },
      { number: 12, state: 'open' as const, commits: [headSha] },
    ];
    await using scene = await Scene.start({ pullRequests });
    const log = await scene.write({ event: pushEvent });
    expect(scene.asked()[0]).toBe(`GET /repos/acme/site-safety/commits/${headSha}/pulls`);
    expect(scene.github.comments.map(({ pullRequest }) => pullRequest)).toEqual([12]);
    expect(log.warnings).toEqual([]);
  });

  test('of a workflow of somebody else is not touched: `number` alone is no pull request', async () => {
    await using scene = await Scene.start();
    await scene.write({ event: { number: 12, issue: { number: 12 } }, env: { GITHUB_SHA: '0'.repeat(40) } });
    expect(scene.github.comments).toEqual([]);
  });

  test('is found on GitHub Enterprise, whose API has a path of its own', async () => {
    await using scene = await Scene.start({ pathPrefix: '/api/v3', comments: chatter(120) });
    await scene.write({ event: pushEvent });
    const log = await scene.write({ event: pushEvent, conclusion: failing });
    expect(scene.github.comments).toHaveLength(121);
    expect(scene.asked().every((line) => line.includes(' /api/v3/'))).toBe(true);
    expect(log.warnings).toEqual([]);
  });
});

describe('the size', () => {
  test.each<readonly [string, string]>([
    ['plain', 'acme/m'],
    ['four bytes a character', '🚀'.repeat(40)],
    ['references for every character', '|'.repeat(100)],
  ])(
    'is what GitHub takes with 10,000 models, and it says how many are left out (%s names)',
    async (_, name) => {
      const models = Array.from({ length: 10_000 }, (_, index) =>
        model({
          id: `${name}${index}`,
          metrics: { 'map50-95': index / 100, map50: index / 100 },
          latency: { T4: 20_000 - index, AI1: 30_000 - index },
        }),
      );
      await using scene = await Scene.start();
      const log = await scene.write({ conclusion: judged({ models }) });
      expect(log.warnings).toEqual([]);
      const [{ body = '' } = {}] = scene.github.comments;
      expect(body.length).toBeLessThanOrEqual(65_536);
      expect(body).toMatch(
        /^\d{4} models more are left out here .*; all are in \[the job summary\]\(https:.*\)\.$/m,
      );
    },
  );
});

test('the event is read as GitHub writes it', async () => {
  await using scene = await Scene.start();
  const event = {
    ...pullRequestEvent,
    repository: { full_name: 'acme/site-safety' },
    sender: { login: 'eva' },
  };
  await scene.write({ event });
  expect(scene.github.comments).toHaveLength(1);
});
