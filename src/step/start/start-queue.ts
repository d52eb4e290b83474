import { reasonOf, TrainGateError } from '../../lib/errors.ts';
import { generateVersion } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { concernsAllStarts } from '../../roboflow/http/failure.ts';
import type { Training } from '../../training/training.ts';
import type { PlannedStart } from '../before/make-plan.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';

/**
 * The trainings of one step start one after the other, and each knows those that started before it: none of them is taken for one of
 * somebody else's, or for the one that a start with an unclear answer made.
 */
export interface StartQueue {
  newVersion(plan: Pick<PlannedStart, 'wanted' | 'versions'>): Promise<number>;
  /** Calls `start` when no other is starting. Throws TrainGateError without it if an earlier refusal concerns all. */
  take(start: (ours: readonly Training[]) => Promise<FollowedTraining>): Promise<FollowedTraining>;
}

/** @param attached those that the step attached to before any was started */
export function createStartQueue(
  here: InProject,
  timeoutAtMs: number,
  attached: readonly Training[] = [],
): StartQueue {
  const ours = [...attached];
  let last: Promise<unknown> = Promise.resolve();
  let refusal: unknown;
  const whenFree = async (start: Parameters<StartQueue['take']>[0]) => {
    if (refusal !== undefined)
      throw new TrainGateError(`Nothing was sent, since an earlier start was refused: ${reasonOf(refusal)}`);
    try {
      const followed = await start([...ours]);
      ours.push(followed.training);
      return followed;
    } catch (error) {
      if (concernsAllStarts(error)) refusal = error;
      throw error;
    }
  };
  let made: Promise<number> | undefined;
  return {
    newVersion: ({ wanted, versions }) => {
      made ??= generateVersion(wanted.version, versions, here, timeoutAtMs);
      return made;
    },
    take: (start) => {
      const turn = last.then(() => whenFree(start));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
