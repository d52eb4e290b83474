import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { type ChosenRoute, chooseRoute, routeNamed } from '../../roboflow/apis/choose-route.ts';
import { existingVersion, projectVersions } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { isOtherType } from '../../training/model-type.ts';
import { findReusable, logAttached, soughtInstead } from '../../training/reuse.ts';
import { endedWithoutModel, endedWithWeights, type Training, withKnown } from '../../training/training.ts';
import { ROUTE_NAMES, type RouteName } from '../../training/training-api.ts';
import { attachTo, type FollowedTraining } from '../follow/followed-training.ts';

/** A training to start. */
export interface PlannedStart {
  readonly kind: 'start';
  readonly versions: readonly VersionBody[];
  /** Undefined: a new one is to be generated. */
  readonly version: VersionBody | undefined;
  readonly chosen: ChosenRoute | undefined;
  readonly wanted: Extract<Inputs['training'], { kind: 'start' }>;
  /** Whether it will be the only training of its version, whose results then are its own. */
  readonly hasOwnResults: boolean;
}

/** What the step is going to do. Nothing was changed yet. */
export type Plan = PlannedStart | { readonly kind: 'attach'; readonly followed: FollowedTraining };

/** Which training the step attaches to, or on which version and route it starts one; a re-run's attempts count from `rerunSinceMs`. */
export async function makePlan(
  { training: wanted, route, modelTypes }: Inputs,
  here: InProject,
  rerunSinceMs: number | undefined,
): Promise<Plan> {
  if (wanted.kind === 'attach') return { kind: 'attach', followed: await attachToNamed(wanted, route, here) };
  const versions = await projectVersions(here);
  const version = existingVersion(wanted.version, versions, here.project);
  const [highest] = versions;
  const chosen = highest && (await chooseRoute(route, highest.number, here));
  if (chosen) here.log.info(`Route: ${chosen.route.name}, ${chosen.reason}.`);
  const known = version?.number === highest?.number ? chosen?.listed : undefined;
  const listed = known ?? (version && (await chosen?.route.list(version.number))) ?? [];
  const place = { versions, version, chosen };
  if (wanted.kind === 'existing')
    return { kind: 'attach', followed: await attachToExisting(wanted, place, listed, here) };
  const hasOwnResults = modelTypes.length < 2 && listed.every(({ phase }) => endedWithoutModel(phase));
  const start = { kind: 'start', wanted, hasOwnResults, ...place } as const;
  const followed = await attachInstead(start, listed, rerunSinceMs, here);
  return followed ? { kind: 'attach', followed } : start;
}

/** Attaches to the training that `job-id` names, on the route named or on either. Throws TrainGateError if there is none such. */
async function attachToNamed(
  { jobId, modelType, version: choice }: Extract<Inputs['training'], { kind: 'attach' }>,
  wanted: Inputs['route'],
  here: InProject,
): Promise<FollowedTraining> {
  const { project } = here;
  const version = choice && existingVersion(choice, await projectVersions(here), project)?.number;
  const names: readonly RouteName[] = wanted === 'auto' ? ROUTE_NAMES : [wanted];
  for (const name of names) {
    const route = routeNamed(name, here);
    const training = await route.find(jobId, version);
    if (training === undefined) continue;
    requireAsNamed(training, { version, modelType });
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

function requireAsNamed(
  training: Training,
  { version, modelType }: Pick<Partial<Training>, 'version' | 'modelType'>,
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

/** The training that may be reused instead. Throws TrainGateError if nobody can tell: another could pay for it twice. */
export async function attachInstead(
  { wanted, versions, version, chosen }: PlannedStart,
  listed: readonly Training[],
  rerunSinceMs: number | undefined,
  context: Context,
): Promise<FollowedTraining | undefined> {
  if (version === undefined || chosen === undefined || wanted.reuse === 'none') return undefined;
  const request = { version: version.number, modelType: wanted.modelType };
  const sought = soughtInstead(request, wanted.reuse, rerunSinceMs, chosen.route.can);
  const { training, doubtful } = await findReusable(listed, sought, chosen.route, context);
  if (training === undefined) {
    refuseDoubtful(doubtful, wanted);
    return undefined;
  }
  logAttached(training, wanted, context);
  return attachTo(training, chosen, listed, versions);
}

function refuseDoubtful([first]: readonly Training[], wanted: PlannedStart['wanted']): void {
  if (first === undefined) return;
  const { id, status, modelType } = first;
  const unknown =
    modelType === undefined
      ? `is in flight on this version (${status}), and Roboflow does not say whether it is a ${wanted.modelType}`
      : `has had the status "${status}" for more than a day, and no document says whether that is an end`;
  throw new TrainGateError(`Training ${id} ${unknown}. Nothing was started.`, {
    hint: `To judge it, set job-id to ${id}. To start another one all the same, set reuse to "none".`,
  });
}

/** `reuse: only`: the newest in flight, else the newest with a model. Throws TrainGateError with what is there instead. */
async function attachToExisting(
  { modelType }: Extract<Inputs['training'], { kind: 'existing' }>,
  { versions, version, chosen }: Pick<PlannedStart, 'versions' | 'version' | 'chosen'>,
  listed: readonly Training[],
  context: Context,
): Promise<FollowedTraining> {
  const willDo = ({ phase }: Training) => endedWithWeights(phase);
  const found =
    version &&
    chosen &&
    (await findReusable(listed, { version: version.number, modelType, willDo }, chosen.route, context));
  const training = found?.training;
  if (chosen === undefined || training === undefined) {
    const there = (found?.seen ?? []).map(
      (each) => `${each.id} (${each.modelType ?? 'of unknown type'}, ${each.status})`,
    );
    throw new TrainGateError(
      `There is no training${modelType === undefined ? '' : ` of ${modelType}`} to judge on version ${version?.number ?? 'latest'}: it has ${there.join(', ') || 'no trainings'}.`,
      {
        hint: 'With "reuse: only" nothing is started. Check version and model-type, or start a training with another reuse.',
      },
    );
  }
  context.log.info(
    `Attached to training ${training.id} (${training.status}): with "reuse: only" nothing is started.`,
  );
  return attachTo(training, chosen, listed, versions);
}
