import { describe, expect, test } from 'vitest';
import { type Account, actionsBot, workflowToken } from '../../../simulator/github.ts';
import { keyOf, markedText } from '../../../src/github/comment/marker.ts';
import { type Conclusion, undecided } from '../../../src/report/conclusion.ts';
import { model } from '../../build.ts';
import { facts, judged } from '../../report/cases.ts';
import { headSha, pushEvent, Scene, type Writing } from '../scene.ts';

const eva: Account = { login: 'eva', type: 'User' };
const otherApp: Account = { login: 'other-app[bot]', type: 'Bot' };
const ourApp: Account = { login: 'our-app[bot]', type: 'Bot' };
const runUrl = 'https://github.example/acme/site-safety/actions/runs/42/attempts/1';
const failing = judged({ thresholds: 'map50 >= 90' });
const key = keyOf({ project: 'hard-hats', modelType: 'rfdetr-nano' });

/** The comment of workflow run 41, which judged the same commit. */
function earlier(text = '## earlier'): string {
  const run = { id: 41, attempt: 1, sha: headSha };
  return markedText(text, { key, phase: 'judged' }, run).body;
}

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
    expect(scene.github.comments).toMatchObject([{ pullRequest: 12, author: actionsBot }]);
    const [hidden, headline, , where, , ...table] = scene.github.comments[0]?.body.split('\n') ?? [];
    expect(hidden).toBe(
      `<!-- train-gate:${key} run=42 attempt=1 commit=${headSha} phase=judged text=${scene.said()[0]?.marker?.digest} -->`,
    );
    expect(headline).toMatch(/^### ✅ Passed/);
    expect(where).toContain(` · [**full report**](${runUrl}) · \`6dcb09b\``);
    expect(table.join('\n')).toMatch(/mAP50\s≥\s80\s%\s+\|\s+84\.2\s%/);
    expect(log).toMatchObject({
      notices: [],
      warnings: [],
      failures: [],
      infos: [expect.stringContaining('#12')],
    });
  });

  test('is read again after it was written, and once more when no older run can be about to write', async () => {
    await using scene = await Scene.start();
    const beganMs = scene.clock.now();
    await scene.write();
    expect(scene.routes()).toEqual([
      'graphql',
      'list-comments',
      'pull-request',
      'create-comment',
      'list-comments',
      'list-comments',
    ]);
    expect(scene.clock.now() - beganMs).toBeLessThanOrEqual(10_000);
  });

  test('is updated in place by the next run', async () => {
    await using scene = await Scene.start();
    await scene.write();
    const [first] = scene.github.comments;
    const log = await scene.write({ conclusion: failing, id: 43 });
    expect(scene.github.comments).toMatchObject([{ id: first?.id, author: actionsBot }]);
    expect(scene.said()).toMatchObject([
      { marker: { run: 43 }, heading: expect.stringMatching(/^### ❌ Failed/) },
    ]);
    expect(log.notices).toEqual([]);
  });

  test('is found on the third page', async () => {
    const before = [...chatter(240), by(actionsBot, earlier()), ...chatter(9)];
    await using scene = await Scene.start({ comments: before });
    await scene.write();
    expect(scene.github.comments).toHaveLength(250);
    expect(scene.said()[240]?.heading).toMatch(/^### ✅ Passed/);
    const pages = scene.github.requests.filter(({ route }) => route === 'list-comments').slice(0, 3);
    expect(pages.map(({ query }) => query.page)).toEqual(['1', '2', '3']);
  });

  test.each<readonly [string, Conclusion, string]>([
    ['that failed', failing, '### ❌ Failed'],
    ['that is undecided', undecided('no answer came'), '### ⚠️ Not judged'],
    ['that is started and not waited for', { kind: 'started', inFlight: true }, '### ⏳ Started'],
  ])('tells of a run %s', async (_, conclusion, headline) => {
    await using scene = await Scene.start();
    await scene.write({ conclusion });
    expect(scene.said()[0]?.heading).toContain(headline);
  });

  test('tells also of a failure before there was a training', async () => {
    await using scene = await Scene.start();
    const log = await scene.write({ conclusion: undecided('project is empty'), run: undefined });
    expect(scene.github.comments).toHaveLength(1);
    expect(log.notices).toEqual([]);
  });

  test.each<readonly [string, Writing, string]>([
    [
      'names the head of the pull request, not the merge commit',
      { env: { GITHUB_SHA: 'f'.repeat(40) } },
      '/42/attempts/1',
    ],
    ['links the attempt', { attempt: 3 }, '/42/attempts/3'],
  ])('%s', async (_, writing, page) => {
    await using scene = await Scene.start();
    await scene.write(writing);
    expect(scene.github.comments[0]?.body).toContain(`${page}) · \`6dcb09b\``);
  });

  test('links nothing where a local tool runs the action', async () => {
    await using scene = await Scene.start();
    await scene.write({ env: { GITHUB_RUN_ID: '' } });
    const [, , , where] = scene.github.comments[0]?.body.split('\n') ?? [];
    expect(where).toMatch(/trained 1\sh\s12\smin · `6dcb09b`$/);
  });
});

describe('what a comment is about', () => {
  test.each<readonly [string, Writing]>([
    ['model type of a matrix', { modelType: 'rfdetr-small' }],
    ['project', { project: 'vests' }],
    ['leg of a matrix over something else', { statusContext: 'model-quality (8)' }],
  ])('keeps comments apart: another %s', async (_, writing) => {
    await using scene = await Scene.start();
    await scene.write();
    await scene.write(writing);
    await scene.write({ ...writing, conclusion: failing });
    expect(scene.said().map(({ heading }) => heading?.slice(0, 12))).toEqual([
      '### ✅ Passed',
      '### ❌ Failed',
    ]);
  });

  test.each<readonly [string, Writing]>([
    ['version', { run: { ...facts, version: 8 } }],
    ['training', { run: { ...facts, jobId: 'job_2' } }],
    ['workflow', { env: { GITHUB_WORKFLOW: 'nightly', GITHUB_JOB: 'other' } }],
    ['spelling of the same project', { project: 'Hard-Hats' }],
  ])('does not depend on the %s', async (_, writing) => {
    await using scene = await Scene.start();
    await scene.write();
    await scene.write({ ...writing, id: 43 });
    expect(scene.said()).toMatchObject([{ marker: { run: 43 } }]);
  });

  test('keeps each leg of a matrix at its own comment, whatever the order', async () => {
    await using scene = await Scene.start();
    const legs = ['quality (7)', 'quality (8)', 'quality (9)'];
    const steps = await Promise.all(legs.map((statusContext) => scene.step({ statusContext })));
    await Promise.all(steps.map((step) => step.announce()));
    await Promise.all(steps.toReversed().map((step) => step.conclude()));
    expect(
      scene
        .said()
        .map(({ marker }) => marker?.key)
        .sort(),
    ).toEqual(
      legs
        .map((statusContext) => keyOf({ project: 'hard-hats', modelType: 'rfdetr-nano', statusContext }))
        .sort(),
    );
  });
});

describe('a comment of somebody else', () => {
  const tokens = { [workflowToken]: actionsBot, ghp_eva: eva, ghs_ours: ourApp };
  const tom: Account = { login: 'tom', type: 'User' };
  test.each<readonly [string, Account, string, string]>([
    ['a person who pasted the marker', eva, earlier(), workflowToken],
    ['a person who quotes the report', eva, `> ${earlier()}\nso what?`, workflowToken],
    ['a bot that has the marker further down', actionsBot, `Report:\n${earlier()}`, workflowToken],
    ['another bot, though the token could change its comment', otherApp, earlier(), workflowToken],
    ["the workflow's bot, where the token is an app's", actionsBot, earlier(), 'ghs_ours'],
    ["the workflow's bot, where the token is a person's", actionsBot, earlier(), 'ghp_eva'],
    ["another person, where the token is a person's", tom, earlier(), 'ghp_eva'],
  ])('is left alone: %s', async (_, author, body, token) => {
    await using scene = await Scene.start({ tokens, comments: [by(author, body)] });
    await scene.write({ token });
    const log = await scene.write({ token, id: 43 });
    expect(scene.github.comments).toHaveLength(2);
    expect(scene.github.comments[0]?.body).toBe(body);
    expect(scene.said()[1]).toMatchObject({ marker: { run: 43 } });
    expect(log.notices).toEqual([]);
  });

  test("does not hide the own one of an app's token", async () => {
    const before = [by(actionsBot, earlier('of the bot')), by(ourApp, earlier('of the app'))];
    await using scene = await Scene.start({ tokens, comments: before });
    await scene.write({ token: 'ghs_ours' });
    expect(scene.said().map(({ heading }) => heading)).toEqual([
      'of the bot',
      expect.stringContaining('Passed'),
    ]);
  });

  test('is left alone also where GitHub does not tell whose the token is; the own one stays one', async () => {
    await using scene = await Scene.start({
      tokens,
      hasGraphql: false,
      comments: [by(otherApp, earlier('of another'))],
    });
    await scene.write();
    await scene.write({ id: 43, conclusion: failing });
    expect(scene.said().map(({ heading }) => heading)).toEqual([
      'of another',
      expect.stringContaining('Failed'),
    ]);
  });

  test('is not forged by a model that has the marker for a name', async () => {
    const models = [model({ id: earlier(), metrics: { 'map50-95': 60 } })];
    await using scene = await Scene.start();
    await scene.write({ conclusion: judged({ models }), project: 'vests' });
    await scene.write();
    expect(scene.github.comments).toHaveLength(2);
  });
});

test('GitHub Enterprise, whose API has a path of its own, is asked there', async () => {
  await using scene = await Scene.start({ pathPrefix: '/api/v3', comments: chatter(120) });
  await scene.write({ event: pushEvent });
  const log = await scene.write({ event: pushEvent, conclusion: failing, id: 43 });
  expect(scene.github.comments).toHaveLength(121);
  expect(scene.asked().every((line) => / \/api\/(?:v3|graphql)/.test(line))).toBe(true);
  expect(log.notices).toEqual([]);
});

describe('the size', () => {
  const leftOut =
    /^Left out here: \d{3}\sof\s500\shardware\stargets; all are in \[the job summary\]\(https:.*\)\.$/m;
  test.each<readonly [string, string]>([
    ['plain', 'acme/m'],
    ['four bytes a character', '🚀'.repeat(40)],
    ['references for every character', '|'.repeat(100)],
  ])(
    'is what GitHub takes with 500 targets, and it says how many are left out (%s names)',
    async (_, name) => {
      const models = Array.from({ length: 500 }, (_, index) =>
        model({
          id: `${name}${index}`,
          metrics: { 'map50-95': index / 10 },
          latency: { [`hardware ${index}`]: 1_000 - index },
        }),
      );
      await using scene = await Scene.start();
      const log = await scene.write({ conclusion: judged({ models }) });
      expect(log.notices).toEqual([]);
      const [{ body = '' } = {}] = scene.github.comments;
      expect(body.length).toBeLessThanOrEqual(65_536);
      expect(body).toMatch(leftOut);
    },
  );
});
