import type { Context } from '../lib/context.ts';
import { TrainGateError } from '../lib/errors.ts';
import { isOtherType } from './model-type.ts';
import type { Training, TrainingRequest } from './training.ts';
import { ENDING_PATIENCE_MS, type EndResult, endTraining, type TrainingApi } from './training-api.ts';

/** Something else was being trained than was asked for. */
export class OtherTrainingError extends TrainGateError {
  override name = 'OtherTrainingError';
  readonly ended: EndResult;

  constructor(difference: string, ended: EndResult) {
    super(`Asked to train ${difference}.`, {
      hint: 'Check model-type and version against what Roboflow offers for this project.',
    });
    this.ended = ended;
  }
}

/**
 * Checks what a look shows of a training that this step started. If the API overlooks the model type it trains the project's
 * default instead, which would be paid for and then judged. Such a training is cancelled
 * (docs/internals/roboflow-api.md#d3-model-type-field).
 * @throws OtherTrainingError with what was asked for and what is trained
 */
export async function requireAsRequested(
  training: Training,
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  route: TrainingApi,
  { clock, signal }: Context,
): Promise<void> {
  const difference = differenceFrom(request, training);
  if (difference === undefined) return;
  const ended = await endTraining(route, training, 'cancel', clock.now() + ENDING_PATIENCE_MS);
  // If somebody interrupts the cancel, the post step does it.
  signal.throwIfAborted();
  throw new OtherTrainingError(difference, ended);
}

function differenceFrom(
  { version, modelType }: Pick<TrainingRequest, 'version' | 'modelType'>,
  training: Training,
): string | undefined {
  if (training.version !== undefined && training.version !== version)
    return `on version ${version}, Roboflow trains on version ${training.version}`;
  if (isOtherType(training.modelType, modelType))
    return `${modelType}, Roboflow trains ${training.modelType}`;
  return undefined;
}
