import * as v from 'valibot';
import type { Runner } from './runner.ts';

const STATE = 'run';

/** The post step's own inputs may differ by then, so what it needs of them travels here; all but the key. */
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
  /** A start was asked for, and its answer is not known yet. */
  v.object({
    phase: v.literal('starting'),
    ...Identity,
    requestedAtMs: v.number(),
    knownIds: v.array(v.string()),
  }),
  /** A training began that this step answers for. */
  v.object({ phase: v.literal('started'), ...Identity, id: v.string() }),
  /** Nothing is left to be done about the run. */
  v.object({ phase: v.literal('settled') }),
]);

/** What the main process leaves for its post process, in case it is interrupted or killed. */
export type TrainingState = v.InferOutput<typeof TrainingState>;

/** Saves `state` at once: the runner reads it even when this process is killed (docs/github.md#where-a-step-runs). */
export function saveTrainingState(step: Pick<Runner, 'saveState'>, state: TrainingState): void {
  step.saveState(STATE, JSON.stringify(state));
}

/** What the main process left; undefined where it asked for no start. */
export function readTrainingState(step: Pick<Runner, 'savedState'>): TrainingState | undefined {
  const text = step.savedState(STATE);
  return text === '' ? undefined : v.parse(TrainingState, JSON.parse(text));
}
