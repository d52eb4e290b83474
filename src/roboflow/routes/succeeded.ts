import type { BaselinePlace } from '../../training/route.ts';
import { newestFirst, type Training } from '../../training/training.ts';

/** Those of `trainings` that succeeded at `place`: highest version first, the newest of a version first. */
export function succeededAt(place: BaselinePlace, trainings: readonly Training[]): readonly Training[] {
  const there = trainings.filter(
    ({ phase, version }) => phase === 'succeeded' && version !== undefined && isAt(version, place),
  );
  return newestFirst(there).toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0));
}

/** Whether `version` is at `place`. */
export function isAt(version: number, place: BaselinePlace): boolean {
  return 'version' in place ? version === place.version : version < place.below;
}
