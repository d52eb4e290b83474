import type { AccuracyMetric } from '../gate/metric.ts';
import type { Model } from '../gate/model.ts';
import type { ModelResults } from '../gate/picks.ts';
import { headlineMetric } from '../gate/rank.ts';
import type { Context } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';
import { TrainGateError } from '../lib/errors.ts';
import { poll } from '../lib/poll.ts';

/** What came of a training. */
export interface TrainingResults extends ModelResults {
  readonly trainingId: string | undefined;
  /** Which of the API's answers the metrics are from, for the report. */
  readonly source: string;
  /** What an evaluation needs to be told from those of others; undefined if the models are those of a search. */
  readonly onlyModel?:
    | {
        /** Whether its version never had another training that can have left a model. */
        readonly isOnlyOfVersion: boolean;
        /** When its training began, in epoch ms; undefined if it is not known. */
        readonly trainedSinceMs: number | undefined;
      }
    | undefined;
}

/** What is wanted of a training's results besides its models. */
export interface WantedResults {
  /** Metrics for which one answer more is read if no model reports them. */
  readonly metrics: readonly AccuracyMetric[];
  /** The same of metrics that are only told of: if that answer cannot be read, there is none. */
  readonly toldMetrics: readonly AccuracyMetric[];
  /** Figures by class and split: rules need them, they are only for the report, or nobody wants them. */
  readonly details: 'needed' | 'for-report' | 'none';
}

/** What one reading of a training's results came to. */
export type ResultsReading =
  | { readonly kind: 'complete'; readonly results: TrainingResults }
  /** More may come. If it does not, this is judged. */
  | {
      readonly kind: 'incomplete';
      readonly results: TrainingResults;
      readonly reason: string;
      readonly lacks: 'models' | 'classes';
    }
  /** What is shown is not certainly the training's own yet. If that stays so, nothing is judged. */
  | { readonly kind: 'not-yet'; readonly reason: string; readonly hint?: string }
  /** Whose results they are will never be told. */
  | { readonly kind: 'unclear'; readonly reason: string; readonly hint: string };

/** It cannot be told whose the results are that Roboflow shows. */
export class UnknownOwnerError extends TrainGateError {
  override name = 'UnknownOwnerError';
}

/** Results can come later than the end of a training; this long they are waited for (docs/internals/roboflow-api.md#d4-fine-tunes-without-models). */
const GRACE_MS = 3 * 60_000;
const PAUSE_MS = 10_000;

/** Reads the results of a training that ended, again for 3 minutes. Throws TrainGateError if they are not certainly its own. */
export async function awaitResults(
  id: string,
  read: () => Promise<ResultsReading>,
  context: Context,
): Promise<TrainingResults> {
  const { clock, log } = context;
  const reading = await poll(
    {
      look: read,
      isEnough: ({ kind }) => kind === 'complete' || kind === 'unclear',
      pauseMs: () => PAUSE_MS,
      untilMs: clock.now() + GRACE_MS,
      onPause: (seen, _, looks) => {
        if (looks === 1 && seen.kind !== 'complete')
          log.info(`${seen.reason}. Looking again for up to ${formatDuration(GRACE_MS)}.`);
      },
    },
    context,
  );
  if (reading.kind === 'incomplete') log.warning(`${reading.reason}. What is there is judged.`);
  const results = takenResults(id, reading, GRACE_MS);
  if (results instanceof TrainGateError) throw results;
  return results;
}

/** What is judged after no more came of a training for `graceMs`; an error if what is shown is not certainly its own. */
export function takenResults(
  id: string,
  reading: ResultsReading,
  graceMs: number,
): TrainingResults | TrainGateError {
  switch (reading.kind) {
    case 'complete':
      return reading.results;
    case 'unclear':
      return new UnknownOwnerError(reading.reason, { hint: reading.hint });
    case 'incomplete': {
      const { results, reason } = reading;
      return {
        ...results,
        source: `${results.source}; ${reason.slice(0, 1).toLowerCase()}${reason.slice(1)}`,
      };
    }
    case 'not-yet': {
      const message = `The results of training ${id} did not come within ${formatDuration(graceMs)}: ${reading.reason}.`;
      if (reading.hint !== undefined) return new UnknownOwnerError(message, { hint: reading.hint });
      return new TrainGateError(message, { hint: 'Roboflow may be late: re-run this job in some minutes.' });
    }
  }
}

/** Whether a model that can be judged has a metric to rank it by. */
export function hasMetrics(models: readonly Model[]): boolean {
  return headlineMetric(models) !== undefined;
}
