import { expect } from 'vitest';
import type { RecordedRequest } from '../../simulator/simulator.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { expectNoKey } from './no-key.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

/** The signals that a runner sends, and the one that no process can catch. */
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/** A main step that is interrupted, and how its post step finds the world. */
export interface Interruption extends Omit<WorldOptions, 'onAnswer'> {
  readonly signal: Signal;
  /** The request, counted from 1, at whose answer the signal comes. One that hangs is held until the signal ends it. */
  readonly at: (request: RecordedRequest, count: number) => boolean;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** What main and post wrote. */
export interface Interrupted {
  /** What main had written when it was killed, or all of it where it could end by itself. */
  readonly main: RecordingRunner;
  readonly post: RecordingRunner;
  readonly world: World;
  /** How many requests main had made. */
  readonly askedByMain: number;
}

/** Runs main, interrupts it, and runs the post step with the state that main had saved. The caller checks, then all is closed. */
export async function interrupt(
  { signal, at, inputs = {}, ...options }: Interruption,
  check: (interrupted: Interrupted) => void,
): Promise<void> {
  const controller = new AbortController();
  let killed: RecordingRunner | undefined;
  let count = 0;
  await using world = await openWorld({
    ...options,
    onAnswer: (request) => {
      count += 1;
      if (controller.signal.aborted || !at(request, count)) return undefined;
      if (signal === 'SIGKILL') killed = world.runners.at(-1)?.snapshot();
      controller.abort(new InterruptedError(signal));
      return 'held';
    },
  });
  const ended = await world.main(inputs, controller.signal);
  const askedByMain = world.simulator.requests.length;
  const main = killed ?? ended;
  const post = await world.post(main, inputs);
  check({ main, post, world, askedByMain });
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
export function expectFailedClosed({ main, post, world }: Interrupted, signal: Signal): void {
  expect(main.outputs.get('outcome')).toBe('undecided');
  expect(main.failures).toEqual(
    signal === 'SIGKILL' ? [] : [expect.stringContaining(`Not judged: Interrupted by ${signal}`)],
  );
  expect(post.failures).toEqual([]);
  expectNoKey(world, main);
  expectNoKey(world, post);
}
