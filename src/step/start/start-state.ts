import * as v from 'valibot';
import type { Runner } from '../../github/runner.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { type Before, knownTrainings } from '../../training/before.ts';
import { ROUTE_NAMES } from '../../training/training-api.ts';

/** The post step's own inputs may differ by then, so what it needs of them travels here; all but the key. */
const Identity = {
  route: v.picklist(ROUTE_NAMES),
  app: v.string(),
  workspace: v.string(),
  project: v.string(),
  apiUrl: v.string(),
  auth: v.picklist(['header', 'query']),
  onCancel: v.picklist(['cancel', 'stop', 'leave']),
  version: v.number(),
  modelType: v.string(),
};

const Known = v.object({ id: v.string(), createdAtMs: v.optional(v.number()), hasEnded: v.boolean() });

const SavedStart = v.variant('phase', [
  /** Nothing was started, or a request certainly had no effect. */
  v.object({ phase: v.literal('idle') }),
  /** A start was sent, and its answer is not known yet. */
  v.object({
    phase: v.literal('starting'),
    ...Identity,
    atMs: v.number(),
    known: v.array(Known),
    sentAtMs: v.number(),
  }),
  /** A training was started that this step answers for. */
  v.object({ phase: v.literal('started'), ...Identity, id: v.string() }),
  /** Nothing is left to be done about it. */
  v.object({ phase: v.literal('settled'), id: v.optional(v.string()) }),
]);

/** How far the start of a training is, as the main process leaves it for its post process. */
export type SavedStart = v.InferOutput<typeof SavedStart>;

/** Where and how a training is started. */
export type StartIdentity = v.InferOutput<ReturnType<typeof v.object<typeof Identity, undefined>>>;

/** The start that this step answers for, saved at each move, so that the post step knows of it (docs/internals/github.md#where-a-step-runs). */
export type StartState = ReturnType<typeof idleStarts>[number];

const STATE = 'starts';

/** The states of a step that may start so many trainings, and has started none yet. At each move all are saved. */
export function idleStarts(runner: Pick<Runner, 'saveState'>, count: number) {
  const starts: SavedStart[] = Array.from({ length: count }, () => ({ phase: 'idle' }));
  return starts.map((_, index) => {
    const move = (to: SavedStart) => {
      starts[index] = to;
      runner.saveState(STATE, JSON.stringify(starts));
    };
    /** Once a start may have arrived, nothing is to stop the step from telling of it: it fails in the end for what is not saved. */
    const note: typeof move = (to) => {
      try {
        move(to);
      } catch (error) {
        if (!(error instanceof TrainGateError)) throw error;
      }
    };
    return {
      starting: (identity: StartIdentity, { atMs, trainings }: Before, sentAtMs: number) =>
        move({ phase: 'starting', ...identity, atMs, known: [...knownTrainings(trainings)], sentAtMs }),
      unsent: () => note({ phase: 'idle' }),
      started: (identity: StartIdentity, id: string) => note({ phase: 'started', ...identity, id }),
      settle: () => {
        const now = starts[index];
        if (now && now.phase !== 'idle') note({ phase: 'settled', id: idOf(now) });
      },
    };
  });
}

function idOf(start: SavedStart): string | undefined {
  return 'id' in start ? start.id : undefined;
}

/** What the main process left of each start; none if it saved nothing. What one of them made is known to the others, whenever it was. */
export function readSavedStarts(runner: Pick<Runner, 'savedState'>): readonly SavedStart[] {
  const text = runner.savedState(STATE);
  const starts = text === '' ? [] : v.parse(v.array(SavedStart), JSON.parse(text));
  const ours = starts.flatMap((each) => idOf(each) ?? []).map((id) => ({ id, hasEnded: false }));
  return starts.map((each) =>
    each.phase === 'starting' ? { ...each, known: [...each.known, ...ours] } : each,
  );
}
