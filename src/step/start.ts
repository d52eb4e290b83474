import type { Runner } from '../github/runner.ts';
import { saveTrainingState } from '../github/state.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Clock } from '../lib/clock.ts';
import { TrainGateError } from '../lib/errors.ts';
import { awaitReadiness, resolveVersion } from '../roboflow/dataset/dataset.ts';
import { completeRecipe } from '../roboflow/dataset/recipe.ts';
import { getProjectVersions, type ProjectRef } from '../roboflow/endpoints/project.ts';
import type { Api } from '../roboflow/http/api.ts';
import { type ChosenRoute, chooseRoute } from '../roboflow/routes/choose-route.ts';
import { NoTrainingJobsError } from '../roboflow/routes/jobs.ts';
import { AnnotationJobsError } from '../roboflow/schema/job.ts';
import type { Before } from '../training/find-begun.ts';
import { type Reuse, reused } from '../training/reuse.ts';
import type { TrainingRoute } from '../training/route.ts';
import { type Start, startTraining } from '../training/start.ts';
import type { TrainingRequest } from '../training/training.ts';
import { findTraining } from './attach.ts';

/** What the start of a run needs from outside. */
export interface BeginContext {
  readonly step: Runner;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly timeoutAtMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
}

/** A run under way, and how to follow it. */
export interface Begun extends Start {
  /** What was asked for, where this step started the run. */
  readonly request: TrainingRequest | undefined;
  readonly route: TrainingRoute;
  /** The route and why it was taken, for the report. */
  readonly routeReason: string;
}

type StartInputs = Extract<Inputs['training'], { kind: 'start' }>;

/** Attaches to the job that the workflow names, or starts a training exactly once on a version that is ready. */
export async function begin(
  inputs: Inputs,
  api: Api,
  project: ProjectRef,
  context: BeginContext,
): Promise<Begun> {
  const { training: run } = inputs;
  const chosen = await chooseRoute(
    inputs.route,
    run.kind === 'start' && run.recipe !== undefined,
    api,
    project,
  );
  const begun = (start: Start, route: TrainingRoute, reason: string, request?: TrainingRequest) => ({
    ...start,
    request: start.origin === 'started' ? request : undefined,
    route,
    routeReason: `${route.name}, ${reason}`,
  });
  tellRoute(chosen.route, chosen.reason, context);
  if (run.kind === 'attach') {
    const version = run.version && (await resolveVersion(run.version, api, project));
    const { training, route, reason } = await findTraining({ ...run, version }, chosen);
    if (route !== chosen.route) tellRoute(route, reason, context);
    return begun({ origin: 'attached', training }, route, reason);
  }
  await checkRecipe(run, api, project);
  const version = await resolveVersion(run.version, api, project);
  context.step.output('version', String(version));
  refuseOwnBaseline(version, inputs);
  const existing = reused(chosen.seen, { ...run, version }, run.reuse, {
    ...context,
    log: context.step.log,
    route: chosen.route,
  });
  if (existing) return begun({ origin: 'attached', training: existing }, chosen.route, chosen.reason);
  const request = await prepare(run, version, api, project);
  const startOn = async (route: TrainingRoute, reason: string) =>
    begun(await start(request, inputs, run.reuse, route, project, context), route, reason, request);
  try {
    return await startOn(chosen.route, chosen.reason);
  } catch (error) {
    if (!showsNoTrainingJobs(error) || chosen.isSure || chosen.other === undefined) throw error;
    saveTrainingState(context.step, { phase: 'settled' });
    const reason = 'a start showed that the project has no training jobs';
    tellRoute(chosen.other, reason, context);
    return startOn(chosen.other, reason);
  }
}

/** Both say that nothing was started: the one refuses a start, the other is of the reading before it. */
function showsNoTrainingJobs(error: unknown): boolean {
  return error instanceof NoTrainingJobsError || error instanceof AnnotationJobsError;
}

function tellRoute(route: TrainingRoute, reason: ChosenRoute['reason'], { step }: BeginContext): void {
  step.log.info(`Route: ${route.name}, ${reason}.`);
}

/** A mistake in the recipe shows before a version is generated for it: the highest one has the same schema. */
async function checkRecipe(
  { version, recipe, epochs, modelType }: StartInputs,
  api: Api,
  project: ProjectRef,
): Promise<void> {
  if (recipe === undefined || version.kind !== 'new') return;
  const [latest] = await getProjectVersions(api, project);
  if (latest) await completeRecipe(recipe, epochs, { version: latest.number, modelType }, api, project);
}

/** Which version `latest` is shows only now; a run that is its own baseline would be paid for and then not judged. */
function refuseOwnBaseline(version: number, { baseline }: Inputs): void {
  if (baseline?.kind === 'version' && baseline.version === version)
    throw new TrainGateError(
      `baseline is version ${version}, which is the one to train; nothing was started.`,
      {
        hint: 'Set baseline to another version, or to "previous".',
      },
    );
}

/** Everything that must be right before anything is paid for: the recipe, then the data, which may take a while. */
async function prepare(
  run: StartInputs,
  version: number,
  api: Api,
  project: ProjectRef,
): Promise<TrainingRequest> {
  const { modelType, epochs, checkpoint, speed } = run;
  const recipe =
    run.recipe && (await completeRecipe(run.recipe, epochs, { version, modelType }, api, project));
  await awaitReadiness(version, run.version, modelType, api, project);
  return { version, modelType, epochs, checkpoint, speed, recipe };
}

/** From the moment before the start the state tells the post step what to clean up. */
async function start(
  request: TrainingRequest,
  { apiUrl, auth, onCancel }: Inputs,
  reuse: Reuse,
  route: TrainingRoute,
  project: ProjectRef,
  { step, clock, signal, timeoutAtMs, rerunSinceMs }: BeginContext,
): Promise<Start> {
  const { version, modelType } = request;
  const identity = { ...project, apiUrl: apiUrl.href, auth, onCancel, route: route.name, version, modelType };
  const onStarting = ({ ids, atMs }: Before) =>
    saveTrainingState(step, { phase: 'starting', ...identity, requestedAtMs: atMs, knownIds: [...ids] });
  const onUnsent = () => saveTrainingState(step, { phase: 'settled' });
  const { origin, training } = await startTraining(request, reuse, {
    route,
    rerunSinceMs,
    clock,
    log: step.log,
    signal,
    timeoutAtMs,
    onStarting,
    onUnsent,
  });
  if (origin === 'attached') return { origin, training };
  saveTrainingState(step, { phase: 'started', ...identity, id: training.id });
  step.log.info(
    `Started training ${training.id}: ${modelType} on version ${version} of ${project.workspace}/${project.project}.`,
  );
  return { origin, training };
}
