import type { Runner } from '../github/runner.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Context } from '../lib/context.ts';
import { TrainGateError } from '../lib/errors.ts';
import type { ProjectRef } from '../roboflow/endpoints/project.ts';
import type { Api } from '../roboflow/http/api.ts';
import type { ChosenRoute } from '../roboflow/routes/choose-route.ts';
import { logAttached, reusable } from '../training/reuse.ts';
import { startTraining } from '../training/start.ts';
import { hasEnded, type Training, type TrainingRequest } from '../training/training.ts';
import { attachToNamed } from './attach.ts';
import { attachedTo, type FollowedTraining } from './followed-training.ts';
import { listWithDetails } from './list-with-details.ts';
import { prepareVersion, versionAndRoute } from './prepare.ts';
import type { StartState } from './start-state.ts';

/** What a start needs beside inputs and API. */
export interface StartOptions {
  readonly runner: Pick<Runner, 'output'>;
  readonly state: StartState;
  readonly timeoutAtMs: number;
  /** In a re-wanted: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
}

export type StartInputs = Extract<Inputs['training'], { kind: 'start' }>;

/** Attaches to the training that the workflow names or may reuse, or starts one exactly once on a version that is ready. */
export async function startOrAttach(
  inputs: Inputs,
  api: Api,
  project: ProjectRef,
  options: StartOptions,
  context: Context,
): Promise<FollowedTraining> {
  const { training: wanted } = inputs;
  if (wanted.kind === 'attach') return attachToNamed(wanted, inputs.route, api, project, context);

  const { version, chosen } = await versionAndRoute(wanted, inputs.route, api, project, options, context);
  options.runner.output('version', String(version));
  refuseOwnBaseline(version, inputs);

  const listedAtMs = context.clock.now();
  const listed = await listWithDetails(version, chosen.route, context);
  const existing = await attachToReusable(listed, wanted, version, chosen, options, context);
  if (existing) return existing;

  const request = await prepareVersion(wanted, version, api, project, options.timeoutAtMs, context);

  const isFresh = context.clock.now() - listedAtMs < FRESH_MS;
  const now = isFresh ? listed : await listWithDetails(version, chosen.route, context);
  const startedMeanwhile = isFresh
    ? undefined
    : await attachToReusable(now, wanted, version, chosen, options, context);
  return startedMeanwhile ?? startNew(request, now, chosen, inputs, project, options, context);
}

/** A list of trainings that was read this long ago still stands. */
const FRESH_MS = 10_000;

/** Which version `latest` is shows only now. A training that is its own baseline would be paid for and then not judged. */
function refuseOwnBaseline(version: number, { baseline }: Inputs): void {
  if (baseline?.kind === 'version' && baseline.version === version)
    throw new TrainGateError(
      `baseline is version ${version}, which is the one to train; nothing was started.`,
      { hint: 'Set baseline to another version, or to "previous".' },
    );
}

async function attachToReusable(
  listed: readonly Training[],
  wanted: StartInputs,
  version: number,
  chosen: ChosenRoute,
  { rerunSinceMs }: StartOptions,
  context: Context,
): Promise<FollowedTraining | undefined> {
  const training = reusable(listed, { version, modelType: wanted.modelType }, wanted.reuse, rerunSinceMs);
  if (training === undefined) return undefined;
  logAttached(training, wanted, context);
  const before = hasEnded(training.phase) ? undefined : await chosen.route.before(version, listed);
  return attachedTo(training, chosen, before);
}

/** From the moment before the start, the saved state tells the post step what to clean up. */
async function startNew(
  request: TrainingRequest,
  listed: readonly Training[],
  { route, reason }: ChosenRoute,
  { apiUrl, auth, onCancel }: Inputs,
  project: ProjectRef,
  { state, timeoutAtMs }: StartOptions,
  context: Context,
): Promise<FollowedTraining> {
  const { version, modelType } = request;
  const identity = { ...project, apiUrl: apiUrl.href, auth, onCancel, route: route.name, version, modelType };
  const record = state.recordFor(identity);
  const first = await route.before(version, listed);
  const started = await startTraining(request, first, route, { record, timeoutAtMs }, context);
  context.log.info(
    `Started training ${started.training.id}: ${modelType} on version ${version} of ${project.workspace}/${project.project}.`,
  );
  return { origin: 'started', ...started, request, route, routeReason: `${route.name}, ${reason}` };
}
