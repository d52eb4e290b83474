import type { EvaluationPlan } from '../../evaluation-plan.ts';
import { createRandom, seedOf } from '../../lib/random.ts';
import type { SimulatedModel } from '../../training-plan.ts';
import { keptWeights, type SimulatedTraining, stateOf } from '../world/training.ts';
import type { World } from '../world/world.ts';
import { resultsOf } from './models.ts';

/** An evaluation takes minutes (docs/internals/roboflow-api.md#model-evaluations). */
const usualMs = 4 * 60_000;

/** A model evaluation, which Roboflow makes by itself after a training. */
export interface Evaluation {
  readonly id: string;
  readonly training: SimulatedTraining;
  /** What is measured; undefined if the training shows no model. */
  readonly model: SimulatedModel | undefined;
  /** Does it say which model that is? If not, it names the version only. */
  readonly namesModel: boolean;
  readonly createdAtMs: number;
  readonly endsAtMs: number;
  readonly status: 'running' | 'done' | 'failed';
  readonly plan: EvaluationPlan;
}

/** The evaluations that are listed by now, newest first. */
export function evaluationsOf(world: World): Evaluation[] {
  const nowMs = world.now();
  return world.trainings
    .flatMap((training) => evaluationsAfter(training, nowMs))
    .reverse()
    .toSorted((one, other) => other.createdAtMs - one.createdAtMs);
}

function evaluationsAfter(training: SimulatedTraining, nowMs: number): Evaluation[] {
  const { evaluation: plan = {} } = training.plan;
  const { endedAtMs } = stateOf(training, nowMs);
  if (plan === 'none' || endedAtMs === undefined || !keptWeights(training, nowMs)) return [];
  const createdAtMs = endedAtMs + (plan.appearsAfterMs ?? 0);
  if (nowMs < createdAtMs) return [];
  const endsAtMs = createdAtMs + (plan.takesMs ?? usualMs);
  const status: Evaluation['status'] = nowMs < endsAtMs ? 'running' : (plan.end ?? 'done');
  const shared = { training, createdAtMs, endsAtMs, status, plan };
  if (plan.namedModels === undefined) {
    return [{ ...shared, id: idOf(training.jobId), model: resultsOf(training)[0], namesModel: false }];
  }
  return resultsOf(training)
    .filter((model) => model.status === 'finished' && model.metrics !== null)
    .toSorted((one, other) => accuracyOf(other) - accuracyOf(one))
    .slice(0, plan.namedModels)
    .map((model) => ({
      ...shared,
      id: idOf(`${training.jobId} ${model.modelId}`),
      model,
      namesModel: true,
    }));
}

function accuracyOf({ metrics }: SimulatedModel): number {
  return typeof metrics?.map5095 === 'number' ? metrics.map5095 : 0;
}

function idOf(seed: string): string {
  return `eval${createRandom(seedOf(seed)).hex(16)}`;
}

/** What every answer says of an evaluation. */
export function evaluationHead(world: World, evaluation: Evaluation): Record<string, unknown> {
  const { id, status, training, model, namesModel, createdAtMs } = evaluation;
  return {
    ...(world.scenario.evaluationsSayId === true ? { id } : { evalId: id }),
    status,
    project: training.project,
    versionId: String(training.version),
    modelId: namesModel && model !== undefined ? model.modelId : null,
    createdAt: new Date(createdAtMs).toISOString(),
  };
}

/** Does this name the model of the evaluation, with the workspace or without (docs/internals/roboflow-api.md#dates-ids-and-model-types)? */
export function isOfModel({ model, namesModel, training }: Evaluation, name: string): boolean {
  const bare = (id: string) => id.replace(`${training.workspace}/`, '');
  return namesModel && model !== undefined && bare(model.modelId) === bare(name);
}
