import type { Reader } from './reader.ts';

const DEFAULT_TIMEOUT = '5h30m';

/** How long to wait for the training, and how often to look at it. Without `poll-interval` the schedule adapts. */
export function readTimes(reader: Reader): {
  readonly timeoutMs: number;
  readonly pollIntervalMs: number | undefined;
} {
  const timeoutMs = reader.duration('timeout', DEFAULT_TIMEOUT);
  const pollInterval = reader.text('poll-interval');
  const pollIntervalMs =
    pollInterval === undefined ? undefined : reader.duration('poll-interval', pollInterval);
  if (pollIntervalMs !== undefined && timeoutMs <= pollIntervalMs)
    reader.mistake(
      'timeout',
      `"${reader.text('timeout') ?? DEFAULT_TIMEOUT}" must be longer than poll-interval, "${pollInterval}"`,
    );
  return { timeoutMs, pollIntervalMs };
}
