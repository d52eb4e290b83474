import type { Clock } from '../clock.ts';
import type { Log } from '../publish/log.ts';
import { exactlyOnce } from './exactly-once.ts';
import { type Before, findBegun } from './find-begun.ts';
import { type Reuse, reused } from './reuse.ts';
import type { TrainingRoute } from './route.ts';
import type { Training, TrainingRequest } from './training.ts';

/** Where the run came from. Only one that was `started` may be ended by this step. */
export interface Start {
  readonly origin: 'started' | 'attached';
  readonly training: Training;
}

/** What the start needs from outside. */
export interface StartContext {
  readonly route: TrainingRoute;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called before a start is asked for, with what was there before it. */
  readonly onStarting: (before: Before) => void;
}

/** Once a start may have arrived there is a run to lose, so an outage is sat out as long as in the wait. */
const FINDING_PATIENCE_MS = 15 * 60_000;

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
  const before = { ids: new Set(known.map(({ id }) => id)), atMs: clock.now() };
  context.onStarting(before);
  const once = {
    what: 'training',
    ask: () => route.create(request),
    find: () => findBegun(route, request, before, clock.now() + FINDING_PATIENCE_MS),
    describe: ({ id }: Training) => `training ${id}`,
    ifUnclear:
      'The post step looks for it once more: a training that did begin is dealt with as on-cancel says.',
  };
  return { origin: 'started', training: await exactlyOnce(once, context) };
}
