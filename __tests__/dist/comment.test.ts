import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Github, workflowToken } from '../../simulator/github.ts';
import { projectRoot } from '../../simulator/runner.ts';
import { nth } from '../flow/interrupt.ts';
import { brief } from '../flow/scenes.ts';
import { pushEvent, Scene } from '../github/scene.ts';
import { expectFailedClosed, interrupt } from './interrupt.ts';
import { noticesOf, type RunOptions, type RunResult, runAgainst, warningsOf } from './run.ts';
import { startTimed } from './timed.ts';

/** A fine-tune that reaches map50 84.2. */
const scenario = brief('fine-tune');

/** Runs the bundle on a fine-tune that reaches map50 84.2. */
async function runAction(options: RunOptions): Promise<RunResult> {
  await using simulator = await startTimed({ scenario });
  const inputs = { 'github-token': workflowToken, ...options.inputs };
  return await runAgainst(simulator, { ...options, inputs });
}

/** What a workflow sees of a step, without what differs from run to run. */
function seen({ exitCode, outputs, summary }: RunResult) {
  const { 'results-file': _, 'report-file': __, ...values } = outputs;
  return { exitCode, values, summary: summary.replace(/^\| (?:Queued|Trained).*\n/gm, '') };
}

/** Fails if the token shows anywhere but in the lines that mask it. */
function expectNoToken({ stdout, files, ...rest }: RunResult, { comments }: Github): void {
  const log = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  const places = { ...rest, log, files: [...files.values()], comments };
  expect(JSON.stringify(places)).not.toContain(workflowToken);
}

const PASSED: unknown = expect.stringMatching(/^Passed: /);
const UNWRITTEN: unknown = expect.stringContaining('The comment on the pull request was not written: ');

describe('the bundle', () => {
  let withoutComment: ReturnType<typeof seen> | undefined;
  beforeAll(async () => {
    withoutComment = seen(await runAction({ inputs: {} }));
    expect(withoutComment).toMatchObject({ exitCode: 0, values: { outcome: 'passed' } });
  });

  test.concurrent('leaves one comment on the pull request over two workflow runs, with the heading of the summary', async () => {
    await using scene = await Scene.start();
    const env = { ...(await scene.environment()), RUNNER_DEBUG: '1' };
    await runAction({ inputs: { comment: 'true', thresholds: 'map50 >= 90' }, env });
    expect(scene.github.comments[0]?.body).toMatch(/\n### ❌ Failed/);
    const result = await runAction({ inputs: { comment: 'true' }, env });
    expect(scene.github.comments).toHaveLength(1);
    const [, heading] = scene.github.comments[0]?.body.split('\n') ?? [];
    expect(heading).toBe(`#${result.summary.split('\n')[0]}`);
    expect(heading).toMatch(/^### ✅ Passed/);
    expect(seen(result)).toMatchObject({ exitCode: 0, values: { outcome: 'passed' } });
    expect(warningsOf(result)).toEqual([]);
    expectNoToken(result, scene.github);
    expect(scene.github.requests.at(-1)?.headers.authorization).toBe(`token ${workflowToken}`);
  });

  test.concurrent('puts an interruption in place of an older verdict, by its post step', async () => {
    await using scene = await Scene.start();
    await scene.write({ id: 41, statusContext: 'model-quality' });
    const inputs = { comment: 'true', 'github-token': workflowToken };
    const at = nth('poll', 1);
    const env = await scene.environment();
    await interrupt({ scenario, signal: 'SIGTERM', at, inputs, env }, (interrupted) => {
      expectFailedClosed(interrupted, 'SIGTERM');
    });
    expect(scene.github.comments).toHaveLength(1);
    expect(scene.github.comments[0]?.body).toMatch(/^<!--.*\n### ⚠️ Not judged: interrupted by SIGTERM/);
  });

  test.concurrent('is as green and says as much when the token may not write, but for one notice, and the token shows nowhere', async () => {
    const message = 'Resource not accessible by integration';
    await using scene = await Scene.start({
      faults: { 'create-comment': { kind: 'status', status: 403, message } },
    });
    const env = { ...(await scene.environment({ event: pushEvent })), RUNNER_DEBUG: '1' };
    const result = await runAction({ inputs: { comment: 'true' }, env });
    expect(seen(result)).toEqual(withoutComment);
    expect(warningsOf(result)).toEqual([]);
    expect(noticesOf(result)).toEqual([PASSED, UNWRITTEN]);
    expectNoToken(result, scene.github);
    expect(scene.github.requests.at(-1)?.headers.authorization).toBe(`token ${workflowToken}`);
  });

  test.concurrent('is as red if the comment of a model that falls short cannot be written, and its post step tells', async () => {
    await using scene = await Scene.start({ faults: { '*': { kind: 'html', status: 502 } } });
    const inputs = { comment: 'true', thresholds: 'map50 >= 90', 'github-token': workflowToken };
    const env = await scene.environment();
    await using simulator = await startTimed({ scenario });
    const result = await runAgainst(simulator, { inputs, env });
    expect(seen(result)).toMatchObject({ exitCode: 1, values: { outcome: 'failed' } });
    expect([...warningsOf(result), ...noticesOf(result)]).toEqual([]);
    expect(result.stdout).toContain('The post step of this job looks at it again.\n');
    const post = await runAgainst(simulator, { entry: 'post', state: result.state, inputs, env });
    expect(post.exitCode).toBe(0);
    expect(warningsOf(post)).toEqual([]);
    expect(noticesOf(post)).toEqual([UNWRITTEN]);
  });

  test.concurrent("goes through the runner's proxy", async () => {
    await using scene = await Scene.start();
    const env = await scene.environment();
    const GITHUB_API_URL = 'http://github.example';
    const result = await runAction({
      inputs: { comment: 'true' },
      env: { ...env, GITHUB_API_URL, http_proxy: scene.github.proxyUrl },
    });
    expect(warningsOf(result)).toEqual([]);
    expect(scene.github.comments).toHaveLength(1);
  });
});

describe('without "comment: true"', () => {
  /** The action without the part of its bundle that talks to GitHub. */
  let bare = '';
  beforeAll(async () => {
    bare = await mkdtemp(path.join(tmpdir(), 'action-'));
    for (const part of ['action.yml', 'dist'])
      await cp(path.join(projectRoot, part), path.join(bare, part), { recursive: true });
    const chunks = (await readdir(path.join(bare, 'dist'))).filter((file) => /^\d+\.index\.js$/.test(file));
    expect(chunks).toHaveLength(1);
    for (const chunk of chunks) await rm(path.join(bare, 'dist', chunk));
  });
  afterAll(() => rm(bare, { recursive: true, force: true }));

  test.concurrent('nothing is loaded for GitHub and nothing sent to it', async () => {
    await using scene = await Scene.start();
    const result = await runAction({ action: bare, inputs: {}, env: await scene.environment() });
    expect(seen(result)).toMatchObject({ exitCode: 0, values: { outcome: 'passed' } });
    expect(warningsOf(result)).toEqual([]);
    expect(scene.github.requests).toEqual([]);
  });

  test.concurrent('that part is what a comment needs', async () => {
    await using scene = await Scene.start();
    const result = await runAction({
      action: bare,
      inputs: { comment: 'true' },
      env: await scene.environment(),
    });
    expect(seen(result)).toMatchObject({ exitCode: 0, values: { outcome: 'passed' } });
    expect(noticesOf(result)).toEqual([PASSED, UNWRITTEN]);
    expect(scene.github.requests).toEqual([]);
  });
});
