import { isLoopback } from './inputs/connection.ts';

/**
 * How many times faster than real time to run, from `TRAIN_GATE_CLOCK_SPEED`: for the demo and the tests, which wait
 * out hours in seconds. Heeded only where the API is a simulator on this machine; anywhere else time is real.
 */
export function clockSpeed(env: NodeJS.ProcessEnv, apiUrl: string): number {
  const speed = Number(env.TRAIN_GATE_CLOCK_SPEED);
  const isSimulated = URL.canParse(apiUrl) && isLoopback(new URL(apiUrl));
  return isSimulated && Number.isFinite(speed) && speed >= 1 ? speed : 1;
}
