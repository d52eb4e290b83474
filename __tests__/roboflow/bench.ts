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
import type { Runner } from '../../src/github/runner.ts';
import type { Log } from '../../src/lib/log.ts';
import type { Api } from '../../src/roboflow/http/api.ts';
import { openApi } from '../../src/roboflow/project.ts';
import { type MainContext, main } from '../../src/step/main.ts';
import { type BeginContext, begin } from '../../src/step/start.ts';
import { VirtualClock } from '../flow/clock.ts';
import { noComment } from '../flow/comment.ts';
import { RecordingRunner } from '../flow/step.ts';
import { inputs } from '../inputs/given.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

export const project = { workspace: 'acme', project: 'hard-hats' };

/** What a bench is made of. */
export interface BenchOptions {
  readonly scenario?: Scenario;
  readonly routes?: RoutesMode;
  readonly faults?: readonly Fault[];
  /** From the start of the step. */
  readonly timeoutMs?: number;
  readonly rerunSinceMs?: number;
  /** Aborts when this is true of an answered request. */
  readonly interruptAfter?: (request: RecordedRequest) => boolean;
}

/** A simulator and a clock that show the same time, an API bound to them, and a step that keeps what it is told. */
export interface Bench extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  readonly api: Api;
  readonly log: readonly string[];
  /** The steps that began a run. */
  readonly steps: readonly RecordingRunner[];
  /** Every request so far as `GET /acme/hard-hats/7`, without those before `from`. */
  asked(from?: number): readonly string[];
  /** Begins a run as the step does. */
  begin(given?: Readonly<Record<string, string>>): ReturnType<typeof begin>;
  /** Runs the whole step. */
  main(given?: Readonly<Record<string, string>>): Promise<RecordingRunner>;
}

/** Opens a bench. */
export async function openBench(options: BenchOptions = {}): Promise<Bench> {
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
  const told: Log = { info: keep, debug: keep, notice: keep, warning: keep, failure: keep };
  const server = {
    apiUrl: new URL(simulator.url),
    apiKey: defaultKey,
    auth: 'header',
    requestDeadlineMs: 5_000,
  } as const;
  const { signal } = controller;
  const api = openApi(server, { clock, log: told, signal, timeoutAtMs: clock.now() + timeoutMs });
  const given = (more: Readonly<Record<string, string>>) => ({
    'api-key': defaultKey,
    'api-url': simulator.url,
    project: 'acme/hard-hats',
    version: '7',
    'model-type': 'rfdetr-nano',
    ...more,
  });
  const { rerunSinceMs } = options;
  const steps: RecordingRunner[] = [];
  return {
    simulator,
    clock,
    api,
    log,
    steps,
    asked: (from = 0) => simulator.requests.slice(from).map(({ method, path }) => `${method} ${path}`),
    begin: (more = {}) => {
      const step = Object.assign(stepWith(given(more)), { log: told });
      steps.push(step);
      const timeoutAtMs = clock.now() + timeoutMs;
      const context: BeginContext = { step, clock, signal, timeoutAtMs, rerunSinceMs };
      return begin(inputs(given(more)), api, project, context);
    },
    main: async (more = {}) => {
      const step = stepWith(given(more));
      const context: MainContext = {
        step,
        clock,
        signal,
        requestDeadlineMs: 5_000,
        rerunSinceMs,
        comment: noComment,
      };
      await main(context);
      return step;
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

/** A step that keeps what it is told, in a workspace without files. */
export function stepWith(given: Readonly<Record<string, string>>): RecordingRunner & Runner {
  return Object.assign(new RecordingRunner(given), {
    workspaceFile: (): string => {
      throw new Error('there is no such file');
    },
  });
}

/** The fine-tune, changed. */
export function fineTune(changes: Partial<Scenario>): Scenario {
  return { ...scenarios['fine-tune'], ...changes };
}
