import type { Scenario } from '../../scenario.ts';
import type { TrainingPlan } from '../../training-plan.ts';
import { advised, coded, invalid } from '../answer.ts';
import { isSearch, type TrainingRequest } from './training.ts';
import type { SimulatedVersion } from './versions.ts';

const fewestValidImages = 15;

/** Refuses a start as Roboflow would: wrong type, plan, credits, too little for a search. */
export function checkStart(scenario: Scenario, version: SimulatedVersion, request: TrainingRequest): void {
  checkModelType(scenario, request.modelType);
  checkPlan(scenario, request.modelType);
  if (isSearch(request.modelType)) checkSearch(version, request);
}

/** The plan of a training on a version that is not generated or not exported: it fails with no reason given. */
export function planWithoutData(plan: TrainingPlan): TrainingPlan {
  const { warmUp: _, ...rest } = plan;
  return { ...rest, end: 'failed', endsAt: 0.01, failureReason: 'Unknown error', results: () => [] };
}

/** The error lists all valid types (docs/internals/roboflow-api.md#jobs). */
function checkModelType({ modelTypes }: Scenario, modelType: string): void {
  if (modelTypes.includes(modelType)) return;
  throw advised(
    400,
    `Model type "${modelType}" is not available for this project; valid: ${modelTypes.join(', ')}`,
    'Pick one of the valid model types.',
  );
}

/** 402 is documented for plan and quota; for these codes no document names the status (docs/internals/roboflow-api.md#d12-status-of-plan-errors). */
function checkPlan({ plan: { refuse } }: Scenario, modelType: string): void {
  if (refuse === 'credit_cap_exceeded') {
    const message = 'The credit cap of this workspace is reached.';
    throw coded(402, { type: 'AccessException', code: refuse, message });
  }
  if (refuse === 'nas_not_available_for_plan' && isSearch(modelType)) {
    const message = 'Neural architecture search is not part of this plan.';
    const plan = { plan: 'starter', support_ref: 'nas-plan-7f3a' };
    throw coded(402, { type: 'AccessException', code: refuse, message, ...plan });
  }
}

/** A search wants 15 validation images and 100 to 300 epochs (docs/internals/roboflow-api.md#time-money-and-limits). */
function checkSearch(version: SimulatedVersion, { epochs }: TrainingRequest): void {
  const { valid } = version.spec.splits;
  if (valid < fewestValidImages) {
    throw coded(400, {
      type: 'BadRequest',
      code: 'insufficient_validation_images_for_nas',
      message: `NAS needs at least ${fewestValidImages} validation images; this version has ${valid}.`,
    });
  }
  if (epochs !== undefined && (epochs < 100 || epochs > 300)) {
    throw invalid('epochs must lie between 100 and 300 for a NAS run');
  }
}
