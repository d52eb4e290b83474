import { isLoopback } from './loopback.ts';

/**
 * How many times faster than real time to run, from `TRAIN_GATE_CLOCK_SPEED`: for the demo and the tests, which wait
 * out hours in seconds. Heeded only where the API is a simulator on this machine; anywhere else time is real.
 */
export function clockSpeed(env: NodeJS.ProcessEnv, apiUrl: string): number {
  const speed = Number(env.TRAIN_GATE_CLOCK_SPEED);
  const isSimulated = URL.canParse(apiUrl) && isLoopback(new URL(apiUrl));
  return isSimulated && Number.isFinite(speed) && speed >= 1 ? speed : 1;
}

/** A simulator on this machine still answers at the speed of this machine. */
const SHORTEST_DEADLINE_MS = 1_000;

/** The real milliseconds after which a request is given up that has `deadlineMs` on a clock of this `speed`. */
export function realDeadlineMs(deadlineMs: number, speed: number): number {
  return Math.max(deadlineMs / speed, SHORTEST_DEADLINE_MS);
}
