import type { Model } from '../gate/model.ts';
import { headlineMetric } from '../gate/rank.ts';
import type { Context } from '../lib/context.ts';

/** What a run brought forth. */
export interface TrainingResults {
  readonly trainingId: string | undefined;
  readonly models: readonly Model[];
  /** Hardware name to model id, as the API recommends; empty where it does not. */
  readonly recommended: ReadonlyMap<string, string>;
  /** Which of the API's answers the metrics are from, for the report. */
  readonly source: string;
}

/** Metrics can lag behind the end of a training; this long they are waited for (docs/roboflow-api.md#d4-fine-tunes-without-models). */
const METRICS_GRACE_MS = 3 * 60_000;
const METRICS_PAUSE_MS = 10_000;

/**
 * Reads the results of a run that ended, again for a bounded time while no model has a metric to be judged by.
 * What comes then is returned as it is: a gate that needs a metric finds it missing.
 */
export async function awaitMetrics(
  read: () => Promise<TrainingResults>,
  { clock, log, signal }: Context,
): Promise<TrainingResults> {
  const untilMs = clock.now() + METRICS_GRACE_MS;
  for (let first = true; ; first = false) {
    const results = await read();
    if (hasMetrics(results.models) || clock.now() >= untilMs) return results;
    if (first) log.info('No metrics are reported yet; looking again for up to 3 min.');
    await clock.sleep(METRICS_PAUSE_MS, signal);
  }
}

/** Whether any model that could be judged has a metric to rank it by. */
export function hasMetrics(models: readonly Model[]): boolean {
  return headlineMetric(models) !== undefined;
}
