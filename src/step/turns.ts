import { reasonOf, TrainGateError } from '../lib/errors.ts';
import type { Training } from '../training/training.ts';
import type { FollowedTraining } from './followed-training.ts';

/**
 * The trainings of one step begin one after the other, and each knows those that began before it: none of them is taken for one of
 * somebody else's, or for the one that a start with an unclear answer made.
 */
export interface Turns {
  /**
   * Calls `begin` when no other is beginning.
   * @throws TrainGateError without calling it, if an earlier one was refused in a way that concerns all
   */
  take(begin: (ours: readonly Training[]) => Promise<FollowedTraining>): Promise<FollowedTraining>;
}

/**
 * @param attached those that the step attached to before any was started
 * @param concernsAll whether an error of one means that no other can begin either
 */
export function createTurns(
  attached: readonly Training[] = [],
  concernsAll: (error: unknown) => boolean = () => false,
): Turns {
  const ours = [...attached];
  let last: Promise<unknown> = Promise.resolve();
  let refusal: unknown;
  const whenFree = async (begin: Parameters<Turns['take']>[0]) => {
    if (refusal !== undefined)
      throw new TrainGateError(`Nothing was sent, since an earlier start was refused: ${reasonOf(refusal)}`);
    try {
      const followed = await begin([...ours]);
      ours.push(followed.training);
      return followed;
    } catch (error) {
      if (concernsAll(error)) refusal = error;
      throw error;
    }
  };
  return {
    take: (begin) => {
      const turn = last.then(() => whenFree(begin));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
