import type { Inputs } from '../../inputs/inputs.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { type Prepared, prepare } from '../before/prepare.ts';
import type { TrainingOfType } from './training-of-type.ts';

/** One of several trainings, after everything was checked that can be checked without paying. */
export interface PlannedTraining extends TrainingOfType, Prepared {}

/**
 * Checks all trainings, one after the other, before any is started. Nothing is changed by it.
 * @param rerunSinceMs in a re-run: since when an earlier attempt may have started a training, in epoch ms
 * @throws TrainGateError that says what to change; what is wrong with one starts none
 */
export async function prepareSeveral(
  trainings: readonly TrainingOfType[],
  inputs: Inputs,
  rerunSinceMs: number | undefined,
): Promise<readonly PlannedTraining[]> {
  const planned: PlannedTraining[] = [];
  for (const training of trainings) {
    const { modelType, here } = training;
    const prepared = await prepare(training.inputs, here, rerunSinceMs).catch((error: unknown) => {
      throw error instanceof TrainGateError ? aboutType(error, modelType) : error;
    });
    planned.push({ ...training, ...prepared });
  }
  refuseSharedTraining(planned);
  refuseUnwatchedOnVersion(planned, inputs);
  return planned;
}

/** The same error with the type that it is about, unless it says so. An interruption is about none. */
function aboutType(error: TrainGateError, modelType: string): TrainGateError {
  if (error.name === 'InterruptedError' || error.message.includes(modelType)) return error;
  return new TrainGateError(`model-type ${modelType}: ${error.message}`, { hint: error.hint, cause: error });
}

/** Where Roboflow names only the family of a training, it can be taken for several sizes. It is one of them at most. */
function refuseSharedTraining(planned: readonly PlannedTraining[]): void {
  const taken = new Map<string, string>();
  for (const { modelType, next } of planned) {
    if (next.kind !== 'attach') continue;
    const { id, modelType: shown } = next.followed.training;
    const other = taken.get(id);
    if (other !== undefined)
      throw new TrainGateError(
        `Training ${id} (${shown ?? 'of unknown type'}) could be the one of ${other} and the one of ${modelType}. Nothing was started.`,
        { hint: 'Wait until it has ended, or set reuse to "none": then each is started anew.' },
      );
    taken.set(id, modelType);
  }
}

/** Whether Roboflow may tell the results of the trainings by version only, so that they must not run side by side. */
export function runOneAtATime(planned: readonly PlannedTraining[]): boolean {
  return planned.some(({ next, inputs }) => {
    const route = next.kind === 'attach' ? next.followed.route : next.plan.chosen?.route;
    return route === undefined ? inputs.route !== 'trainings' : route.resultsComeBy === 'version';
  });
}

function refuseUnwatchedOnVersion(planned: readonly PlannedTraining[], { wait }: Inputs): void {
  if (wait !== 'none' || !runOneAtATime(planned)) return;
  throw new TrainGateError(
    'On the route jobs Roboflow tells trainings of one version apart only if they run one after the other, and with "wait: none" they would run side by side. Nothing was started.',
    { hint: 'Set wait to "job", name one model type, or use a server that has v2/trainings.' },
  );
}
