import type { Baseline } from '../../gate/baseline.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { projectVersions } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { requireDownload } from '../judge/store-weights.ts';
import { type CheckedStart, checkStart } from './check-start.ts';
import { requireJudgeable } from './judgeable.ts';
import { makePlan, type Plan } from './make-plan.ts';
import { baselineFor, requireBaseline, requireBaselineVersion } from './required-baseline.ts';

/** What the step is going to do, after everything was checked that can be checked without paying. */
export interface Prepared {
  readonly next: Extract<Plan, { kind: 'attach' }> | CheckedStart;
  readonly baseline: Baseline;
}

/**
 * Finds out what to do, reads the baseline, and checks the start. Nothing is changed by it.
 * @param rerunSinceMs in a re-run: since when an earlier attempt may have started a training, in epoch ms
 * @throws TrainGateError that says what to change
 */
export async function prepare(
  inputs: Inputs,
  here: InProject,
  rerunSinceMs: number | undefined,
): Promise<Prepared> {
  const plan = await makePlan(inputs, here, rerunSinceMs);
  if (plan.kind === 'attach') {
    const { training, route } = plan.followed;
    requireWeights(training.modelType, inputs);
    if (inputs.baseline?.kind === 'version') requireBaselineVersion(inputs, await projectVersions(here));
    const baseline = await baselineFor(training, inputs, route, here);
    requireBaseline(baseline, inputs, training.id, here);
    return { next: plan, baseline };
  }
  const { wanted, version, versions, chosen } = plan.start;
  requireJudgeable(wanted.modelType, inputs);
  requireWeights(wanted.modelType, inputs);
  requireBaselineVersion(inputs, versions);
  const judged = { version: version?.number, modelType: wanted.modelType };
  const baseline = await baselineFor(judged, inputs, chosen?.route, here);
  requireBaseline(baseline, inputs, undefined, here);
  return { next: await checkStart(plan.start, inputs.rules, here), baseline };
}

/** A download that Roboflow refuses is found before anything is paid for. What the type of a training is need not be told. */
function requireWeights(modelType: string | undefined, { weights }: Inputs): void {
  if (weights !== undefined && modelType !== undefined) requireDownload(modelType);
}
