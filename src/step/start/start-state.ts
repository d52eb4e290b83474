import * as v from 'valibot';
import type { Runner } from '../../github/runner.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { type Before, knownTrainings } from '../../training/before.ts';
import { ROUTE_NAMES } from '../../training/training-api.ts';

/** The post step's own inputs may differ by then, so what it needs of them travels here; all but the key. */
const Identity = {
  route: v.picklist(ROUTE_NAMES),
  workspace: v.string(),
  project: v.string(),
  apiUrl: v.string(),
  auth: v.picklist(['header', 'query']),
  onCancel: v.picklist(['cancel', 'stop', 'leave']),
  version: v.number(),
  modelType: v.string(),
};

const Known = v.object({
  id: v.string(),
  createdAtMs: v.optional(v.number()),
  hasEnded: v.boolean(),
});

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

/** The start that this step answers for, saved at each move, so that the post step knows of it (docs/github.md#where-a-step-runs). */
export interface StartState {
  starting(identity: StartIdentity, before: Before, nowMs: number): void;
  unsent(): void;
  started(identity: StartIdentity, id: string): void;
  settle(): void;
}

const STATE = 'start';
/** How many starts there may be, saved with each of them; not saved if it is one. */
const COUNT = 'starts';

function stateName(index: number): string {
  return index === 0 ? STATE : `${STATE}-${index + 1}`;
}

/** The states of a step that may start so many trainings, and has started none yet. Each is saved by itself. */
export function idleStarts(runner: Pick<Runner, 'saveState'>, count: number): readonly StartState[] {
  const withCount = {
    saveState: (name: string, text: string) => {
      if (count > 1) runner.saveState(COUNT, String(count));
      runner.saveState(name, text);
    },
  };
  return Array.from({ length: count }, (_, index) => idleStart(withCount, stateName(index)));
}

/** The state of a step that has started nothing yet. */
export function idleStart(runner: Pick<Runner, 'saveState'>, name = STATE): StartState {
  let now: SavedStart = { phase: 'idle' };
  const move = (from: readonly SavedStart['phase'][], to: SavedStart) => {
    if (!from.includes(now.phase)) throw new Error(`a start cannot go from ${now.phase} to ${to.phase}`);
    now = to;
    runner.saveState(name, JSON.stringify(to));
  };
  /** Once a start may have arrived, nothing is to stop the step from telling of it: it fails in the end for what is not saved. */
  const note: typeof move = (from, to) => {
    try {
      move(from, to);
    } catch (error) {
      if (!(error instanceof TrainGateError)) throw error;
    }
  };
  return {
    starting: (identity, { atMs, trainings }, sentAtMs) => {
      const known = [...knownTrainings(trainings)];
      move(['idle', 'starting'], { phase: 'starting', ...identity, atMs, known, sentAtMs });
    },
    unsent: () => note(['starting'], { phase: 'idle' }),
    started: (identity, id) => note(['starting'], { phase: 'started', ...identity, id }),
    settle: () => {
      if (now.phase !== 'idle') note(['starting', 'started', 'settled'], { phase: 'settled', ...idOf(now) });
    },
  };
}

function idOf(start: SavedStart): { readonly id?: string } {
  return 'id' in start && start.id !== undefined ? { id: start.id } : {};
}

/** What the main process left of each start. What one of them made is known to the others, whenever it was. */
export function readSavedStarts(runner: Pick<Runner, 'savedState'>): readonly SavedStart[] {
  const count = Number(runner.savedState(COUNT) || 1);
  const starts = Array.from({ length: count }, (_, index) => readSavedStart(runner, stateName(index)));
  const ours = starts.flatMap((each) => idOf(each).id ?? []).map((id) => ({ id, hasEnded: false }));
  return starts.map((each) =>
    each.phase === 'starting' ? { ...each, known: [...each.known, ...ours] } : each,
  );
}

/** What the main process left of one start; idle if it saved nothing. */
export function readSavedStart(runner: Pick<Runner, 'savedState'>, name = STATE): SavedStart {
  const text = runner.savedState(name);
  return text === '' ? { phase: 'idle' } : v.parse(SavedStart, JSON.parse(text));
}
