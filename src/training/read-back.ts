import type { Clock } from '../clock.ts';
import { TrainGateError } from '../errors.ts';
import { ENDING_PATIENCE_MS, endTraining } from './end.ts';
import type { TrainingRoute } from './route.ts';
import { sameModelType, type Training } from './training.ts';

/** Another architecture is being trained than was asked for. */
export class OtherTypeError extends TrainGateError {
  override name = 'OtherTypeError';
}

/**
 * Checks what a look shows of a training that this step started. An API that overlooks the model type trains the
 * project's default instead, which would be paid for and then judged; such a run is cancelled (API reference, D3).
 * @throws OtherTypeError with both types
 */
export async function requireType(
  training: Training,
  modelType: string,
  route: TrainingRoute,
  clock: Pick<Clock, 'now'>,
): Promise<Training> {
  if (training.modelType === undefined || sameModelType(training.modelType, modelType)) return training;
  const ending = await endTraining(route, training, 'cancel', clock.now() + ENDING_PATIENCE_MS);
  throw new OtherTypeError(
    `Asked to train ${modelType}, Roboflow trains ${training.modelType}. ${ending.sentence}`,
    { hint: 'Check model-type against the types that Roboflow offers for this project.' },
  );
}
