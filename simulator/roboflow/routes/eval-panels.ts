import type { Split } from '../../evaluation-plan.ts';
import { type Answer, codeAsError, ok } from '../answer.ts';
import { type ClassOnSplit, classesOn } from '../views/class-figures.ts';
import { confusionMatrix } from '../views/confusion-matrix.ts';
import { mapFigures, perClass, sweep } from '../views/eval-figures.ts';
import type { Evaluation } from '../views/evaluations.ts';
import { splits } from '../views/figures.ts';
import type { Call } from './call.ts';
import { figuresOn, requirePanel, requireSplit, showsSplit } from './evals.ts';

const taskType = 'object-detection-like';

/** `GET /:w/model-evals/:id/map-results` */
export function getMapResults(call: Call): Answer {
  const panel = 'map-results';
  const evaluation = requirePanel(call, panel);
  const shown = splits
    .filter((split) => showsSplit(evaluation, panel, split))
    .map((split) => [split, mapOn(call, evaluation, split)] as const);
  return ok({ taskType, splits: Object.fromEntries(shown) });
}

function mapOn(call: Call, evaluation: Evaluation, split: Split) {
  const all = figuresOn(evaluation, split);
  const classes = classesIn(call, evaluation, split).map(({ className, figures }) => ({
    className,
    ...mapFigures(figures),
  }));
  const sizes = { small: 0.62, medium: 0.94, large: 1.08 };
  const byObjectSize = Object.fromEntries(
    Object.entries(sizes).map(([size, factor]) => [size, mapFigures(all, factor)] as const),
  );
  return { ...mapFigures(all), byObjectSize, classes };
}

/** `GET /:w/model-evals/:id/performance-by-class?split=`; null for a class without instances in the split. */
export function getPerformanceByClass(call: Call): Answer {
  const panel = 'performance-by-class';
  const evaluation = requirePanel(call, panel);
  const { split: given = 'test' } = call.query;
  const split = splits.find((each) => each === given);
  if (split === undefined) throw invalidSplit('train, valid, test');
  requireSplit(evaluation, panel, split);
  const classes = classesIn(call, evaluation, split).map(({ className, figures }) => ({
    className,
    ...perClass(figures),
  }));
  return ok({ taskType, split, classes });
}

/** `GET /:w/model-evals/:id/confidence-sweep` */
export function getConfidenceSweep(call: Call): Answer {
  const panel = 'confidence-sweep';
  const evaluation = requirePanel(call, panel);
  const shown = (['valid', 'test'] as const)
    .filter((split) => showsSplit(evaluation, panel, split))
    .map((split) => {
      const classes = classesIn(call, evaluation, split).flatMap(({ className, figures }) =>
        figures === null ? [] : [[className, sweep(figures)] as const],
      );
      const all = sweep(figuresOn(evaluation, split));
      return [split, { ...all, perClass: Object.fromEntries(classes) }] as const;
    });
  return ok({ splits: Object.fromEntries(shown) });
}

/** `GET /:w/model-evals/:id/confusion-matrix?split=&confidence=`, with the confidence in whole percent. */
export function getConfusionMatrix(call: Call): Answer {
  const panel = 'confusion-matrix';
  const evaluation = requirePanel(call, panel);
  const { split = 'test', confidence = '20' } = call.query;
  const wanted = split === 'all' ? splits : splits.filter((each) => each === split);
  if (wanted.length === 0) throw invalidSplit('train, valid, test, all');
  if (!/^\d{1,3}$/.test(confidence) || Number(confidence) > 100) {
    throw codeAsError(400, 'invalid_confidence', 'confidence must be a whole number from 0 to 100');
  }
  for (const each of wanted) requireSplit(evaluation, panel, each);
  const confidenceThreshold = Number(confidence) / 100;
  const matrix = wanted
    .map((each) => confusionMatrix(classesIn(call, evaluation, each), confidenceThreshold))
    .reduce((sum, next) => sum.map((row, at) => row.map((count, to) => count + (next[at]?.[to] ?? 0))));
  const classes = [...classesIn(call, evaluation, 'test').map(({ className }) => className), 'background'];
  return ok({ split, confidenceThreshold, classes, matrix });
}

/** The classes with the names that panels give them, in an order of their own. */
export function classesIn(
  call: Call,
  evaluation: Evaluation,
  split: Split,
): readonly (ClassOnSplit & { readonly className: string })[] {
  const all = figuresOn(evaluation, split);
  return classesOn(call.world, evaluation.training.version, split, all)
    .map((each) => ({ ...each, className: withDashes(each.label) }))
    .toSorted((a, b) => (a.className < b.className ? -1 : 1));
}

/** Evaluations have been seen to show dashes for letters that are not ASCII. */
function withDashes(label: string): string {
  return label.replace(/[^ -~]/gu, '-');
}

function invalidSplit(valid: string) {
  return codeAsError(400, 'invalid_split', `split must be one of: ${valid}`);
}
