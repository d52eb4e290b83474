import { describe, expect, test } from 'vitest';
import type { Training } from '../../src/training/training.ts';
import type { Look } from '../../src/training/training-api.ts';
import { nextPauseMs, waitForEnd } from '../../src/training/wait.ts';
import { START_MS, VirtualClock } from '../flow/clock.ts';
import { named, rows } from '../rows.ts';
import { KeptLog, training } from './fake-route.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const queued = training({ phase: 'waiting', status: 'queued' });
const done = training({ phase: 'succeeded', status: 'finished' });
const at = (progress: number) => training({ progress, status: 'training' });

interface Waiting {
  readonly first?: Training;
  /** What a look shows so long after the start of the wait, until the next row; an error is an outage that outlasts all patience. */
  readonly shows: readonly (readonly [fromMs: number, shown: Training | Error])[];
  readonly timeoutMs?: number;
  readonly pollIntervalMs?: number;
}

async function waited({ first = training(), shows, timeoutMs = 10 * hour, pollIntervalMs }: Waiting) {
  const clock = new VirtualClock();
  const log = new KeptLog();
  const looksAtS: number[] = [];
  const patientForS: number[] = [];
  const look = async (untilMs: number): Promise<Look> => {
    const nowMs = clock.now() - START_MS;
    looksAtS.push(nowMs / second);
    patientForS.push((untilMs - clock.now()) / second);
    const shown = shows.findLast(([fromMs]) => fromMs <= nowMs)?.[1] ?? first;
    if (!(shown instanceof Error)) return { kind: 'seen', training: shown };
    clock.pass(untilMs - clock.now());
    return { kind: 'silent', error: shown };
  };
  const timeoutAtMs = START_MS + timeoutMs;
  const plan = { look, timeoutAtMs, pollIntervalMs };
  const result = await waitForEnd(first, plan, { clock, log, signal: new AbortController().signal });
  return { result, looksAtS, patientForS, ...log };
}

describe('the pause before the next look', () => {
  test.each([
    ['nothing', 0, 5],
    ['250 s, of which 2 % are 5 s', 250 * second, 5],
    ['10 min', 10 * minute, 12],
    ['49 min', 49 * minute, 58.8],
    ['50 min, of which 2 % are 60 s', 50 * minute, 60],
    ['6 h', 6 * hour, 60],
  ])('after %s of %d ms is %d s', (_, waitedMs, pauseS) => {
    expect(nextPauseMs(waitedMs)).toBeCloseTo(pauseS * second, 6);
  });

  test('follows the time waited, whatever the progress', async () => {
    const { looksAtS } = await waited({
      shows: [
        [0, at(0.99)],
        [300 * second, done],
      ],
    });
    expect(looksAtS.slice(0, 3)).toEqual([5, 10, 15]);
    expect(looksAtS.slice(-3).map((s) => s.toFixed(1))).toEqual(['292.9', '298.8', '304.8']);
  });

  test.each([
    { name: 'fixed, but for the first look', pollIntervalMs: 100 * second, looksAtS: [5, 105, 205, 305] },
    { name: 'fixed and short', pollIntervalMs: 2 * second, looksAtS: [2, 4, 6, 8] },
  ])('can be $name', async ({ pollIntervalMs, looksAtS }) => {
    const wait = await waited({ shows: [[((looksAtS.at(-1) ?? 0) - 1) * second, done]], pollIntervalMs });
    expect(wait.looksAtS).toEqual(looksAtS);
  });
});

describe('a wait', () => {
  const lost = new Error('no answer');
  const napping = training({ phase: 'unknown', status: 'napping' });
  /** What the lines of a row show: `12 0.2` for progress, or a word. */
  const shownIn = (cell: string): Waiting['shows'] =>
    cell.split(/, ?/).map((each) => {
      const [atS, what = ''] = each.split(' ');
      const shown = { queued, done, lost, napping }[what] ?? at(Number(what));
      return [Number(atS) * second, shown] as const;
    });
  const ended = { kind: 'ended', training: done };
  const results: Readonly<Record<string, object>> = {
    ended,
    'ended, from the queue': {
      ...ended,
      seen: {
        watchedFromMs: START_MS,
        activeAtMs: START_MS + 10 * second,
        endedAtMs: START_MS + 20 * second,
      },
    },
    'ended, at work from the first look': { ...ended, seen: { activeAtMs: undefined } },
    'timeout at 20 %': { kind: 'timeout', training: at(0.2), error: undefined },
    'timeout at 30 %': { kind: 'timeout', training: at(0.3), error: undefined },
    'timeout without an answer': { kind: 'timeout', training: training(), error: lost },
    'silence after 10 %': { kind: 'silent', training: at(0.1), error: lost },
  };

  test('ends without a look, if the training had ended before', async () => {
    const { result, looksAtS } = await waited({ first: done, shows: [] });
    expect(looksAtS).toEqual([]);
    expect(result).toMatchObject({ ...ended, seen: { watchedFromMs: START_MS } });
  });

  // Name | what is shown from which second on | timeout in s | looks | what it ends with
  test.each(
    rows(`
    at the first look that shows the end | 0 queued, 7 0.1, 12 0.2, 17 done | | 4 | ended, from the queue
    without a moment at which it began, if it was at work from the first look | 0 0.1, 12 done | | 3 | ended, at work from the first look
    at the timeout, with a last look there | 0 0.1, 12 0.2 | 12 | 3 | timeout at 20 %
    by the last look, if that shows the end | 12 done | 12 | 3 | ended
    with one look, if the timeout had passed before | 0 0.3 | -0.001 | 1 | timeout at 30 %
    after too long without a good answer, with what was seen last | 0 0.1, 6 lost | | 2 | silence after 10 %
    as timed out, if there is no good answer at the timeout | 0 lost | 60 | 1 | timeout without an answer
    not with a status word that nobody knows | 0 napping, 12 done | | 3 | ended
    `),
  )('ends %s', async (_, shows, timeoutS, looks, expected) => {
    const first = shows.includes('queued') ? { first: queued } : {};
    const timeout = timeoutS === '' ? {} : { timeoutMs: Number(timeoutS) * second };
    const { result, looksAtS } = await waited({ shows: shownIn(shows), ...first, ...timeout });
    expect(looksAtS).toHaveLength(Number(looks));
    expect(result).toMatchObject(named(results, expected));
  });

  test('is patient at each look for 15 minutes, but not past the timeout', async () => {
    const { patientForS } = await waited({
      shows: [[0, at(0.1)]],
      timeoutMs: 20 * minute,
      pollIntervalMs: 10 * minute,
    });
    expect(patientForS).toEqual([900, 595, 0]);
  });
});

describe('the log of a wait', () => {
  test('has progress and the time so far, when there is news', async () => {
    const { lines } = await waited({
      first: queued,
      shows: [
        [0, queued],
        [10 * second, at(0)],
        [minute, at(0.04)],
        [90 * second, at(0.05)],
        [2 * minute, at(0.5)],
        [18 * minute, at(1)],
        [20 * minute, done],
      ],
      pollIntervalMs: 10 * second,
    });
    expect(lines).toEqual([
      'queued, 0 s so far',
      '0 %, training, 15 s so far',
      '5 %, training, 1 min 35 s so far',
      '50 %, training, 2 min 5 s so far',
      '50 %, training, 7 min 5 s so far',
      '50 %, training, 12 min so far',
      '50 %, training, 17 min so far',
      '100 %, training, 18 min so far',
      'finished, 20 min so far',
    ]);
  });

  test('warns once of a status word that nobody knows', async () => {
    const napping = training({ phase: 'unknown', status: 'napping' });
    const { lines, warnings } = await waited({
      shows: [
        [0, napping],
        [15 * second, done],
      ],
    });
    expect(warnings).toEqual([
      '"napping" is no known status of a training; the step waits on until it ends or the timeout passes.',
    ]);
    expect(lines).toEqual([
      'running, 0 s so far',
      ...warnings,
      'napping, 5 s so far',
      'finished, 15 s so far',
    ]);
  });
});
