import type { ChildProcess } from 'node:child_process';
import { expect } from 'vitest';
import type { Scenario } from '../../simulator/scenario.ts';
import {
  type Fault,
  type RecordedRequest,
  type RoutesMode,
  type Simulator,
  startSimulator,
} from '../../simulator/simulator.ts';
import { errorsOf, expectNoKey, type RunResult, runAgainst } from './run.ts';

/** The signals that a runner sends, and the one that no process can catch. */
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/** A run that is interrupted, and how its post step finds the world. */
export interface Interruption {
  readonly scenario: Scenario;
  readonly speed: number;
  readonly signal: Signal;
  /** The request, counted from 1, at whose answer the signal is sent. */
  readonly at: (request: RecordedRequest, count: number) => boolean;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** Both unless told. */
  readonly routes?: RoutesMode;
}

/** What main and post left behind. */
export interface Interrupted {
  readonly main: RunResult;
  readonly post: RunResult;
  readonly simulator: Simulator;
  /** How many requests main had made. */
  readonly askedByMain: number;
}

/** Runs main, interrupts it, and runs the post step with the state that main saved. The caller checks, then all is closed. */
export async function interrupt(
  { scenario, speed, signal, at, inputs = {}, faults = [], routes = 'both' }: Interruption,
  check: (interrupted: Interrupted) => void,
): Promise<void> {
  let child: ChildProcess | undefined;
  let count = 0;
  await using simulator = await startSimulator({
    scenario,
    speed,
    faults,
    routes,
    onAnswer: (request) => {
      count += 1;
      if (at(request, count)) child?.kill(signal);
    },
  });
  const onStart = (process: ChildProcess) => {
    child = process;
  };
  const main = await runAgainst(simulator, { inputs, speed, onStart });
  child = undefined;
  const askedByMain = simulator.requests.length;
  const post = await runAgainst(simulator, { entry: 'post', state: main.state, inputs, speed });
  check({ main, post, simulator, askedByMain });
}

/** One that a process can catch, and the one that it cannot; each of the two catchable ones stands on one route. */
export const signalsFor = (route: 'jobs' | 'trainings'): readonly Signal[] =>
  route === 'jobs' ? ['SIGINT', 'SIGKILL'] : ['SIGTERM', 'SIGKILL'];

/** The `nth` answer of a route. */
export function nth(route: RecordedRequest['route'], count: number): (request: RecordedRequest) => boolean {
  let seen = 0;
  return (request) => {
    if (request.route !== route) return false;
    seen += 1;
    return seen === count;
  };
}

/** What holds of every interruption. */
export function expectFailedClosed({ main, post, simulator }: Interrupted, signal: Signal): void {
  expect(main.exitCode).toBe(signal === 'SIGKILL' ? null : 1);
  expect(main.outputs.outcome).toBe('undecided');
  if (signal !== 'SIGKILL')
    expect(errorsOf(main)).toEqual([expect.stringContaining(`Undecided: Interrupted by ${signal}`)]);
  expect(post.exitCode).toBe(0);
  expect(errorsOf(post)).toEqual([]);
  expectNoKey(main, simulator);
  expectNoKey(post, simulator);
}
