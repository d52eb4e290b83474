import type { Scenario } from '../../simulator/scenario.ts';
import { scenarios } from '../../simulator/scenarios.ts';
import {
  defaultKey,
  type Fault,
  type RecordedRequest,
  type RoutesMode,
  type Simulator,
  startSimulator,
} from '../../simulator/simulator.ts';
import type { Context, Log } from '../../src/lib/context.ts';
import type { InProject } from '../../src/roboflow/http/api.ts';
import { createApi } from '../../src/roboflow/http/api.ts';
import { prepare } from '../../src/step/before/prepare.ts';
import type { FollowedTraining } from '../../src/step/follow/followed-training.ts';
import { main } from '../../src/step/main.ts';
import { createStartQueue, start } from '../../src/step/start/start.ts';
import { idleStarts } from '../../src/step/start/start-state.ts';
import type { WantedResults } from '../../src/training/await-results.ts';
import { VirtualClock } from '../flow/clock.ts';
import { noComment } from '../flow/comment.ts';
import { noStatus } from '../flow/status.ts';
import { RecordingRunner } from '../flow/step.ts';
import { inputs } from '../inputs/given.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

export const project = { app: 'https://app.roboflow.com', workspace: 'acme', project: 'hard-hats' };

/** What is simulated. */
export interface SimulationOptions {
  readonly scenario?: Scenario;
  readonly routes?: RoutesMode;
  readonly faults?: readonly Fault[];
  /** From the start of the step. */
  readonly timeoutMs?: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs?: number;
  /** Aborts when this is true of an answered request. */
  readonly interruptAfter?: (request: RecordedRequest) => boolean;
}

/** A simulator and a clock that show the same time, an API bound to them, and runners that keep what they are told. */
export interface SimulatedRoboflow extends AsyncDisposable, Omit<InProject, 'log' | 'clock'> {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  /** The API, bound to the project, clock and log. */
  readonly here: InProject;
  readonly context: Context;
  readonly timeoutAtMs: number;
  /** Without what is for debugging only. */
  readonly log: readonly string[];
  /** The runner of every `startOrAttach` so far. */
  readonly runners: readonly RecordingRunner[];
  /** Every request so far as `GET /acme/hard-hats/7`, without those before `from`. */
  requestLines(from?: number): readonly string[];
  /** Starts a training or attaches to one as the step does. */
  startOrAttach(given?: Readonly<Record<string, string>>): Promise<FollowedTraining>;
  /** Runs the whole step. It looks seldom unless told: a training takes an hour, and each look costs a test time. */
  runStep(given?: Readonly<Record<string, string>>): Promise<RecordingRunner>;
}

/** Of results nothing is wanted but the models. */
export const noWishes: WantedResults = { metrics: [], toldMetrics: [], details: 'none' };

/** Starts the simulator of one project, with everything that is needed to talk to it. */
export async function simulateRoboflow(options: SimulationOptions = {}): Promise<SimulatedRoboflow> {
  const { scenario = scenarios['fine-tune'], routes, faults = [], timeoutMs = 5 * hour } = options;
  const clock = new VirtualClock();
  const controller = new AbortController();
  const simulator = await startSimulator({
    scenario,
    faults,
    now: clock.now,
    ...(routes !== undefined && { routes }),
    onAnswer: (request) => {
      if (options.interruptAfter?.(request)) controller.abort(new Error('interrupted'));
    },
  });
  const log: string[] = [];
  const keep = (text: string) => log.push(text);
  const kept: Log = { info: keep, debug: () => undefined, notice: keep, warning: keep, failure: keep };
  const server = {
    apiUrl: new URL(simulator.url),
    apiKey: defaultKey,
    auth: 'header',
    requestDeadlineMs: 5_000,
  } as const;
  const { signal } = controller;
  const context = { clock, log: kept, signal };
  const timeoutAtMs = clock.now() + timeoutMs;
  const api = createApi(server, timeoutAtMs, context);
  const here = { api, project, ...context };
  const given = (more: Readonly<Record<string, string>>) => ({
    'api-key': defaultKey,
    'api-url': simulator.url,
    project: 'acme/hard-hats',
    version: '7',
    'model-type': 'rfdetr-nano',
    ...more,
  });
  const { rerunSinceMs } = options;
  const runners: RecordingRunner[] = [];
  return {
    simulator,
    clock,
    api,
    project,
    signal,
    here,
    context,
    timeoutAtMs,
    log,
    runners,
    requestLines: (from = 0) => simulator.requests.slice(from).map(({ method, path }) => `${method} ${path}`),
    startOrAttach: async (more = {}) => {
      const runner = new RecordingRunner(given(more));
      runners.push(runner);
      const [state] = idleStarts(runner, 1);
      if (state === undefined) throw new Error('one was asked for');
      const options = {
        runner,
        state,
        timeoutAtMs: clock.now() + timeoutMs,
        rerunSinceMs,
        queue: createStartQueue(here, clock.now() + timeoutMs),
        generated: () => undefined,
      };
      const asked = inputs(given(more));
      const { next } = await prepare(asked, here, rerunSinceMs);
      if (next.kind === 'attach') return next.followed;
      const started = await start(next, asked, here, options);
      // Until lists show it.
      clock.pass(3 * second);
      return started;
    },
    runStep: async (more = {}) => {
      const runner = new RecordingRunner(given({ 'poll-interval': '10m', ...more }));
      await main({
        runner,
        context: { clock, log: runner.log, signal },
        requestDeadlineMs: 5_000,
        rerunSinceMs,
        comment: noComment,
        status: noStatus,
      });
      return runner;
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

/** The fine-tune, changed. */
export function fineTune(changes: Partial<Scenario>): Scenario {
  return { ...scenarios['fine-tune'], ...changes };
}
