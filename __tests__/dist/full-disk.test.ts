import { rmSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { brief } from '../flow/scenes.ts';
import { errorsOf, type RunResult, runAgainst, warningsOf } from './run.ts';
import { startTimed } from './timed.ts';

type Variable = 'GITHUB_OUTPUT' | 'GITHUB_STATE' | 'GITHUB_STEP_SUMMARY' | 'RUNNER_TEMP';

interface Disk {
  readonly variable: Variable;
  /** Where the variable leads: to a disk that is full, to nothing, or below what can have no folders. */
  readonly leadsTo: 'full' | 'missing' | 'below a file' | 'below /proc';
  /** From the beginning, or once the training is watched. */
  readonly since: 'begin' | 'poll';
}

/** Runs a fine-tune that reaches map50 84.2 on such a disk; how many trainings it started. */
async function runOn({ variable, leadsTo, since }: Disk, inputs: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'disk-'));
  const file = path.join(folder, 'good');
  const link = path.join(folder, 'link');
  await writeFile(file, '');
  const target = {
    full: '/dev/full',
    missing: path.join(folder, 'none'),
    'below a file': path.join(file, 'x'),
    'below /proc': '/proc/none/x',
  };
  const breakIt = () => {
    rmSync(link);
    symlinkSync(target[leadsTo], link);
  };
  await symlink(file, link);
  if (since === 'begin') breakIt();
  await using simulator = await startTimed({
    scenario: brief('fine-tune'),
    onAnswer: ({ route }) => {
      if (route === 'poll' && since === 'poll') breakIt();
      return undefined;
    },
  });
  const result = await runAgainst(simulator, {
    inputs,
    env: { [variable]: leadsTo === 'below /proc' ? target[leadsTo] : link },
  });
  const after = { entry: 'post', state: result.state, inputs } as const;
  const post = since === 'poll' ? await runAgainst(simulator, after) : undefined;
  await rm(folder, { recursive: true });
  return {
    result,
    post,
    started: simulator.started().length,
    routes: simulator.requests.map(({ route }) => route),
  };
}

function expectReason({ exitCode, stdout, summary, ...result }: RunResult, reason: RegExp): void {
  expect(exitCode).toBe(1);
  expect(stdout).not.toMatch(/bug in Train Gate|\n\s+at /);
  expect(errorsOf({ ...result })).toContainEqual(expect.stringMatching(reason));
  expect(summary).toMatch(reason);
}

test.concurrent.each<Disk & { readonly reason: RegExp }>([
  { variable: 'GITHUB_OUTPUT', leadsTo: 'full', since: 'begin', reason: /GITHUB_OUTPUT.*ENOSPC/ },
  { variable: 'GITHUB_STATE', leadsTo: 'missing', since: 'begin', reason: /GITHUB_STATE.*Missing file/ },
])('nothing is started where $variable is $leadsTo', async ({ reason, ...disk }) => {
  const { result, started } = await runOn(disk);
  expectReason(result, reason);
  expect(started).toBe(0);
  expect(result.summary).toContain('Not judged');
});

test.concurrent.each<Disk & { readonly reason: RegExp }>([
  { variable: 'GITHUB_OUTPUT', leadsTo: 'full', since: 'poll', reason: /GITHUB_OUTPUT.*ENOSPC/ },
  { variable: 'GITHUB_STATE', leadsTo: 'full', since: 'poll', reason: /GITHUB_STATE.*ENOSPC/ },
  { variable: 'RUNNER_TEMP', leadsTo: 'full', since: 'begin', reason: /results\.json could not be written/ },
])(
  'the verdict of a training that is paid for is told where $variable is $leadsTo',
  async ({ reason, ...disk }) => {
    const { result, post, started, routes } = await runOn(disk);
    expectReason(result, reason);
    expect(started).toBe(1);
    expect(result.summary).toMatch(/^## ✅ Passed: mAP50/m);
    expect(result.stdout).toMatch(/::notice::Passed: mAP50/);
    expect(post?.exitCode).toBe(disk.since === 'poll' ? 0 : undefined);
    expect(routes).not.toContain('cancel');
    if (disk.variable === 'RUNNER_TEMP') expect(result.outputs.outcome).toBe('undecided');
  },
);

test.concurrent.each(['below a file', 'below /proc'] as const)(
  'a verdict that fails stands beside the reason: %s',
  async (leadsTo) => {
    const { result } = await runOn(
      { variable: 'RUNNER_TEMP', leadsTo, since: 'begin' },
      { thresholds: 'map50 >= 90' },
    );
    expectReason(result, /results\.json could not be written/);
    expect(errorsOf(result)).toContainEqual(expect.stringContaining('wanted 90 % or more'));
    expect(result.summary).toMatch(/^## ❌ Failed/m);
  },
);

test.concurrent('only the summary is missing where that alone is on a full disk', async () => {
  const { result } = await runOn({ variable: 'GITHUB_STEP_SUMMARY', leadsTo: 'full', since: 'begin' });
  expect(result).toMatchObject({ exitCode: 0, outputs: { outcome: 'passed' } });
  expect(warningsOf(result)).toEqual([expect.stringMatching(/job summary could not be written.*ENOSPC/)]);
});
