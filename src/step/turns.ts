import type { Training } from '../training/training.ts';
import type { FollowedTraining } from './followed-training.ts';

/**
 * The trainings of one step begin one after the other, and each knows those that began before it: none of them is taken for one of
 * somebody else's, or for the one that a start with an unclear answer made.
 */
export interface Turns {
  /** Calls `begin` when no other is beginning. */
  take(begin: (ours: readonly Training[]) => Promise<FollowedTraining>): Promise<FollowedTraining>;
}

/** @param attached those that the step attached to before any was started */
export function createTurns(attached: readonly Training[] = []): Turns {
  const ours = [...attached];
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (begin) => {
      const turn = last.then(async () => {
        const followed = await begin([...ours]);
        ours.push(followed.training);
        return followed;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
