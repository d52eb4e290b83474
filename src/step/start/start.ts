import type { Runner } from '../../github/runner.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { chooseRoute } from '../../roboflow/apis/choose-route.ts';
import { awaitReadiness } from '../../roboflow/dataset/readiness.ts';
import { completeRecipe } from '../../roboflow/dataset/recipe.ts';
import { generateVersion } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { trainingPage } from '../../roboflow/training-page.ts';
import { type Before, knownTrainings } from '../../training/before.ts';
import { exactlyOnce, type OnceOnly } from '../../training/exactly-once.ts';
import { newTrainings } from '../../training/find-new.ts';
import { type Training, type TrainingRequest, withKnown } from '../../training/training.ts';
import type { TrainingApi } from '../../training/training-api.ts';
import type { CheckedStart } from '../before/check-start.ts';
import { attachInstead, type PlannedStart } from '../before/make-plan.ts';
import { requireCounts } from '../before/require-counts.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';
import type { StartIdentity, StartState } from './start-state.ts';

/** What a start needs beside inputs and API. */
export interface StartOptions {
  readonly runner: Pick<Runner, 'output'>;
  readonly state: StartState;
  readonly timeoutAtMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly queue: StartQueue;
  /** Told of a version that was generated, once it is. */
  readonly generated: (version: number) => void;
}

/** Starts the planned training exactly once, on a version that is ready; attaches if somebody else has started the same one. */
export async function start(
  checked: CheckedStart,
  inputs: Inputs,
  here: InProject,
  options: StartOptions,
): Promise<FollowedTraining> {
  const { runner, queue, timeoutAtMs } = options;
  const number = checked.version?.number ?? (await queue.newVersion(checked));
  runner.output('version', String(number));
  if (checked.version === undefined) options.generated(number);
  const chosen = checked.chosen ?? (await chooseRoute(inputs.route, number, here));
  const request = await requestFor(checked, number, here);
  const trained = { number, choice: checked.wanted.version.kind, modelType: request.modelType };
  const version = await awaitReadiness(trained, checked.version, here, timeoutAtMs);
  // A version that was generated a moment ago tells only now what it has; what only warns is told with the verdict.
  requireCounts(inputs, version, { warning: () => undefined });
  const { route, reason } = chosen;
  const { modelType } = request;
  const { auth, onCancel, apiUrl } = inputs;
  const where = { ...here.project, apiUrl: apiUrl.href, auth, route: route.name };
  const identity = { ...where, onCancel, version: number, modelType };
  return queue.take(async (ours) => {
    const once = startOf(checked, request, route, ours, identity, here, options);
    const made = await exactlyOnce(once, timeoutAtMs, here);
    if ('origin' in made) return made;
    const training = withKnown(made.thing, { ...request, createdAtMs: made.snapshot.atMs });
    options.state.started(identity, training.id);
    here.log.info(
      `Started training ${training.id}: ${modelType} on version ${number} of ${here.project.workspace}/${here.project.project}. See ${trainingPage(here.project, number, modelType)}`,
    );
    return {
      origin: 'started',
      training,
      before: made.snapshot,
      request,
      route,
      reason,
      versions: [version, ...checked.versions.filter((each) => each.number !== number)],
    };
  });
}

async function requestFor(checked: CheckedStart, version: number, here: InProject): Promise<TrainingRequest> {
  const { modelType, epochs, checkpoint, speed, recipe: asked } = checked.wanted;
  const isOpen = checked.version === undefined && asked !== undefined;
  const { recipe } = isOpen ? await completeRecipe(asked, epochs, { version, modelType }, here) : checked;
  return { version, modelType, epochs, checkpoint, speed, recipe };
}

/** The start, as what may be made only once, beside `ours`. The saved state tells the post step of it before it is sent. */
function startOf(
  checked: CheckedStart,
  request: TrainingRequest,
  api: TrainingApi,
  ours: readonly Training[],
  identity: StartIdentity,
  here: InProject,
  { state, rerunSinceMs }: StartOptions,
): OnceOnly<Training, Before, FollowedTraining> {
  return {
    what: 'training',
    glance: async () => {
      const listed = await api.list(request.version);
      const others = listed.filter(({ id }) => !ours.some((own) => own.id === id));
      const instead = await attachInstead(checked, others, rerunSinceMs, here);
      if (instead !== undefined) return { kind: 'needless', instead };
      return { kind: 'clear', snapshot: await api.before(request.version, [...others, ...ours]) };
    },
    send: () => api.create(request),
    findNew: ({ atMs, trainings }) => {
      const since = { atMs, known: knownTrainings(trainings) };
      return newTrainings(api, request, since, here.clock.now() + OUTAGE_PATIENCE_MS);
    },
    ifUnclear:
      'Nothing more is started. The post step looks for the training once more: if it finds one that is ours, it does what on-cancel says.',
    record: {
      starting: (before) => state.starting(identity, before, here.clock.now()),
      unsent: state.unsent,
    },
  };
}

/**
 * The trainings of one step start one after the other, and each knows those that started before it: none of them is taken for one of
 * somebody else's, or for the one that a start with an unclear answer made.
 */
export type StartQueue = ReturnType<typeof createStartQueue>;

/** @param attached those that the step attached to before any was started */
export function createStartQueue(here: InProject, timeoutAtMs: number, attached: readonly Training[] = []) {
  const ours = [...attached];
  let last: Promise<unknown> = Promise.resolve();
  let made: Promise<number> | undefined;
  return {
    newVersion: ({ wanted, versions }: Pick<PlannedStart, 'wanted' | 'versions'>) => {
      made ??= generateVersion(wanted.version, versions, here, timeoutAtMs);
      return made;
    },
    /** Calls `start` when no other is starting. */
    take: (start: (ours: readonly Training[]) => Promise<FollowedTraining>) => {
      const turn = last.then(async () => {
        const followed = await start([...ours]);
        ours.push(followed.training);
        return followed;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
