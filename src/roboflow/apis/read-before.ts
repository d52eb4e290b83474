import type { Context } from '../../lib/context.ts';
import type { Before } from '../../training/before.ts';
import { endedWithWeights, type Training } from '../../training/training.ts';

/**
 * What is there now. The results are read only if they can be another training's: if one of `trainings` has weights.
 * @param trainings those of the version
 * @param readResults what the version shows as its results, as text; undefined if it shows none
 */
export async function readBefore(
  trainings: readonly Training[],
  readResults: () => Promise<string | undefined>,
  { clock }: Pick<Context, 'clock'>,
): Promise<Before> {
  const results = trainings.some(({ phase }) => endedWithWeights(phase)) ? await readResults() : undefined;
  return { atMs: clock.now(), trainings, results };
}
