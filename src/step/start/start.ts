import type { Runner } from '../../github/runner.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { type ChosenRoute, chooseRoute } from '../../roboflow/apis/choose-route.ts';
import { awaitReadiness } from '../../roboflow/dataset/readiness.ts';
import { completeRecipe } from '../../roboflow/dataset/recipe.ts';
import { generateVersion } from '../../roboflow/dataset/versions.ts';
import type { InProject, ProjectRef } from '../../roboflow/http/in-project.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { trainingPage } from '../../roboflow/training-page.ts';
import { startTraining } from '../../training/start-training.ts';
import type { Training, TrainingRequest } from '../../training/training.ts';
import type { CheckedStart } from '../before/check-start.ts';
import { earlierTraining } from '../before/earlier-training.ts';
import { imagesOf } from '../before/images-of.ts';
import { listWithDetails } from '../before/list-with-details.ts';
import { attachInstead, type PlannedStart } from '../before/make-plan.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';
import { createStartQueue, type StartQueue } from './start-queue.ts';
import type { StartState } from './start-state.ts';

/** What a start needs beside inputs and API. */
export interface StartOptions {
  readonly runner: Pick<Runner, 'output'>;
  readonly state: StartState;
  readonly timeoutAtMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  /** Undefined: the step has this one training. */
  readonly shared?: SharedStarts | undefined;
}

/** What several trainings of one step have in common when they start. */
export interface SharedStarts {
  /** Generates the new version for all of them, once. */
  readonly newVersion: () => Promise<number>;
  readonly turns: StartQueue;
}

/**
 * Starts the planned training exactly once, on a version that is generated and exported. If somebody else has started the
 * same one while that took its time, attaches to it.
 */
export async function start(
  checked: CheckedStart,
  inputs: Inputs,
  here: InProject,
  options: StartOptions,
): Promise<FollowedTraining> {
  const { project } = here;
  const { plan } = checked;
  const version = await versionToTrain(plan, here, options);
  options.runner.output('version', String(version));
  const chosen = plan.chosen ?? (await chooseRoute(inputs.route, version, here));
  const request = await requestFor(checked, version, here);
  const { wanted } = plan;
  const trained = { number: version, choice: wanted.version.kind, modelType: wanted.modelType };
  const ready = await awaitReadiness(trained, checked.version, here, options.timeoutAtMs);

  return (options.shared?.turns ?? createStartQueue()).take(async (ours) => {
    const isFresh = plan.version !== undefined && here.clock.now() - plan.listedAtMs < FRESH_MS;
    const listed = isFresh ? plan.listed : await listWithDetails(version, chosen.route, here);
    const others = listed.filter(({ id }) => !ours.some((own) => own.id === id));
    const attached = isFresh ? undefined : await attachInstead(plan, others, options.rerunSinceMs, here);
    if (attached !== undefined) return attached;
    const before = [...others, ...ours];
    const started = await startOn(request, before, chosen, ready, inputs, project, options, here);
    return { ...started, earlier: earlierTraining(plan.versions, request) };
  });
}

/** A list of trainings that was read this long ago still stands. */
const FRESH_MS = 10_000;

async function versionToTrain(
  { wanted, versions, version }: PlannedStart,
  here: InProject,
  { timeoutAtMs, shared }: StartOptions,
): Promise<number> {
  if (version !== undefined) return version.number;
  if (shared !== undefined) return shared.newVersion();
  return generateVersion(wanted.version, versions, here, timeoutAtMs);
}

/** For a new version, the recipe is completed anew. */
async function requestFor(checked: CheckedStart, version: number, here: InProject): Promise<TrainingRequest> {
  const { wanted } = checked.plan;
  const { modelType, epochs, checkpoint, speed } = wanted;
  const recipe =
    checked.version === undefined && wanted.recipe !== undefined
      ? await completeRecipe(wanted.recipe, epochs, { version, modelType }, here)
      : checked.recipe;
  return { version, modelType, epochs, checkpoint, speed, recipe };
}

/** From the moment before the start, the saved state tells the post step what to clean up. */
async function startOn(
  request: TrainingRequest,
  listed: readonly Training[],
  { route, reason }: ChosenRoute,
  ready: VersionBody,
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
    `Started training ${started.training.id}: ${modelType} on version ${version} of ${project.workspace}/${project.project}. See ${trainingPage(project, version, modelType)}`,
  );
  const routeReason = `${route.name}, ${reason}`;
  return { origin: 'started', ...started, request, route, routeReason, images: imagesOf(ready) };
}
