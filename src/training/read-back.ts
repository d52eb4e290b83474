import type { Clock } from '../clock.ts';
import { TrainGateError } from '../errors.ts';
import { endTraining } from './end.ts';
import type { TrainingRoute } from './route.ts';
import { sameModelType, type Training } from './training.ts';

/** As long as a run is watched without a good answer. */
const READING_PATIENCE_MS = 15 * 60_000;
/** Ending a training of the wrong type is tried for this long. */
const ENDING_PATIENCE_MS = 80_000;

/**
 * Reads a training back that was just started. An API that overlooks the model type trains the project's default
 * instead, which would be paid for and then judged; such a run is cancelled (API reference, D3).
 * @throws TrainGateError with both types
 */
export async function readBack(
  started: Training,
  modelType: string,
  route: TrainingRoute,
  clock: Pick<Clock, 'now'>,
): Promise<Training> {
  const training = await route.look(started, clock.now() + READING_PATIENCE_MS);
  if (training.modelType === undefined || sameModelType(training.modelType, modelType)) return training;
  const ending = await endTraining(route, training, 'cancel', clock.now() + ENDING_PATIENCE_MS);
  throw new TrainGateError(
    `Asked to train ${modelType}, Roboflow trains ${training.modelType}. ${ending.sentence}`,
    {
      hint: 'Check model-type against the types that Roboflow offers for this project.',
    },
  );
}
