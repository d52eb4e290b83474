import { generateVersion } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import type { Training } from '../../training/training.ts';
import type { PlannedStart } from '../before/make-plan.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';

/**
 * The trainings of one step start one after the other, and each knows those that started before it: none of them is taken for one of
 * somebody else's, or for the one that a start with an unclear answer made.
 */
export interface StartQueue {
  newVersion(plan: Pick<PlannedStart, 'wanted' | 'versions'>): Promise<number>;
  /** Calls `start` when no other is starting. */
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
  const whenFree = async (start: Parameters<StartQueue['take']>[0]) => {
    const followed = await start([...ours]);
    ours.push(followed.training);
    return followed;
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
