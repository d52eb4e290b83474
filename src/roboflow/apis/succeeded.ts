import { newestFirst, type Training } from '../../training/training.ts';
import type { BaselinePlace } from '../../training/training-api.ts';
import { isAt } from '../results/version-results.ts';

/** Those of `trainings` that succeeded at `place`: highest version first, the newest of a version first. */
export function succeededAt(place: BaselinePlace, trainings: readonly Training[]): readonly Training[] {
  const there = trainings.filter(
    ({ phase, version }) => phase === 'succeeded' && version !== undefined && isAt(version, place),
  );
  return newestFirst(there).toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0));
}
