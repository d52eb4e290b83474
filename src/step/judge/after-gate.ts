import type { Runner } from '../../github/runner.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Conclusion } from '../../report/conclusion.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import type { Training } from '../../training/training.ts';
import { starPicks } from './star-picks.ts';
import { storeWeights } from './store-weights.ts';

/** Where and how a model that has passed is dealt with. */
export interface AfterGate {
  readonly here: InProject;
  readonly runner: Runner;
  /** How long a download may stand still. */
  readonly requestDeadlineMs: number;
}

/** Does with the models of a training that passed what `star` and `weights` say; nothing if the gate did not pass. */
export async function afterGate(
  conclusion: Conclusion,
  training: Training,
  inputs: Inputs,
  to: AfterGate,
): Promise<Conclusion> {
  if (conclusion.kind !== 'judged' || conclusion.verdict.outcome !== 'passed') return conclusion;
  const { verdict } = conclusion;
  const stars = inputs.star ? await starPicks(verdict.picks, training, to.here) : undefined;
  const weights =
    inputs.weights === undefined || verdict.headline === undefined
      ? undefined
      : await storeWeights(verdict.headline, inputs.weights, training, { ...to, apiUrl: inputs.apiUrl });
  return { ...conclusion, stars, weights };
}
