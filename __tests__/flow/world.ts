import type { Scenario, TrainingPlan } from '../../simulator/scenario.ts';
import { scenarios } from '../../simulator/scenarios.ts';
import {
  defaultKey,
  type Fault,
  type RecordedRequest,
  type Simulator,
  startSimulator,
} from '../../simulator/simulator.ts';
import type { CommentWriter } from '../../src/github/comment.ts';
import { cleanUp } from '../../src/step/cleanup.ts';
import { main } from '../../src/step/main.ts';
import { VirtualClock } from './clock.ts';
import { noComment } from './comment.ts';
import { RecordingRunner } from './step.ts';

/** Real milliseconds that stand for the deadline of a request, which takes this long on the virtual clock. */
const DEADLINE_MS = 60;
const DEADLINE_SHOWN_MS = 20_000;

const WAITS: ReadonlySet<number | string> = new Set(['hang', 'stall']);

/** A simulator and a clock that show the same time, and the action's own functions on them. */
export interface World extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  /** Runs the main step in this process. */
  main(inputs?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<RecordingRunner>;
  /** Runs the post step with what `after` saved. */
  post(after: RecordingRunner, inputs?: Readonly<Record<string, string>>): Promise<RecordingRunner>;
}

/** What a world is made of. */
export interface WorldOptions {
  readonly scenario?: Scenario;
  readonly faults?: readonly Fault[];
  readonly key?: string;
  /** The route, on a server that has only this one; `auto` on one that has both unless told. */
  readonly route?: 'auto' | 'jobs' | 'trainings';
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs?: number;
  readonly comment?: CommentWriter;
  readonly chance?: () => number;
  readonly onAnswer?: (request: RecordedRequest, clock: VirtualClock) => void;
}

const never = new AbortController().signal;

/** Opens a world. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { scenario = scenarios['fine-tune'], faults = [], key = defaultKey } = options;
  const { route = 'auto', rerunSinceMs, comment = noComment, chance, onAnswer } = options;
  const clock = new VirtualClock(chance);
  const simulator = await startSimulator({
    scenario,
    routes: route === 'auto' ? 'both' : route,
    faults,
    key,
    now: clock.now,
    onAnswer: (request, outcome) => {
      if (WAITS.has(outcome)) clock.pass(DEADLINE_SHOWN_MS);
      onAnswer?.(request, clock);
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
  return {
    simulator,
    clock,
    main: async (inputs = {}, signal = new AbortController().signal) => {
      const runner = new RecordingRunner(inputsWith(inputs));
      await main({
        runner,
        context: { clock, log: runner.log, signal },
        requestDeadlineMs: DEADLINE_MS,
        rerunSinceMs,
        comment,
      });
      return runner;
    },
    post: async (after, inputs = {}) => {
      const runner = new RecordingRunner(inputsWith(inputs), after.state);
      await cleanUp(runner, DEADLINE_MS, { clock, log: runner.log, signal: never });
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
