import { describe, expect, test } from 'vitest';
import { type Account, actionsBot, workflowToken } from '../../../simulator/github.ts';
import { keyOf, markedText } from '../../../src/github/comment/marker.ts';
import { model } from '../../build.ts';
import { facts, judged } from '../../report/cases.ts';
import { headSha, pushEvent, Scene, type Writing } from '../scene.ts';

const eva: Account = { login: 'eva', type: 'User' };
const tom: Account = { login: 'tom', type: 'User' };
const otherApp: Account = { login: 'other-app[bot]', type: 'Bot' };
const ourApp: Account = { login: 'our-app[bot]', type: 'Bot' };
const runUrl = 'https://github.example/acme/site-safety/actions/runs/42/attempts/1';
const failing = judged({ thresholds: 'map50 >= 90' });
const key = keyOf({ project: 'hard-hats', modelType: 'rfdetr-nano' });

/** The comment of workflow run 41, which judged the same commit. */
function earlier(text = '## earlier'): string {
  return markedText(text, { key, phase: 'judged', run: 41, attempt: 1, sha: headSha }).body;
}

function by(author: Account, body: string) {
  return { pullRequest: 12, author, body };
}

function chatter(count: number) {
  return Array.from({ length: count }, (_, index) => by(eva, `Remark ${index + 1}`));
}

function headings(scene: Scene): readonly (string | undefined)[] {
  return scene.said().map(({ heading }) => heading);
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
    expect(table.join('\n')).toMatch(/`map50 >= 80`\s+\|\s+84\.2\s%/);
    expect(log).toMatchObject({ notices: [], warnings: [], failures: [] });
    expect(log.infos).toEqual(['The comment on pull request #12 is up to date.']);
  });

  test('is updated in place by the next run, and what was answered is not looked at again', async () => {
    await using scene = await Scene.start();
    const beganMs = scene.clock.now();
    await scene.write();
    const [first] = scene.github.comments;
    expect(scene.routes()).toEqual(['graphql', 'pull-request', 'list-comments', 'create-comment']);
    const log = await scene.write({ conclusion: failing, id: 43 });
    expect(scene.routes().slice(4)).toEqual(['graphql', 'pull-request', 'list-comments', 'update-comment']);
    expect(scene.clock.now()).toBe(beganMs);
    expect(scene.github.comments).toMatchObject([{ id: first?.id, author: actionsBot }]);
    expect(scene.said()).toMatchObject([
      { marker: { run: 43 }, heading: expect.stringContaining('❌ Failed') },
    ]);
    expect(log.notices).toEqual([]);
  });

  test('is not written where it says the same already', async () => {
    await using scene = await Scene.start();
    await scene.write();
    const log = await scene.write();
    expect(scene.routes().slice(4)).toEqual(['graphql', 'pull-request', 'list-comments']);
    expect(log.infos).toEqual(['The comment on pull request #12 is up to date.']);
  });

  test.each([100, 30])('is found among 250, also where a page has %i at most', async (longestPage) => {
    const before = [...chatter(240), by(actionsBot, earlier()), ...chatter(9)];
    await using scene = await Scene.start({ comments: before, longestPage });
    await scene.write();
    expect(scene.github.comments).toHaveLength(250);
    expect(headings(scene)[240]).toMatch(/^### ✅ Passed/);
  });

  test.each([1, 3])('is created once where %i lists lack it at first', async (listsBehind) => {
    await using scene = await Scene.start({ listsBehind, comments: chatter(1) });
    const step = await scene.step();
    await step.announce();
    await step.conclude();
    expect(scene.said()).toMatchObject([{ marker: undefined }, { marker: { phase: 'judged' } }]);
  });

  test('is created anew where a person deleted what said that the training goes on', async () => {
    await using scene = await Scene.start();
    const step = await scene.step();
    await step.announce();
    await scene.deleteComment();
    const log = await step.conclude();
    expect(scene.said()).toMatchObject([{ marker: { phase: 'judged' } }]);
    expect(log.notices).toEqual([]);
  });

  test.each<readonly [string, Writing, RegExp]>([
    [
      'names the head of the pull request, not the merge commit',
      { env: { GITHUB_SHA: 'f'.repeat(40) } },
      /\/42\/attempts\/1\) · `6dcb09b`/,
    ],
    ['links the attempt', { attempt: 3 }, /\/42\/attempts\/3\) · `6dcb09b`/],
    [
      'links nothing where a local tool runs the action',
      { env: { GITHUB_RUN_ID: '' } },
      /trained 1\sh\s12\smin, about 2\.4\scredits · `6dcb09b`$/m,
    ],
  ])('%s', async (_, writing, expected) => {
    await using scene = await Scene.start();
    await scene.write(writing);
    expect(scene.github.comments[0]?.body).toMatch(expected);
  });

  test('on GitHub Enterprise, whose API has a path of its own, is written there', async () => {
    await using scene = await Scene.start({ pathPrefix: '/api/v3', comments: chatter(120) });
    await scene.write({ event: pushEvent });
    const log = await scene.write({ event: pushEvent, conclusion: failing, id: 43 });
    expect(scene.github.comments).toHaveLength(121);
    expect(scene.asked().every((line) => / \/api\/(?:v3|graphql)/.test(line))).toBe(true);
    expect(log.notices).toEqual([]);
  });
});

describe('a training that goes on', () => {
  const goesOn = [
    '### ⏳ Training: under way',
    '',
    `[This workflow run](${runUrl}) for commit \`6dcb09b\` writes the verdict here when the training has ended.`,
  ];

  test('is said in the first comment, with the run that will judge it, and replaced by how the step ended', async () => {
    await using scene = await Scene.start({ comments: [by(actionsBot, 'Welcome!')] });
    const step = await scene.step();
    const log = await step.announce();
    expect(scene.github.comments.map(({ body }) => body.split('\n').slice(1))).toEqual([[], goesOn]);
    expect(log).toMatchObject({ infos: [], notices: [], warnings: [], failures: [] });
    await step.conclude();
    expect(headings(scene)).toEqual([undefined, expect.stringContaining('Passed')]);
  });

  test('is said nowhere where there is no pull request', async () => {
    await using scene = await Scene.start({ pullRequests: [] });
    const log = await scene.announce({ event: pushEvent });
    expect(scene.routes()).toEqual(['list-pull-requests']);
    expect(log).toMatchObject({ infos: [], notices: [], warnings: [] });
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
    expect(headings(scene).map((heading) => heading?.slice(0, 12))).toEqual([
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
});

describe('a comment of somebody else', () => {
  const tokens = { [workflowToken]: actionsBot, ghp_eva: eva, ghs_ours: ourApp };
  test.each<readonly [string, Account, string, string]>([
    ['a person who pasted the marker', eva, earlier(), workflowToken],
    ['a person who quotes the report', eva, `> ${earlier()}\nso what?`, workflowToken],
    ['a bot that has the marker further down', actionsBot, `Report:\n${earlier()}`, workflowToken],
    ['another bot, though the token could change its comment', otherApp, earlier(), workflowToken],
    ["the workflow's bot, where the token is an app's", actionsBot, earlier(), 'ghs_ours'],
    ["the workflow's bot, where the token is a person's", actionsBot, earlier(), 'ghp_eva'],
    ["another person, where the token is a person's", tom, earlier(), 'ghp_eva'],
  ])('is left alone, and the own one is found: %s', async (_, author, body, token) => {
    await using scene = await Scene.start({ tokens, comments: [by(author, body)] });
    await scene.write({ token });
    const log = await scene.write({ token, id: 43 });
    expect(scene.github.comments).toHaveLength(2);
    expect(scene.github.comments[0]?.body).toBe(body);
    expect(scene.said()[1]).toMatchObject({ marker: { run: 43 } });
    expect(log.notices).toEqual([]);
  });

  test('is left alone also where GitHub does not tell whose the token is', async () => {
    await using scene = await Scene.start({
      hasGraphql: false,
      comments: [by(otherApp, earlier('of another'))],
    });
    await scene.write();
    await scene.write({ id: 43, conclusion: failing });
    expect(headings(scene)).toEqual(['of another', expect.stringContaining('Failed')]);
  });

  test("does not hide the own one of an app's token", async () => {
    const before = [by(actionsBot, earlier('of the bot')), by(ourApp, earlier('of the app'))];
    await using scene = await Scene.start({ tokens, comments: before });
    await scene.write({ token: 'ghs_ours' });
    expect(headings(scene)).toEqual(['of the bot', expect.stringContaining('Passed')]);
  });

  test('is not forged by a model that has the marker for a name', async () => {
    const models = [model({ id: earlier(), metrics: { 'map50-95': 60 } })];
    await using scene = await Scene.start();
    await scene.write({ conclusion: judged({ models }), project: 'vests' });
    await scene.write();
    expect(scene.github.comments).toHaveLength(2);
  });
});

test('a comment is no larger than GitHub takes, and says what it leaves out', async () => {
  const names = Array.from({ length: 500 }, (_, index) => `${'🚀'.repeat(40)}${index}`);
  const models = names.map((id, index) =>
    model({ id, metrics: { 'map50-95': index / 10 }, latency: { [`hardware ${index}`]: 1_000 - index } }),
  );
  await using scene = await Scene.start();
  const log = await scene.write({ conclusion: judged({ models }) });
  expect(log.notices).toEqual([]);
  const [{ body = '' } = {}] = scene.github.comments;
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body).toMatch(/^Left out here: \d{3}\sof\s500\shardware\stargets; all are in \[the job summary\]/m);
});
