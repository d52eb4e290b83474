import * as v from 'valibot';
import type { Runner } from './runner.ts';

const STATE = 'run';

/** What the post step needs of the inputs, except the key: its own inputs can have other values by then. */
const Identity = {
  route: v.picklist(['jobs', 'trainings']),
  workspace: v.string(),
  project: v.string(),
  apiUrl: v.string(),
  auth: v.picklist(['header', 'query']),
  onCancel: v.picklist(['cancel', 'stop', 'leave']),
  version: v.number(),
  modelType: v.string(),
};

const TrainingState = v.variant('phase', [
  /** A start was requested, and its answer is not known yet. */
  v.object({
    phase: v.literal('starting'),
    ...Identity,
    requestedAtMs: v.number(),
    knownIds: v.array(v.string()),
  }),
  /** This step started a training and is responsible for it. */
  v.object({ phase: v.literal('started'), ...Identity, id: v.string() }),
  /** Nothing is left to do about the training. */
  v.object({ phase: v.literal('settled') }),
]);

/** What the main step tells its post step about its training, in case it is cancelled or killed. */
export type TrainingState = v.InferOutput<typeof TrainingState>;

/** Saves `state` at once: the runner has it even if this process is killed (docs/github.md#where-a-step-runs). */
export function saveTrainingState(runner: Pick<Runner, 'saveState'>, state: TrainingState): void {
  runner.saveState(STATE, JSON.stringify(state));
}

/** What the main step saved, undefined if it requested no start. */
export function readTrainingState(runner: Pick<Runner, 'savedState'>): TrainingState | undefined {
  const text = runner.savedState(STATE);
  return text === '' ? undefined : v.parse(TrainingState, JSON.parse(text));
}
