import type { Scenario, TrainingPlan } from '../../scenario.ts';
import { advised, coded, invalid } from '../answer.ts';
import { isNas, type TrainingRequest } from './training.ts';
import type { SimulatedVersion } from './versions.ts';

const fewestNasImages = 15;

/** Refuses a start that the real service would refuse: wrong type, plan, credits, too little for NAS. */
export function admit(scenario: Scenario, version: SimulatedVersion, request: TrainingRequest): void {
  checkModelType(scenario, request.modelType);
  checkPlan(scenario, request.modelType);
  if (isNas(request.modelType)) checkNas(version, request);
}

/** The plan of a run on a version that is not generated or not exported: it fails with no reason given. */
export function onNothing(plan: TrainingPlan): TrainingPlan {
  const { warmUp: _, ...rest } = plan;
  return { ...rest, end: 'failed', endsAt: 0.01, failureReason: 'Unknown error', results: () => [] };
}

/** The error lists all valid types (reference 2.2). */
function checkModelType({ modelTypes }: Scenario, modelType: string): void {
  if (modelTypes.includes(modelType)) return;
  throw advised(
    400,
    `Model type "${modelType}" is not available for this project; valid: ${modelTypes.join(', ')}`,
    'Pick one of the valid model types.',
  );
}

/** 402 is documented for plan and quota; for these codes no source names the status (D12). */
function checkPlan({ plan: { refuse } }: Scenario, modelType: string): void {
  if (refuse === 'credit_cap_exceeded') {
    const message = 'The credit cap of this workspace is reached.';
    throw coded(402, { type: 'AccessException', code: refuse, message });
  }
  if (refuse === 'nas_not_available_for_plan' && isNas(modelType)) {
    const message = 'Neural architecture search is not part of this plan.';
    throw coded(402, { type: 'AccessException', code: refuse, message, plan: 'starter' });
  }
}

/** A NAS run wants 15 validation images and 100 to 300 epochs (reference, section 6). */
function checkNas(version: SimulatedVersion, { epochs }: TrainingRequest): void {
  const { valid } = version.spec.splits;
  if (valid < fewestNasImages) {
    throw coded(400, {
      type: 'BadRequest',
      code: 'insufficient_validation_images_for_nas',
      message: `NAS needs at least ${fewestNasImages} validation images; this version has ${valid}.`,
    });
  }
  if (epochs !== undefined && (epochs < 100 || epochs > 300)) {
    throw invalid('epochs must lie between 100 and 300 for a NAS run');
  }
}
