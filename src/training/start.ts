import type { Clock } from '../lib/clock.ts';
import type { Context } from '../lib/context.ts';
import { OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { type Asked, exactlyOnce } from './exactly-once.ts';
import { type Before, findBegun } from './find-begun.ts';
import { type Reuse, reused } from './reuse.ts';
import type { TrainingRoute } from './route.ts';
import { type Training, type TrainingRequest, withKnown } from './training.ts';

/** Where the run came from. Only one that was `started` may be ended by this step. */
export interface Start {
  readonly origin: 'started' | 'attached';
  readonly training: Training;
}

/** What the start needs from outside. */
export interface StartContext extends Context {
  readonly route: TrainingRoute;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly timeoutAtMs: number;
  /** Called before a start is asked for, with what was there before it. */
  readonly onStarting: (before: Before) => void;
  /** Called where it turns out that a start had no effect, so that for now there is nothing to clean up. */
  readonly onUnsent: () => void;
}

/**
 * Starts exactly one training, or attaches to one that `reuse` allows. After an unclear answer a new training of this
 * version and model type is ours.
 * @throws UnclearError where it cannot be found out whether a training began
 */
export async function startTraining(
  request: TrainingRequest,
  reuse: Reuse,
  context: StartContext,
): Promise<Start> {
  const { route, clock } = context;
  const known = await route.list(request.version);
  const existing = reused(known, request, reuse, context);
  if (existing) return { origin: 'attached', training: existing };
  let before = seenBefore(known, clock);
  let last: Asked<Training>['kind'] | undefined;
  const once = {
    what: 'training',
    ask: async () => {
      // In the pause before another try others may start trainings, which must not be taken for ours.
      if (last === 'unsent')
        before = seenBefore(await route.list(request.version, clock.now() + OUTAGE_PATIENCE_MS), clock);
      context.onStarting(before);
      const asked = await route.create(request);
      if (last !== 'unclear') last = asked.kind;
      if (last === 'unsent') context.onUnsent();
      return asked;
    },
    find: () => findBegun(route, request, before, clock.now() + OUTAGE_PATIENCE_MS),
    describe: ({ id }: Training) => `training ${id}`,
    ifUnclear:
      'The post step looks for it once more: a training that did begin is dealt with as on-cancel says.',
  };
  const training = await exactlyOnce(once, context);
  return { origin: 'started', training: withKnown(training, { ...request, createdAtMs: before.atMs }) };
}

function seenBefore(trainings: readonly Training[], clock: Clock): Before {
  return { ids: new Set(trainings.map(({ id }) => id)), atMs: clock.now() };
}
