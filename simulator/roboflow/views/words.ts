import { type SimulatedTraining, stateOf } from '../world/training.ts';

/** The status words of one route (docs/internals/roboflow-api.md#status-words). */
interface Vocabulary {
  readonly training: string;
  readonly mining: string;
  readonly complete: string;
}

const jobsWords: Vocabulary = { training: 'training', mining: 'training', complete: 'complete' };
const trainingsWords: Vocabulary = { training: 'running', mining: 'mining', complete: 'finished' };
const resultsWords: Vocabulary = { training: 'training', mining: 'mining', complete: 'finished' };

/** The word on `/jobs` (docs/internals/roboflow-api.md#jobs). */
export function jobStatus(training: SimulatedTraining, nowMs: number): string {
  return statusWord(training, nowMs, jobsWords);
}

/** The word on the v2 routes (docs/internals/roboflow-api.md#v2-trainings), which have been seen to say `running`. */
export function trainingStatus(training: SimulatedTraining, nowMs: number): string {
  return statusWord(training, nowMs, trainingsWords);
}

/** The word in `training/results`, `train.status` and the models list (docs/internals/roboflow-api.md#status-words). */
export function resultsStatus(training: SimulatedTraining, nowMs: number): string {
  return statusWord(training, nowMs, resultsWords);
}

function statusWord(training: SimulatedTraining, nowMs: number, words: Vocabulary): string {
  const state = stateOf(training, nowMs);
  switch (state.phase) {
    case 'queued':
      return 'queued';
    case 'warming':
      return training.plan.warmUp?.word ?? 'queued';
    case 'training':
      return words.training;
    case 'mining':
      return words.mining;
    case 'ended':
      // The words for a failed, cancelled or stopped training are the same everywhere.
      return state.end === undefined || state.end === 'complete' ? words.complete : state.end;
  }
}
