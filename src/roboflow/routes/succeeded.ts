import type { SucceededOn } from '../../training/route.ts';
import type { Training } from '../../training/training.ts';

/** The newest of `trainings` that succeeded where `where` says; the higher version counts before the later date. */
export function newestSucceeded(trainings: readonly Training[], where: SucceededOn): Training | undefined {
  return trainings
    .filter(({ phase, version }) => phase === 'succeeded' && version !== undefined && isThere(version, where))
    .sort((a, b) => (b.version ?? 0) - (a.version ?? 0) || (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0))[0];
}

/** Whether `version` is one that `where` means. */
function isThere(version: number, where: SucceededOn): boolean {
  return 'version' in where ? version === where.version : version < where.below;
}
