import type { Baseline } from '../gate/decide.ts';
import { InterruptedError, messageOf, TrainGateError } from '../lib/errors.ts';
import { hasMetrics } from './results.ts';
import type { TrainingRoute } from './route.ts';

/** Which run to compare with: that of a version, or of the newest lower version that has one. */
export type BaselineChoice =
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'previous' };

/**
 * Fetches the run that rules compare with. That there is none, or that it cannot be read, is no failure of its own: the
 * rules that need it find it missing.
 */
export async function fetchBaseline(
  choice: BaselineChoice | undefined,
  trained: number | undefined,
  route: TrainingRoute,
): Promise<Baseline> {
  if (choice === undefined) return { kind: 'none' };
  if (trained === undefined) return missing('Roboflow does not say which version was trained');
  if (choice.kind === 'version' && choice.version === trained)
    return missing(`version ${trained} is the one that was trained`);
  try {
    const where = choice.kind === 'version' ? { version: choice.version } : { below: trained };
    const training = await route.succeeded(where);
    if (training?.version === undefined)
      return missing(`no training has succeeded on ${placeOf(choice, trained)}`);
    const results = await route.results(training);
    if (!hasMetrics(results.models))
      return missing(`no metrics are reported for version ${training.version}`);
    return { kind: 'training', version: training.version, results };
  } catch (error) {
    if (!(error instanceof TrainGateError) || error instanceof InterruptedError) throw error;
    return missing(messageOf(error));
  }
}

function placeOf(choice: BaselineChoice, trained: number): string {
  return choice.kind === 'version' ? `version ${choice.version}` : `a version below ${trained}`;
}

function missing(reason: string): Baseline {
  return { kind: 'missing', reason };
}
