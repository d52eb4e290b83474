import type { Clock } from '../lib/clock.ts';
import { TrainGateError } from '../lib/errors.ts';
import { ENDING_PATIENCE_MS, endTraining } from './end.ts';
import type { TrainingRoute } from './route.ts';
import { isOfRequest, sameModelType, type Training, type TrainingRequest } from './training.ts';

/** Something else is being trained than was asked for. */
export class OtherTrainingError extends TrainGateError {
  override name = 'OtherTrainingError';
  /** Whether it could not be ended. */
  readonly running: boolean;

  constructor(message: string, running: boolean, hint: string) {
    super(message, { hint });
    this.running = running;
  }
}

/**
 * Checks what a look shows of a training that this step started. An API that overlooks the model type trains the
 * project's default instead, which would be paid for and then judged; such a run is cancelled (docs/roboflow-api.md#d3-model-type-field).
 * @throws OtherTrainingError with what was asked for and what is trained
 */
export async function requireAsked(
  training: Training,
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  route: TrainingRoute,
  { clock, signal }: { readonly clock: Pick<Clock, 'now'>; readonly signal: AbortSignal },
): Promise<Training> {
  if (isOfRequest(training, request)) return training;
  const ending = await endTraining(route, training, 'cancel', clock.now() + ENDING_PATIENCE_MS);
  // Whoever interrupts the cancel leaves it to the post step.
  signal.throwIfAborted();
  throw new OtherTrainingError(
    `Asked to train ${difference(training, request)}. ${ending.sentence}`,
    ending.kind === 'running',
    'Check model-type and version against what Roboflow offers for this project.',
  );
}

function difference(
  training: Training,
  { version, modelType }: Pick<TrainingRequest, 'version' | 'modelType'>,
): string {
  const ofType = training.modelType ?? modelType;
  return sameModelType(ofType, modelType)
    ? `on version ${version}, Roboflow trains on version ${training.version}`
    : `${modelType}, Roboflow trains ${ofType}`;
}
