import { reasonOf, TrainGateError } from '../../lib/errors.ts';
import type { Training } from '../../training/training.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';

/**
 * The trainings of one step start one after the other, and each knows those that started before it: none of them is taken for one of
 * somebody else's, or for the one that a start with an unclear answer made.
 */
export interface StartQueue {
  /**
   * Calls `start` when no other is starting.
   * @throws TrainGateError without calling it, if an earlier one was refused in a way that concerns all
   */
  take(start: (ours: readonly Training[]) => Promise<FollowedTraining>): Promise<FollowedTraining>;
}

/**
 * @param attached those that the step attached to before any was started
 * @param concernsAll whether an error of one means that no other can start either
 */
export function createStartQueue(
  attached: readonly Training[] = [],
  concernsAll: (error: unknown) => boolean = () => false,
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
      if (concernsAll(error)) refusal = error;
      throw error;
    }
  };
  return {
    take: (start) => {
      const turn = last.then(() => whenFree(start));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
