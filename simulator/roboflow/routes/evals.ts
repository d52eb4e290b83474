import { createRandom, seedOf } from '../../lib/random.ts';
import { type Answer, codeAsError, ok, plain } from '../answer.ts';
import { type Figures, figuresOf, type Split } from '../views/figures.ts';
import { keptWeights, type SimulatedTraining, stateOf } from '../world/training.ts';
import { type Call, param, requireWorkspace } from './call.ts';

/** An evaluation takes minutes (docs/roboflow-api.md#time-money-and-limits). */
const evaluationMs = 4 * 60_000;

/** A model evaluation, which Roboflow makes by itself after a training. Its values are fractions. */
export interface Evaluation {
  readonly id: string;
  readonly training: SimulatedTraining;
  readonly createdAtMs: number;
  readonly status: 'running' | 'done';
}

/** `GET /:w/model-evals` */
export function listEvals(call: Call): Answer {
  requireWorkspace(call);
  const { query } = call;
  const version = query.version ?? query.versionId;
  const model = query.model ?? query.modelId;
  const filters = [query.project, version, model].filter((value) => value !== undefined);
  if (filters.length > 1) {
    throw codeAsError(400, 'invalid_filter_combination', 'Give at most one of project, version and model.');
  }
  if (query.status !== undefined && !['running', 'done', 'failed'].includes(query.status)) {
    throw plain(400, 'status must be one of: running, done, failed');
  }
  const limit = Math.min(200, Number(query.limit ?? 50) || 50);
  const found = evaluations(call)
    .filter((one) => query.project === undefined || one.training.project === query.project)
    .filter((one) => version === undefined || String(one.training.version) === version)
    // Evaluations are kept by version here, so none belongs to one model.
    .filter(() => model === undefined)
    .filter((one) => query.status === undefined || one.status === query.status);
  return ok({ evals: found.slice(0, limit).map(head) });
}

/** `GET /:w/model-evals/:id`; with a summary when it is done. */
export function getEval(call: Call): Answer {
  const evaluation = requireEval(call);
  if (evaluation.status !== 'done') return ok(head(evaluation));
  const { map50, precision, recall } = figuresOn(evaluation, 'test');
  return ok({ ...head(evaluation), summary: { mAP: map50, mIoU: null, precision, recall } });
}

/** The evaluation that the path names, for a panel: 404 if there is none, 409 until it is done. */
export function requireDoneEval(call: Call): Evaluation {
  const evaluation = requireEval(call);
  if (evaluation.status === 'done') return evaluation;
  throw codeAsError(409, 'model_eval_not_done', 'The evaluation is still running.');
}

/** What an evaluation measured on a split, for all classes. */
export function figuresOn({ training }: Evaluation, split: Split): Figures {
  const metrics = training.plan.results(training)[0]?.metrics ?? {};
  return figuresOf(metrics, split) ?? unmeasured;
}

const unmeasured: Figures = { precision: 0.5, recall: 0.5, map50: 0.5, map5095: 0.3 };

function requireEval(call: Call): Evaluation {
  requireWorkspace(call);
  const id = param(call, 'id');
  const found = evaluations(call).find((candidate) => candidate.id === id);
  if (found === undefined) throw codeAsError(404, 'model_eval_not_found', `No evaluation "${id}".`);
  return found;
}

/** One for every training that kept its weights, newest first. */
function evaluations(call: Call): Evaluation[] {
  const nowMs = call.world.now();
  const own = call.world.trainings.flatMap((training): Evaluation[] => {
    const { endedAtMs } = stateOf(training, nowMs);
    if (endedAtMs === undefined || !keptWeights(training, nowMs)) return [];
    const status = nowMs < endedAtMs + evaluationMs ? 'running' : 'done';
    const id = `eval${createRandom(seedOf(training.jobId)).hex(16)}`;
    return [{ id, training, createdAtMs: endedAtMs, status }];
  });
  return own.reverse();
}

function head(evaluation: Evaluation): Record<string, unknown> {
  return {
    evalId: evaluation.id,
    status: evaluation.status,
    project: evaluation.training.project,
    versionId: String(evaluation.training.version),
    modelId: null,
    createdAt: new Date(evaluation.createdAtMs).toISOString(),
  };
}
