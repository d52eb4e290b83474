import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Github, type GithubOptions, startGithub, workflowToken } from '../../simulator/github.ts';
import { projectRoot, readManifest } from '../../simulator/runner.ts';
import type { Scenario } from '../../simulator/scenario.ts';
import { defaultKey, type Fault, type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { commentWriter } from '../../src/github/comment/comment.ts';
import { openGithubSession } from '../../src/github/github-session.ts';
import { statusWriter } from '../../src/github/status/status-writer.ts';
import { readWorkflowRun } from '../../src/github/workflow-run.ts';
import { main } from '../../src/step/main.ts';
import { SETTLE_PATIENCE_MS, settle } from '../../src/step/settle-pending.ts';
import { VirtualClock } from './clock.ts';
import { brief } from './scenes.ts';
import { RecordingRunner } from './step.ts';

const settleManifest = await readManifest(path.join(projectRoot, 'settle'));

type Given = Readonly<Record<string, string>>;

/** Roboflow and GitHub on one clock, and the two actions on them. */
export interface StatusWorld extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly github: Github;
  readonly clock: VirtualClock;
  /** A step with `wait: status`, for the head of a pull request unless `env` and `event` say otherwise. */
  start(inputs?: Given, env?: Given, signal?: AbortSignal, event?: unknown): Promise<RecordingRunner>;
  /** A step with the settle action, on a schedule. */
  settle(inputs?: Given, env?: Given, signal?: AbortSignal): Promise<RecordingRunner>;
}

/** What a world with statuses is made of. */
export interface StatusWorldOptions extends Omit<GithubOptions, 'now'> {
  readonly scenario?: Scenario;
  readonly roboflowFaults?: readonly Fault[];
  readonly routes?: 'both' | 'jobs' | 'trainings';
  /** Told of each request to Roboflow once it was dealt with. */
  readonly onRoboflow?: (clock: VirtualClock) => void;
}

/** The head of pull request 12. */
export const HEAD = 'a'.repeat(40);
const REQUEST_DEADLINE_MS = 30_000;
const WAITS: ReadonlySet<number | string> = new Set(['hang', 'stall']);

/** Opens a world: pull request 12, and a fine-tune of 50 seconds that reaches map50 84.2. */
export async function openStatusWorld(options: StatusWorldOptions = {}): Promise<StatusWorld> {
  const { scenario = brief('fine-tune'), roboflowFaults = [], routes = 'both', ...github } = options;
  const clock = new VirtualClock();
  const folder = await mkdtemp(path.join(tmpdir(), 'event-'));
  const simulator = await startSimulator({
    scenario,
    routes,
    faults: roboflowFaults,
    now: clock.now,
    onAnswer: (_, outcome) => {
      options.onRoboflow?.(clock);
      if (WAITS.has(outcome)) clock.pass(REQUEST_DEADLINE_MS);
    },
  });
  const pullRequests = [{ number: 12, state: 'open' as const, commits: [HEAD] }];
  const server = await startGithub({ pullRequests, ...github, now: clock.now });
  const common = {
    'api-key': defaultKey,
    'api-url': simulator.url,
    project: 'acme/hard-hats',
    'github-token': workflowToken,
  };
  let runs = 40;
  const runOf = async (event: unknown, env: Given) => {
    runs += 1;
    const file = path.join(folder, `event-${runs}.json`);
    await writeFile(file, JSON.stringify(event));
    const variables = {
      GITHUB_API_URL: server.url,
      GITHUB_REPOSITORY: 'acme/site-safety',
      GITHUB_EVENT_PATH: file,
      GITHUB_SHA: 'f'.repeat(40),
      GITHUB_RUN_ID: String(runs),
      GITHUB_RUN_NUMBER: '1',
      GITHUB_RUN_ATTEMPT: '1',
      ...env,
    };
    return readWorkflowRun(variables, clock.now());
  };
  const never = new AbortController().signal;
  return {
    simulator,
    github: server,
    clock,
    start: async (inputs = {}, env = {}, signal = never, event = pullRequestEvent()) => {
      const runner = new RecordingRunner({
        ...common,
        version: '7',
        'model-type': 'rfdetr-nano',
        'status-context': 'model-quality',
        wait: 'status',
        ...inputs,
      });
      const context = { clock, log: runner.log, signal };
      const github = {
        run: await runOf(event, { GITHUB_EVENT_NAME: 'pull_request', ...env }),
        step: runner,
        clock,
        pace: { nextWriteMs: 0 },
        requestDeadlineMs: REQUEST_DEADLINE_MS,
        signal,
      };
      await main({
        runner,
        context,
        requestDeadlineMs: REQUEST_DEADLINE_MS,
        rerunSinceMs: undefined,
        comment: commentWriter(github),
        status: statusWriter(github),
      });
      return runner;
    },
    settle: async (inputs = {}, env = {}, signal = never) => {
      const given = { ...common, thresholds: 'map50 >= 80', ...inputs };
      const runner = new RecordingRunner(given, new Map(), undefined, settleManifest);
      const { log } = runner;
      const pace = { nextWriteMs: 0 };
      const scheduled = await runOf({}, { GITHUB_EVENT_NAME: 'schedule', ...env });
      await settle({
        runner,
        context: { clock, log, signal },
        requestDeadlineMs: REQUEST_DEADLINE_MS,
        github: (token) =>
          openGithubSession(
            token,
            { run: scheduled, clock, step: runner, pace, requestDeadlineMs: REQUEST_DEADLINE_MS, signal },
            SETTLE_PATIENCE_MS,
          ),
      });
      return runner;
    },
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
      await server.close();
    },
  };
}

/** The event of pull request 12. */
function pullRequestEvent() {
  const repo = { full_name: 'acme/site-safety' };
  return { pull_request: { number: 12, head: { sha: HEAD, ref: 'wider-lens', repo }, base: { repo } } };
}
