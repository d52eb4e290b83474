import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { type ChosenRoute, chooseRoute } from '../../roboflow/apis/choose-route.ts';
import { existingVersion, projectVersions } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { findReusable, logAttached, soughtInstead } from '../../training/reuse.ts';
import type { Training } from '../../training/training.ts';
import { attachTo, type FollowedTraining } from '../follow/followed-training.ts';
import { attachToExisting } from './attach-to-existing.ts';
import { attachToNamed } from './attach-to-named.ts';

export type StartInputs = Extract<Inputs['training'], { kind: 'start' }>;

/** A training to start. */
export interface PlannedStart {
  readonly wanted: StartInputs;
  /** Those of the project, highest first. */
  readonly versions: readonly VersionBody[];
  /** Undefined: a new one is to be generated. */
  readonly version: VersionBody | undefined;
  /** Undefined: the project has no version yet that the server could be asked about. */
  readonly chosen: ChosenRoute | undefined;
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
  if (wanted.kind === 'existing')
    return {
      kind: 'attach',
      followed: await attachToExisting(wanted, version, versions, chosen, listed, here),
    };
  const start = { wanted, versions, version, chosen };
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
