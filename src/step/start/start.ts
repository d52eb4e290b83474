import type { Runner } from '../../github/runner.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { type ChosenRoute, chooseRoute } from '../../roboflow/apis/choose-route.ts';
import { awaitReadiness } from '../../roboflow/dataset/readiness.ts';
import { completeRecipe } from '../../roboflow/dataset/recipe.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { trainingPage } from '../../roboflow/training-page.ts';
import { type Before, knownTrainings } from '../../training/before.ts';
import { exactlyOnce, type OnceOnly } from '../../training/exactly-once.ts';
import { newTrainings } from '../../training/find-new.ts';
import { type Training, type TrainingRequest, withKnown } from '../../training/training.ts';
import type { CheckedStart } from '../before/check-start.ts';
import { attachInstead } from '../before/make-plan.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';
import type { StartQueue } from './start-queue.ts';
import type { StartState } from './start-state.ts';

/** What a start needs beside inputs and API. */
export interface StartOptions {
  readonly runner: Pick<Runner, 'output'>;
  readonly state: StartState;
  readonly timeoutAtMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly queue: StartQueue;
}

/** A start whose version is generated and exported. */
interface ReadyStart {
  readonly checked: CheckedStart;
  readonly chosen: ChosenRoute;
  readonly request: TrainingRequest;
  readonly version: VersionBody;
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
  const { plan } = checked;
  const { runner, queue, timeoutAtMs } = options;
  const number = plan.version?.number ?? (await queue.newVersion(plan));
  runner.output('version', String(number));
  const chosen = plan.chosen ?? (await chooseRoute(inputs.route, number, here));
  const request = await requestFor(checked, number, here);
  const trained = { number, choice: plan.wanted.version.kind, modelType: request.modelType };
  const version = await awaitReadiness(trained, checked.version, here, timeoutAtMs);
  const ready = { checked, chosen, request, version };
  const followed = await queue.take((ours) =>
    exactlyOnce(startOf(ready, ours, inputs, here, options), timeoutAtMs, here),
  );
  if (followed.origin === 'started') tellStarted(request, followed.training, here);
  return followed;
}

function tellStarted(
  { version, modelType }: TrainingRequest,
  { id }: Training,
  { project, log }: InProject,
): void {
  const name = `${project.workspace}/${project.project}`;
  log.info(
    `Started training ${id}: ${modelType} on version ${version} of ${name}. See ${trainingPage(project, version, modelType)}`,
  );
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

/**
 * The start, as what may be made only once. From the moment before it is sent, the saved state tells the post step what to
 * clean up.
 * @param ours the trainings of this step that are there already
 */
function startOf(
  { checked, chosen, request, version }: ReadyStart,
  ours: readonly Training[],
  { apiUrl, auth, onCancel }: Inputs,
  here: InProject,
  { state, rerunSinceMs }: StartOptions,
): OnceOnly<FollowedTraining, Before> {
  const { project, clock } = here;
  const { plan } = checked;
  const { route, reason } = chosen;
  const { modelType } = request;
  const identity = { ...project, apiUrl: apiUrl.href, auth, onCancel, route: route.name };
  const followed = (training: Training, before: Before): FollowedTraining => ({
    origin: 'started',
    training: withKnown(training, { ...request, createdAtMs: before.atMs }),
    before,
    request,
    route,
    routeReason: `${route.name}, ${reason}`,
    versions: [version, ...plan.versions.filter(({ number }) => number !== version.number)],
  });
  return {
    what: 'training',
    glance: async () => {
      const listed = await route.list(request.version);
      const others = listed.filter(({ id }) => !ours.some((own) => own.id === id));
      const instead = await attachInstead(plan, others, rerunSinceMs, here);
      if (instead !== undefined) return { kind: 'needless', instead };
      return { kind: 'clear', snapshot: await route.before(request.version, [...others, ...ours]) };
    },
    send: async (before) => {
      const creation = await route.create(request);
      if (creation.kind !== 'created') return creation;
      const thing = followed(creation.thing, before);
      return { kind: 'created', thing };
    },
    findNew: async (before) => {
      const since = { atMs: before.atMs, known: knownTrainings(before.trainings) };
      const found = await newTrainings(route, request, since, clock.now() + OUTAGE_PATIENCE_MS);
      return found.map((sighting) => ({ ...sighting, thing: followed(sighting.thing, before) }));
    },
    describe: ({ training }) => `training ${training.id}`,
    ifUnclear:
      'Nothing more is started. The post step looks for the training once more: if it finds one that is ours, it does what on-cancel says.',
    record: state.recordFor({ ...identity, version: request.version, modelType }),
  };
}
