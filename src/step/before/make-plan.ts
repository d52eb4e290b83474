import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { type ChosenRoute, chooseRoute } from '../../roboflow/apis/choose-route.ts';
import { existingVersion, projectVersions } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { findReusable, logAttached, soughtInstead } from '../../training/reuse.ts';
import { endedWithWeights, type Training } from '../../training/training.ts';
import { attachTo, type FollowedTraining } from '../follow/followed-training.ts';
import { attachToNamed } from './attach-to-named.ts';

export type StartInputs = Extract<Inputs['training'], { kind: 'start' }>;

/** Where a training is attached to or started. */
interface PlannedPlace {
  /** Those of the project, highest first. */
  readonly versions: readonly VersionBody[];
  /** Undefined: a new one is to be generated. */
  readonly version: VersionBody | undefined;
  /** Undefined: the project has no version yet that the server could be asked about. */
  readonly chosen: ChosenRoute | undefined;
}

/** A training to start. */
export interface PlannedStart extends PlannedPlace {
  readonly wanted: StartInputs;
}

/** What the step is going to do. Nothing was changed yet. */
export type Plan =
  | { readonly kind: 'attach'; readonly followed: FollowedTraining }
  | { readonly kind: 'start'; readonly start: PlannedStart };

/**
 * Finds out by reading which training the step attaches to, or on which version and route it starts one.
 * @param rerunSinceMs in a re-run: since when an earlier attempt may have started a training, in epoch ms
 */
export async function makePlan(
  { training: wanted, route }: Inputs,
  here: InProject,
  rerunSinceMs: number | undefined,
): Promise<Plan> {
  const { project } = here;
  if (wanted.kind === 'attach') return { kind: 'attach', followed: await attachToNamed(wanted, route, here) };
  const versions = await projectVersions(here);
  const version = existingVersion(wanted.version, versions, project);
  const [highest] = versions;
  const chosen = highest && (await chooseRoute(route, highest.number, here));
  if (chosen) here.log.info(`Route: ${chosen.route.name}, ${chosen.reason}.`);
  const known = version?.number === highest?.number ? chosen?.listed : undefined;
  const listed = known ?? (version && (await chosen?.route.list(version.number))) ?? [];
  const place = { versions, version, chosen };
  if (wanted.kind === 'existing')
    return { kind: 'attach', followed: await attachToExisting(wanted, place, listed, here) };
  const start = { wanted, ...place };
  const followed = await attachInstead(start, listed, rerunSinceMs, here);
  return followed ? { kind: 'attach', followed } : { kind: 'start', start };
}

/**
 * The training that may be reused instead of starting one.
 * @throws TrainGateError if one may be in flight, and nobody can tell: to start another could pay for it twice
 */
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

function refuseDoubtful([first]: readonly Training[], wanted: StartInputs): void {
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

/**
 * `reuse: only`: the newest training in flight on the version, else the newest one that ended with a model.
 * @param listed the trainings of the version
 * @throws TrainGateError with what is there, if none can be judged
 */
async function attachToExisting(
  { modelType }: Extract<Inputs['training'], { kind: 'existing' }>,
  { versions, version, chosen }: PlannedPlace,
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
