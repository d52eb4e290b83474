import type { ChildProcess } from 'node:child_process';
import { expect } from 'vitest';
import type { RecordedRequest, Simulator } from '../../simulator/simulator.ts';
import type { Signal } from '../flow/interrupt.ts';
import { errorsOf, expectNoKey, type RunResult, runAgainst } from './run.ts';
import { startTimed, type TimedOptions } from './timed.ts';

/** A run that is interrupted, and how its post step finds the world. */
export interface Interruption extends Omit<TimedOptions, 'onAnswer'> {
  readonly signal: Signal;
  /** The request, counted from 1, at whose answer the signal is sent. One that hangs is held until the signal ends it. */
  readonly at: (request: RecordedRequest, count: number) => boolean;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
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
  { signal, at, inputs = {}, env = {}, ...options }: Interruption,
  check: (interrupted: Interrupted) => void,
): Promise<void> {
  let child: ChildProcess | undefined;
  let count = 0;
  await using simulator = await startTimed({
    ...options,
    onAnswer: (request) => {
      count += 1;
      if (child === undefined || !at(request, count)) return undefined;
      child.kill(signal);
      return 'held';
    },
  });
  const onStart = (process: ChildProcess) => {
    child = process;
  };
  const main = await runAgainst(simulator, { inputs, env, onStart });
  child = undefined;
  const askedByMain = simulator.requests.length;
  const post = await runAgainst(simulator, { entry: 'post', state: main.state, inputs, env });
  check({ main, post, simulator, askedByMain });
}

/** What holds of every interruption. */
export function expectFailedClosed({ main, post, simulator }: Interrupted, signal: Signal): void {
  expect(main.exitCode).toBe(signal === 'SIGKILL' ? null : 1);
  expect(main.outputs.outcome).toBe('undecided');
  if (signal !== 'SIGKILL')
    expect(errorsOf(main)).toEqual([expect.stringContaining(`Not judged: Interrupted by ${signal}`)]);
  expect(post.exitCode).toBe(0);
  expect(errorsOf(post)).toEqual([]);
  expectNoKey(main, simulator);
  expectNoKey(post, simulator);
}
