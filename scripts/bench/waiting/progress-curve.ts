import type { Random } from '../../../simulator/lib/random.ts';

/** From the share of the training's time, 0 to 1, to its progress. */
export type ProgressCurve = (timeShare: number) => number;

/** The ways in which progress may behave. */
export type ProgressShape = (typeof PROGRESS_SHAPES)[number];
export const PROGRESS_SHAPES = [
  'linear',
  'warm-up',
  'stalling',
  'jumping',
  'finishing',
  'stops short',
  'absent',
] as const;

/** A curve of the shape for a training that takes so long; undefined where the API tells no progress. */
export function progressCurve(
  shape: ProgressShape,
  workMs: number,
  random: Random,
): ProgressCurve | undefined {
  switch (shape) {
    case 'linear':
      return through([0, 0], [1, 1]);
    case 'warm-up':
      return through([0, 0], [random.between(0.05, 0.3), 0], [1, 1]);
    case 'stalling':
      return stalling(random);
    case 'jumping':
      return jumping(random);
    case 'finishing':
      return through([0, 0], [1 - finishingShare(workMs, random), 1], [1, 1]);
    case 'stops short':
      return through([0, 0], [1, random.between(0.5, 0.98)]);
    case 'absent':
      return undefined;
  }
}

type Point = readonly [timeShare: number, progress: number];

/** Straight from point to point; the time of the points never falls. */
function through(...points: readonly Point[]): ProgressCurve {
  return (timeShare) => {
    const next = points.findIndex(([share]) => share > timeShare);
    const [[fromShare, from] = [0, 0], [toShare, to] = [1, 1]] = points.slice(next - 1, next + 1);
    return next === -1
      ? (points.at(-1)?.[1] ?? 1)
      : from + ((timeShare - fromShare) / (toShare - fromShare)) * (to - from);
  };
}

/** Stands still one to three times, each for 3 % to 15 % of the time. */
function stalling(random: Random): ProgressCurve {
  const stalls = Array.from({ length: Math.ceil(random.next() * 3) }, () => ({
    progress: random.next(),
    share: random.between(0.03, 0.15),
  })).toSorted((a, b) => a.progress - b.progress);
  const workShare = 1 - stalls.reduce((sum, { share }) => sum + share, 0);
  let stalledShare = 0;
  const points = stalls.flatMap(({ progress, share }): readonly Point[] => {
    const fromShare = progress * workShare + stalledShare;
    stalledShare += share;
    return [
      [fromShare, progress],
      [fromShare + share, progress],
    ];
  });
  return through([0, 0], ...points, [1, 1]);
}

/** Moves once an epoch, with 20 to 200 epochs that differ by a tenth; in half of them up to 30 % more at once. */
function jumping(random: Random): ProgressCurve {
  const epochs = Math.round(20 * 10 ** random.next());
  const lengths = Array.from({ length: epochs }, () => random.between(0.9, 1.1));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const leap = random.next() < 0.5 ? random.between(0.05, 0.3) : 0;
  const leapAt = random.next();
  let share = 0;
  const ends = lengths.map((length) => {
    share += length / whole;
    return share;
  });
  return (timeShare) => {
    const done = ends.filter((end) => end <= timeShare).length / epochs;
    return done * (1 - leap) + (timeShare >= leapAt ? leap : 0);
  };
}

/** 10 s to 5 min at 100 %, and at most 30 % of the time. */
function finishingShare(workMs: number, random: Random): number {
  return Math.min(0.3, (10_000 * 30 ** random.next()) / workMs);
}
