import { type ClockFile, createClockFile } from '../../simulator/clock-file.ts';
import {
  type RecordedRequest,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/simulator.ts';
import { START_MS } from '../flow/clock.ts';

/** A simulator on a virtual time, which the steps that are run against it go by and move. */
export interface TimedSimulator extends Simulator {
  readonly clock: ClockFile & AsyncDisposable;
}

/** How such a simulator is to be started. */
export interface TimedOptions extends Omit<SimulatorOptions, 'now' | 'speed' | 'onAnswer'> {
  /** Told of every request once it was dealt with. When it says `held`, no time passes while that request hangs. */
  readonly onAnswer?: (request: RecordedRequest) => 'held' | undefined;
}

/** As long as the longest deadline of a request of a step, so that one which hangs is given up. */
const HANG_MS = 30_000;

/** Starts one; while a request hangs or stalls, time passes until its deadline. */
export async function startTimed(options: TimedOptions = {}): Promise<TimedSimulator> {
  const clock = await createClockFile(START_MS);
  const simulator = await startSimulator({
    ...options,
    now: clock.now,
    onAnswer: (request, outcome) => {
      const isHeld = options.onAnswer?.(request) === 'held';
      if (!isHeld && (outcome === 'hang' || outcome === 'stall')) clock.pass(HANG_MS);
    },
  });
  return {
    ...simulator,
    clock,
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      await clock[Symbol.asyncDispose]();
    },
  };
}
