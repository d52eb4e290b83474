import { markdownTable } from 'markdown-table';
import { createRandom } from '../../../simulator/lib/random.ts';
import { median, quantile } from '../quantile.ts';
import { PROGRESS_SHAPES, type ProgressShape } from './progress-curve.ts';
import { simulateTrainings } from './simulated-training.ts';
import { adaptive, backOff, every, type Watched, type Watcher, watch } from './watcher.ts';

const SEED = 14;
const PER_SHAPE = 300;
const hour = 3_600_000;

/** Those of which progress tells the end. */
export const TELLING_SHAPES: readonly ProgressShape[] = PROGRESS_SHAPES.filter(
  (shape) => shape !== 'absent' && shape !== 'stops short',
);

/** What was measured of the waits for trainings of some shapes. */
export interface WaitingFigures {
  /** In seconds, from the end to the look that shows it. */
  readonly delays: readonly number[];
  /** The same of trainings that failed. */
  readonly failureDelays: readonly number[];
  /** At trainings of 6 hours, without those in the queue. */
  readonly looks: readonly number[];
}

/** Watches `perShape` trainings of each shape to their end, as many of 6 hours, and as many that fail. */
export function measureWaiting(
  watcher: () => Watcher,
  shapes: readonly ProgressShape[],
  perShape: number,
): WaitingFigures {
  const watchAll = (more: { readonly trainMs?: number; readonly fails?: boolean }): readonly Watched[] =>
    shapes.flatMap((shape) =>
      simulateTrainings({ shape, count: perShape, seed: SEED, ...more }).map((each) =>
        watch(each, watcher()),
      ),
    );
  const delays = (all: readonly Watched[]) => all.map(({ delayMs }) => delayMs / 1_000);
  return {
    delays: delays(watchAll({})),
    failureDelays: delays(watchAll({ fails: true })),
    looks: watchAll({ trainMs: 6 * hour }).map(({ looksAtWork }) => looksAtWork),
  };
}

/** A new one for each training, all with one source of chance. */
export function adaptiveWatchers(): () => Watcher {
  const random = createRandom(SEED);
  return () => adaptive(random);
}

/** Prints two tables: the schedule beside others, and by the shape of progress. */
export function reportWaiting(): void {
  const bySchedule: readonly (readonly [string, () => Watcher, readonly ProgressShape[]])[] = [
    ['adaptive, progress tells the end', adaptiveWatchers(), TELLING_SHAPES],
    ['adaptive, any progress', adaptiveWatchers(), [...TELLING_SHAPES, 'stops short']],
    ['adaptive, no progress', adaptiveWatchers(), ['absent']],
    ['every 5 s (official client)', () => every(5_000), PROGRESS_SHAPES],
    ['every 30 s', () => every(30_000), PROGRESS_SHAPES],
    ['every 60 s', () => every(60_000), PROGRESS_SHAPES],
    ['back-off, 5 s doubled up to 5 min', () => backOff(5_000, 300_000), PROGRESS_SHAPES],
  ];
  console.log(`${PER_SHAPE * PROGRESS_SHAPES.length} trainings, as many of 6 hours, as many that fail\n`);
  printTable('Schedule', bySchedule);
  console.log();
  printTable(
    'Adaptive, progress',
    PROGRESS_SHAPES.map((shape) => [shape, adaptiveWatchers(), [shape]]),
  );
}

function printTable(
  what: string,
  rows: readonly (readonly [string, () => Watcher, readonly ProgressShape[]])[],
): void {
  const cells = rows.map(([name, watcher, shapes]) => [
    name,
    ...cellsOf(measureWaiting(watcher, shapes, PER_SHAPE)),
  ]);
  console.log(markdownTable([[what, ...COLUMNS], ...cells]));
}

const COLUMNS = [
  'Delay, median',
  '95th percentile',
  'longest',
  'longest after a failure',
  'Looks in 6 h, median',
  'most',
];

function cellsOf({ delays, failureDelays, looks }: WaitingFigures): readonly string[] {
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  return [
    seconds(median(delays)),
    seconds(quantile(delays, 0.95)),
    seconds(quantile(delays, 1)),
    seconds(quantile(failureDelays, 1)),
    `${median(looks)}`,
    `${quantile(looks, 1)}`,
  ];
}
