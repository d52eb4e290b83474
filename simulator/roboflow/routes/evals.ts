import { createRandom, round, seedOf } from '../../lib/random.ts';
import { type Answer, codeAsError, ok, plain } from '../answer.ts';
import { type SimulatedTraining, stateOf } from '../world/training.ts';
import { type Call, param, requireWorkspace } from './call.ts';

/** An evaluation takes minutes (reference, section 6). */
const evaluationMs = 4 * 60_000;

interface Evaluation {
  readonly id: string;
  readonly training: SimulatedTraining;
  readonly createdAtMs: number;
  readonly status: 'running' | 'done';
}

/** `GET /:w/model-evals` (reference 2.9). */
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

/** `GET /:w/model-evals/:id`; the summary, in fractions, when done (reference 2.9). */
export function getEval(call: Call): Answer {
  const evaluation = requireEval(call);
  if (evaluation.status !== 'done') return ok(head(evaluation));
  return ok({ ...head(evaluation), summary: summary(evaluation) });
}

/** `GET /:w/model-evals/:id/map-results` (reference 2.9): 409 until the evaluation is done. */
export function getMapResults(call: Call): Answer {
  const evaluation = requireEval(call);
  if (evaluation.status !== 'done') {
    throw codeAsError(409, 'model_eval_not_done', 'The evaluation is still running.');
  }
  const map50 = summary(evaluation).mAP;
  const split = { map50, map50_95: round(map50 * 0.73, 4), map75: round(map50 * 0.81, 4), byObjectSize: {} };
  return ok({ taskType: 'object-detection-like', splits: { test: split } });
}

function requireEval(call: Call): Evaluation {
  requireWorkspace(call);
  const id = param(call, 'id');
  const found = evaluations(call).find((candidate) => candidate.id === id);
  if (found === undefined) throw codeAsError(404, 'model_eval_not_found', `No evaluation "${id}".`);
  return found;
}

/** One for every run that kept its weights, newest first. */
function evaluations(call: Call): Evaluation[] {
  const nowMs = call.world.now();
  const own = call.world.trainings.flatMap((training): Evaluation[] => {
    const { end, endedAtMs } = stateOf(training, nowMs);
    if (endedAtMs === undefined || (end !== 'complete' && end !== 'stopped')) return [];
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

/** Measured on the test split, so a little beside the training's own metrics (reference, section 5). */
function summary(evaluation: Evaluation): { mAP: number; mIoU: null; precision: number; recall: number } {
  const metrics = evaluation.training.plan.results(evaluation.training)[0]?.metrics ?? {};
  const fraction = (value: unknown) => (typeof value === 'number' ? round(value / 100 - 0.018, 4) : 0.5);
  return {
    mAP: fraction(metrics.map50),
    mIoU: null,
    precision: fraction(metrics.precision),
    recall: fraction(metrics.recall),
  };
}
