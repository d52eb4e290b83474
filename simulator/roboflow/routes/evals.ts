import type { EvaluationPanel, Split } from '../../evaluation-plan.ts';
import { type Answer, codeAsError, ok, plain } from '../answer.ts';
import { type Evaluation, evaluationHead, evaluationsOf, isOfModel } from '../views/evaluations.ts';
import { type Figures, figuresOf } from '../views/figures.ts';
import { type Call, param, requireWorkspace } from './call.ts';

const statuses: readonly string[] = ['running', 'done', 'failed'] satisfies Evaluation['status'][];
const usualLimit = 50;
const highestLimit = 200;

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
  if (query.status !== undefined && !statuses.includes(query.status)) {
    throw plain(400, `status must be one of: ${statuses.join(', ')}`);
  }
  const limit = Math.min(highestLimit, Number(query.limit ?? usualLimit) || usualLimit);
  const found = evaluationsOf(call.world)
    .filter((one) => query.project === undefined || one.training.project === query.project)
    .filter((one) => version === undefined || String(one.training.version) === version)
    .filter((one) => model === undefined || isOfModel(one, model))
    .filter((one) => query.status === undefined || one.status === query.status);
  return ok({ evals: found.slice(0, limit).map((one) => evaluationHead(call.world, one)) });
}

/** `GET /:w/model-evals/:id`; with a summary when it is done. */
export function getEval(call: Call): Answer {
  const evaluation = requireEval(call);
  const head = evaluationHead(call.world, evaluation);
  if (evaluation.status !== 'done') return ok(head);
  const { map50, precision, recall } = figuresOn(evaluation, 'test');
  return ok({ ...head, summary: { mAP: map50, mIoU: null, precision, recall } });
}

/** The evaluation that the path names, for this panel of it: 404 if there is none, 409 until it is done and the panel is there. */
export function requirePanel(call: Call, panel: EvaluationPanel): Evaluation {
  const evaluation = requireEval(call);
  const gaps = (evaluation.plan.gaps ?? []).filter((gap) => gap.panel === panel);
  const isLate = gaps.some(
    (gap) => gap.kind === 'late' && call.world.now() < evaluation.endsAtMs + gap.forMs,
  );
  if (evaluation.status !== 'done' || isLate) {
    throw codeAsError(409, 'model_eval_not_done', 'The evaluation is still running.');
  }
  if (gaps.some(({ kind }) => kind === 'absent')) throw notFound(`This evaluation has no ${panel}.`);
  return evaluation;
}

/** Does the panel of this evaluation show the split? */
export function showsSplit({ plan }: Evaluation, panel: EvaluationPanel, split: Split): boolean {
  const gaps = plan.gaps ?? [];
  return !gaps.some((gap) => gap.kind === 'without-split' && gap.panel === panel && gap.split === split);
}

/** 404 if the panel of this evaluation does not show the split. */
export function requireSplit(evaluation: Evaluation, panel: EvaluationPanel, split: Split): void {
  if (showsSplit(evaluation, panel, split)) return;
  throw notFound(`The ${panel} of this evaluation has no split "${split}".`);
}

/** What an evaluation measured on a split, for all classes. Fractions. */
export function figuresOn({ model }: Evaluation, split: Split): Figures {
  return figuresOf(model?.metrics ?? {}, split) ?? unmeasured;
}

const unmeasured: Figures = { precision: 0.5, recall: 0.5, map50: 0.5, map5095: 0.3 };

function requireEval(call: Call): Evaluation {
  requireWorkspace(call);
  const id = param(call, 'id');
  const found = evaluationsOf(call.world).find((candidate) => candidate.id === id);
  if (found === undefined) throw notFound(`No evaluation "${id}".`);
  return found;
}

function notFound(message: string) {
  return codeAsError(404, 'model_eval_not_found', message);
}
