import { isRequested, type SimulatedTraining, stateOf } from './training.ts';

/** Is something that a training shows `forMs` late still missing? False while the training runs. */
export function isLate(training: SimulatedTraining, forMs: number | undefined, nowMs: number): boolean {
  if (forMs === undefined || stateOf(training, nowMs).phase !== 'ended') return false;
  const { endShownAtMs } = training;
  return endShownAtMs === undefined || nowMs < endShownAtMs + forMs;
}

/** Does v2 `get` say that the training runs, after it has said once that it is over? */
export function looksRunningAgain(training: SimulatedTraining, nowMs: number): boolean {
  return training.endShownAtMs !== undefined && isLate(training, training.plan.lag?.bundleMs, nowMs);
}

/** Can metrics be read by now? Weights, and so metrics, exist after a complete or a stopped training. */
export function metricsReady(training: SimulatedTraining, nowMs: number): boolean {
  const { end, endedAtMs } = stateOf(training, nowMs);
  if (endedAtMs === undefined || (end !== 'complete' && end !== 'stopped')) return false;
  return nowMs >= endedAtMs + (training.plan.metricsDelayMs ?? 0);
}

/**
 * The training of a version whose results `training/results` shows: the one that got there last. A training gets there when it
 * starts, or if its plan says so, some time after its end.
 * @param trainings of the version, oldest first
 */
export function trainingInResults(
  trainings: readonly SimulatedTraining[],
  nowMs: number,
): SimulatedTraining | undefined {
  const shown = trainings.map((training) => ({ training, sinceMs: inResultsSinceMs(training, nowMs) }));
  return shown
    .filter(({ sinceMs }) => sinceMs <= nowMs)
    .toSorted((a, b) => a.sinceMs - b.sinceMs)
    .at(-1)?.training;
}

function inResultsSinceMs(training: SimulatedTraining, nowMs: number): number {
  const resultsMs = training.plan.lag?.resultsMs;
  if (resultsMs === undefined) return training.createdAtMs;
  const { endedAtMs } = stateOf(training, nowMs);
  const fromMs = isRequested(training) ? training.endShownAtMs : endedAtMs;
  return fromMs === undefined ? Number.POSITIVE_INFINITY : fromMs + resultsMs;
}
