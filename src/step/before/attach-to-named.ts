import type { Inputs } from '../../inputs/inputs.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { routeNamed } from '../../roboflow/apis/choose-route.ts';
import { existingVersion, projectVersions } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { isOtherType } from '../../training/model-type.ts';
import { type Training, withKnown } from '../../training/training.ts';
import { ROUTE_NAMES, type RouteName } from '../../training/training-api.ts';
import { attachTo, type FollowedTraining } from '../follow/followed-training.ts';

type AttachInputs = Extract<Inputs['training'], { kind: 'attach' }>;

/**
 * Attaches to the training that the workflow names by `job-id`: on the route that it names, or else on `v2/trainings`, and
 * then on `jobs`.
 * @throws TrainGateError if there is none, or if it is of another version or model type than the workflow says
 */
export async function attachToNamed(
  { jobId, modelType, version: choice }: AttachInputs,
  wanted: Inputs['route'],
  here: InProject,
): Promise<FollowedTraining> {
  const { project } = here;
  const version = choice && (await versionOf(choice, here));
  const names: readonly RouteName[] = wanted === 'auto' ? ROUTE_NAMES : [wanted];
  for (const name of names) {
    const route = routeNamed(name, here);
    const training = await route.find(jobId, version);
    if (training === undefined) continue;
    requireAsNamed(training, version, modelType);
    const reason = wanted === 'auto' ? 'the training that job-id names is there' : 'as the input says';
    here.log.info(`Route: ${name}, ${reason}.`);
    return attachTo(withKnown(training, { version }), { route, reason });
  }
  throw new TrainGateError(
    `There is no training ${jobId} in ${project.workspace}/${project.project}${version === undefined ? '' : ` on version ${version}`}.`,
    {
      hint: 'Check job-id, that project is the one that it was started in, and version and route if they are set.',
    },
  );
}

async function versionOf(
  choice: NonNullable<AttachInputs['version']>,
  here: InProject,
): Promise<number | undefined> {
  const { project } = here;
  if (choice.kind === 'number') return choice.number;
  return existingVersion(choice, await projectVersions(here), project)?.number;
}

function requireAsNamed(
  training: Training,
  version: number | undefined,
  modelType: string | undefined,
): void {
  if (version !== undefined && training.version !== undefined && training.version !== version)
    throw new TrainGateError(
      `Training ${training.id} is on version ${training.version}, but version is ${version}.`,
      { hint: 'Leave version out, or set it to the one that the training is on.' },
    );
  if (isOtherType(training.modelType, modelType))
    throw new TrainGateError(
      `Training ${training.id} is a ${training.modelType}, but model-type is ${modelType}.`,
      { hint: 'Leave model-type out, or set it to that of the training.' },
    );
}
