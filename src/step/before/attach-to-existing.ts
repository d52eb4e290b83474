import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import type { ChosenRoute } from '../../roboflow/apis/choose-route.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { compareModelTypes } from '../../training/model-type.ts';
import { hasEnded, newestFirst, type Training } from '../../training/training.ts';
import { attachedTo, type FollowedTraining } from '../follow/followed-training.ts';
import { imagesOf } from './images-of.ts';

type ExistingInputs = Extract<Inputs['training'], { kind: 'existing' }>;

/**
 * `reuse: only`: the newest training in flight on the version, else the newest one that ended with a model.
 * @param listed the trainings of the version
 * @throws TrainGateError with what is there, if none can be judged
 */
export async function attachToExisting(
  { modelType }: ExistingInputs,
  version: VersionBody | undefined,
  chosen: ChosenRoute | undefined,
  listed: readonly Training[],
  { log }: Context,
): Promise<FollowedTraining> {
  const candidates = newestFirst(listed.filter((training) => isOfType(training, modelType)));
  const training =
    candidates.find(({ phase }) => !hasEnded(phase) && phase !== 'ending') ??
    candidates.find(({ phase }) => phase === 'succeeded' || phase === 'stopped');
  if (version === undefined || chosen === undefined || training === undefined)
    throw new TrainGateError(
      `There is no training${modelType === undefined ? '' : ` of ${modelType}`} to judge on version ${version?.number ?? 'latest'}: ${whatIsThere(listed)}.`,
      {
        hint: 'With "reuse: only" nothing is started. Check version and model-type, or start a training with another reuse.',
      },
    );
  log.info(
    `Attached to training ${training.id} (${training.status}): with "reuse: only" nothing is started.`,
  );
  const before = hasEnded(training.phase) ? undefined : await chosen.route.before(version.number, listed);
  return attachedTo(training, chosen, before, imagesOf(version));
}

function isOfType(training: Training, modelType: string | undefined): boolean {
  if (modelType === undefined) return true;
  return (
    training.modelType !== undefined && compareModelTypes(training.modelType, modelType) !== 'contradictory'
  );
}

const MOST_LISTED = 5;

function whatIsThere(listed: readonly Training[]): string {
  if (listed.length === 0) return 'it has no trainings';
  const told = newestFirst(listed)
    .slice(0, MOST_LISTED)
    .map(({ id, modelType, status }) => `${id} (${modelType ?? 'of unknown type'}, ${status})`);
  const more = listed.length > MOST_LISTED ? `, and ${listed.length - MOST_LISTED} more` : '';
  return `it has ${told.join(', ')}${more}`;
}
