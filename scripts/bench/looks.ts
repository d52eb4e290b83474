import { markdownTable } from 'markdown-table';
import { nextPauseMs } from '../../src/training/wait.ts';

const minute = 60_000;
const hour = 60 * minute;

const LENGTHS: readonly (readonly [name: string, ms: number])[] = [
  ['10 min', 10 * minute],
  ['1 h', hour],
  ['6 h', 6 * hour],
  ['24 h', 24 * hour],
];

const SCHEDULES: readonly (readonly [name: string, pauseMs: (waitedMs: number) => number])[] = [
  ['2 % of the time waited, 5 s to 60 s', nextPauseMs],
  ['every 5 s (official client)', () => 5_000],
  ['every 60 s', () => minute],
];

/** Prints how many looks a training takes, and how late its end is seen at worst: the pause in which it may fall. */
export function reportLooks(): void {
  const rows = SCHEDULES.map(([name, pauseMs]) => [
    name,
    ...LENGTHS.map(([, lengthMs]) => {
      const { looks, lastPauseMs } = looksAt(lengthMs, pauseMs);
      return `${looks}, ${(lastPauseMs / 1000).toFixed(0)} s`;
    }),
  ]);
  console.log(markdownTable([['Schedule', ...LENGTHS.map(([name]) => `Training of ${name}`)], ...rows]));
}

function looksAt(lengthMs: number, pauseMs: (waitedMs: number) => number) {
  let [looks, nowMs, lastPauseMs] = [0, 0, 0];
  for (; nowMs < lengthMs; looks += 1) {
    lastPauseMs = pauseMs(nowMs);
    nowMs += lastPauseMs;
  }
  return { looks, lastPauseMs };
}
