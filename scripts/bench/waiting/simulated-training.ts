import { createRandom, type Random } from '../../../simulator/lib/random.ts';
import type { Training } from '../../../src/training/training.ts';
import { type ProgressCurve, type ProgressShape, progressCurve } from './progress-curve.ts';

/** A training on a virtual clock that was started at 0. */
export interface SimulatedTraining {
  readonly queuedMs: number;
  /** Queue included. */
  readonly endAtMs: number;
  /** What a look shows so long after the start. */
  readonly at: (ms: number) => Pick<Training, 'phase' | 'progress'>;
}

/** Which trainings to simulate: the same for the same seed. */
export interface Population {
  readonly shape: ProgressShape;
  readonly count: number;
  readonly seed: number;
  /** Without the queue. Undefined: from 1 minute to 24 hours, as many below 38 minutes as above. */
  readonly trainMs?: number;
  /** Each at a random moment of queue and training. */
  readonly fails?: boolean;
}

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** Half of them queue first, half tell progress in whole percents. */
export function simulateTrainings(population: Population): readonly SimulatedTraining[] {
  const random = createRandom(population.seed);
  return Array.from({ length: population.count }, () => simulateTraining(population, random));
}

function simulateTraining({ shape, trainMs, fails = false }: Population, random: Random): SimulatedTraining {
  const workMs = trainMs ?? logBetween(random, minute, day);
  const queuedMs = random.next() < 0.5 ? 0 : logBetween(random, 10 * second, 20 * minute);
  const curve = progressCurve(shape, workMs, random);
  const inPercents = random.next() < 0.5;
  const endAtMs = (queuedMs + workMs) * (fails ? random.next() : 1);
  return {
    queuedMs: Math.min(queuedMs, endAtMs),
    endAtMs,
    at: (ms) => {
      if (ms >= endAtMs) return { phase: fails ? 'failed' : 'succeeded', progress: undefined };
      if (ms < queuedMs) return { phase: 'waiting', progress: undefined };
      return { phase: 'active', progress: told(curve, (ms - queuedMs) / workMs, inPercents) };
    },
  };
}

function told(curve: ProgressCurve | undefined, timeShare: number, inPercents: boolean): number | undefined {
  const progress = curve?.(timeShare);
  return progress !== undefined && inPercents ? Math.floor(progress * 100) / 100 : progress;
}

/** As many below the geometric mean of both as above. */
function logBetween(random: Random, low: number, high: number): number {
  return low * Math.exp(random.next() * Math.log(high / low));
}
