import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import type { ChosenRoute } from '../../roboflow/apis/choose-route.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { findReusable } from '../../training/reuse.ts';
import { endedWithWeights, type Training } from '../../training/training.ts';
import { attachTo, type FollowedTraining } from '../follow/followed-training.ts';

type ExistingInputs = Extract<Inputs['training'], { kind: 'existing' }>;

/**
 * `reuse: only`: the newest training in flight on the version, else the newest one that ended with a model.
 * @param versions those of the project
 * @param listed the trainings of the version
 * @throws TrainGateError with what is there, if none can be judged
 */
export async function attachToExisting(
  { modelType }: ExistingInputs,
  version: VersionBody | undefined,
  versions: readonly VersionBody[],
  chosen: ChosenRoute | undefined,
  listed: readonly Training[],
  context: Context,
): Promise<FollowedTraining> {
  const willDo = ({ phase }: Training) => endedWithWeights(phase);
  const found =
    version &&
    chosen &&
    (await findReusable(listed, { version: version.number, modelType, willDo }, chosen.route, context));
  const training = found?.training;
  if (version === undefined || chosen === undefined || training === undefined)
    throw new TrainGateError(
      `There is no training${modelType === undefined ? '' : ` of ${modelType}`} to judge on version ${version?.number ?? 'latest'}: ${whatIsThere(found?.seen ?? [])}.`,
      {
        hint: 'With "reuse: only" nothing is started. Check version and model-type, or start a training with another reuse.',
      },
    );
  context.log.info(
    `Attached to training ${training.id} (${training.status}): with "reuse: only" nothing is started.`,
  );
  return attachTo(training, chosen, listed, versions);
}

const MOST_LISTED = 5;

/** @param listed newest first */
function whatIsThere(listed: readonly Training[]): string {
  if (listed.length === 0) return 'it has no trainings';
  const told = listed
    .slice(0, MOST_LISTED)
    .map(({ id, modelType, status }) => `${id} (${modelType ?? 'of unknown type'}, ${status})`);
  const more = listed.length > MOST_LISTED ? `, and ${listed.length - MOST_LISTED} more` : '';
  return `it has ${told.join(', ')}${more}`;
}
