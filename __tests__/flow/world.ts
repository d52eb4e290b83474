import type { RoutesMode, Scenario, TrainingPlan } from '../../simulator/scenario.ts';
import { scenarios } from '../../simulator/scenarios.ts';
import {
  defaultKey,
  type Fault,
  type FileHostOptions,
  type RecordedRequest,
  type Simulator,
  startSimulator,
} from '../../simulator/simulator.ts';
import type { CommentWriter } from '../../src/github/comment/comment.ts';
import { cleanUp } from '../../src/step/cleanup.ts';
import { main } from '../../src/step/main.ts';
import { VirtualClock } from './clock.ts';
import { noComment } from './comment.ts';
import { brief } from './scenes.ts';
import { noStatus } from './status.ts';
import { RecordingRunner } from './step.ts';

/** As in src/index.ts and src/post.ts. */
const MAIN_DEADLINE_MS = 30_000;
const POST_DEADLINE_MS = 10_000;

const WAITS: ReadonlySet<number | string> = new Set(['hang', 'stall']);

/** A simulator and a clock that show the same time, and the action's own functions on them. */
export interface World extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  /** Every step that was run, with what it has written so far. */
  readonly runners: readonly RecordingRunner[];
  /** Runs the main step in this process. */
  main(inputs?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<RecordingRunner>;
  /** Runs the post step with what `after` saved. */
  post(after: RecordingRunner, inputs?: Readonly<Record<string, string>>): Promise<RecordingRunner>;
}

/** What a world is made of. */
export interface WorldOptions {
  /** A brief fine-tune unless told: each look costs a test time. */
  readonly scenario?: Scenario;
  readonly faults?: readonly Fault[];
  readonly key?: string;
  /** The route, on a server that has only this one; `auto` on one that has both unless told. */
  readonly route?: 'auto' | 'jobs' | 'trainings';
  /** What the server speaks instead of that route. */
  readonly routes?: RoutesMode;
  /** The API stands behind a gateway under this path. */
  readonly pathPrefix?: string;
  /** How the host behaves that has the weights. */
  readonly files?: FileHostOptions;
  /** The folder that the workflow's files are in. */
  readonly workspace?: string;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs?: number;
  readonly comment?: CommentWriter;
  /** How long GitHub lets the job run, in ms; unlimited unless told. */
  readonly longestJobMs?: number | undefined;
  readonly chance?: () => number;
  /** Told of every request once it was dealt with. When it says `held`, no time passes while that request hangs. */
  readonly onAnswer?: (request: RecordedRequest, clock: VirtualClock) => unknown;
}

const never = new AbortController().signal;

/** Opens a world. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { scenario = brief('fine-tune'), faults = [], key = defaultKey } = options;
  const { route = 'auto', rerunSinceMs, comment = noComment, chance, onAnswer, pathPrefix = '' } = options;
  const clock = new VirtualClock(chance);
  let requestDeadlineMs = MAIN_DEADLINE_MS;
  const simulator = await startSimulator({
    scenario,
    routes: options.routes ?? (route === 'auto' ? 'both' : route),
    pathPrefix,
    files: options.files ?? {},
    faults,
    key,
    now: clock.now,
    onAnswer: (request, outcome) => {
      const isHeld = onAnswer?.(request, clock) === 'held';
      if (!isHeld && WAITS.has(outcome)) clock.pass(requestDeadlineMs);
    },
  });
  const inputsWith = (inputs: Readonly<Record<string, string>>) => ({
    'api-key': key,
    'api-url': simulator.url,
    project: 'hard-hats',
    version: '7',
    'model-type': 'rfdetr-nano',
    thresholds: 'map50 >= 80',
    route,
    ...inputs,
  });
  const runners: RecordingRunner[] = [];
  return {
    simulator,
    clock,
    runners,
    main: async (inputs = {}, signal = new AbortController().signal) => {
      const runner = new RecordingRunner(inputsWith(inputs));
      runner.workspace = options.workspace;
      runner.longestJobMs = options.longestJobMs;
      runners.push(runner);
      requestDeadlineMs = MAIN_DEADLINE_MS;
      await main({
        runner,
        context: { clock, log: runner.log, signal },
        requestDeadlineMs,
        rerunSinceMs,
        comment,
        status: noStatus,
      });
      return runner;
    },
    post: async (after, inputs = {}) => {
      const runner = new RecordingRunner(inputsWith(inputs), after.state);
      runners.push(runner);
      requestDeadlineMs = POST_DEADLINE_MS;
      await cleanUp(runner, requestDeadlineMs, { clock, log: runner.log, signal: never });
      return runner;
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

/** The fine-tune with another plan. */
export function fineTune(changes: Partial<TrainingPlan>): Scenario {
  const scenario = scenarios['fine-tune'];
  return { ...scenario, plan: { ...scenario.plan, ...changes } };
}
