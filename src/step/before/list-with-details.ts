import type { Context } from '../../lib/context.ts';
import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { hasEnded, type Training, withKnown } from '../../training/training.ts';
import type { TrainingApi } from '../../training/training-api.ts';

/**
 * The trainings of `version`. One in flight of which the list does not say version or model type is looked at: it may be the
 * one that is asked for, and must not be paid for twice.
 * @param known the list, if it was just read
 */
export async function listWithDetails(
  version: number,
  route: TrainingApi,
  { clock }: Context,
  known?: readonly Training[],
): Promise<readonly Training[]> {
  const detailed: Training[] = [];
  for (const training of known ?? (await route.list(version))) {
    const isTold = training.version !== undefined && training.modelType !== undefined;
    if (isTold || hasEnded(training.phase)) {
      detailed.push(training);
      continue;
    }
    const look = await route.look(
      { ...training, version: training.version ?? version },
      clock.now() + OUTAGE_PATIENCE_MS,
    );
    if (look.kind === 'silent') throw look.error;
    detailed.push(withKnown(look.training, training));
  }
  return detailed;
}
