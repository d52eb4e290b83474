import { type Answer, codeAsError, ok } from '../answer.ts';
import { confusionMatrix, mapFigures, optimum, perClass, sweep } from '../views/eval-figures.ts';
import { type Figures, figuresOfClass, type Split, splits, targetsIn } from '../views/figures.ts';
import { type Call, requireWorkspace } from './call.ts';
import { type Evaluation, figuresOn, requireDoneEval } from './evals.ts';

const taskType = 'object-detection-like';

/** `GET /:w/model-evals/:id/map-results` */
export function getMapResults(call: Call): Answer {
  const evaluation = requireDoneEval(call);
  const shown = splits.map((split) => {
    const all = figuresOn(evaluation, split);
    const classes = classesOn(call, evaluation, split).map(({ className, figures }) => ({
      className,
      ...mapFigures(figures),
    }));
    const sizes = { small: 0.62, medium: 0.94, large: 1.08 };
    const byObjectSize = Object.fromEntries(
      Object.entries(sizes).map(([size, factor]) => [size, mapFigures(all, factor)] as const),
    );
    return [split, { ...mapFigures(all), byObjectSize, classes }] as const;
  });
  return ok({ taskType, splits: Object.fromEntries(shown) });
}

/** `GET /:w/model-evals/:id/performance-by-class?split=`; null for a class without instances in the split. */
export function getPerformanceByClass(call: Call): Answer {
  const evaluation = requireDoneEval(call);
  const split = splitOf(call);
  const classes = classesOn(call, evaluation, split).map(({ className, figures }) => ({
    className,
    ...perClass(figures),
  }));
  return ok({ taskType, split, classes });
}

/** `GET /:w/model-evals/:id/confidence-sweep` */
export function getConfidenceSweep(call: Call): Answer {
  const evaluation = requireDoneEval(call);
  const shown = (['valid', 'test'] as const).map((split) => {
    const classes = classesOn(call, evaluation, split).flatMap(({ className, figures }) =>
      figures === null ? [] : [[className, optimum(figures)] as const],
    );
    const all = sweep(figuresOn(evaluation, split));
    return [split, { ...all, perClass: Object.fromEntries(classes) }] as const;
  });
  return ok({ splits: Object.fromEntries(shown) });
}

/** `GET /:w/model-evals/:id/confusion-matrix?split=&confidence=`, with the confidence in whole percent. */
export function getConfusionMatrix(call: Call): Answer {
  const evaluation = requireDoneEval(call);
  const { split = 'test', confidence = '20' } = call.query;
  const wanted = [...splits, 'all' as const].find((each) => each === split);
  if (wanted === undefined) throw invalidSplit('train, valid, test, all');
  if (!/^\d{1,3}$/.test(confidence) || Number(confidence) > 100) {
    throw codeAsError(400, 'invalid_confidence', 'confidence must be a whole number from 0 to 100');
  }
  const confidenceThreshold = Number(confidence) / 100;
  const counted = (wanted === 'all' ? splits : [wanted]).map((each) =>
    confusionMatrix(classesOn(call, evaluation, each), confidenceThreshold),
  );
  const matrix = counted.reduce((sum, next) =>
    sum.map((row, at) => row.map((count, to) => count + (next[at]?.[to] ?? 0))),
  );
  const classes = [...classesOn(call, evaluation, 'test').map(({ className }) => className), 'background'];
  return ok({ split, confidenceThreshold, classes, matrix });
}

/** A class as a panel names it, its figures (null without instances in the split), and the number of instances. */
interface ClassOnSplit {
  readonly className: string;
  readonly figures: Figures | null;
  readonly targets: number;
}

function classesOn(call: Call, evaluation: Evaluation, split: Split): ClassOnSplit[] {
  const all = figuresOn(evaluation, split);
  const sizes = call.world.version(evaluation.training.version).spec.splits;
  const labels = Object.entries(call.world.scenario.classes);
  return labels.map(([label, annotations], index) => {
    const targets = targetsIn(annotations, split, sizes);
    const figures = targets === 0 ? null : figuresOfClass(all, index, labels.length);
    return { className: withDashes(label), figures, targets };
  });
}

/** Evaluations have been seen to show dashes for letters that are not ASCII. */
function withDashes(label: string): string {
  return label.replace(/[^ -~]/gu, '-');
}

function splitOf(call: Call): Split {
  requireWorkspace(call);
  const { split: given = 'test' } = call.query;
  const split = splits.find((each) => each === given);
  if (split === undefined) throw invalidSplit('train, valid, test');
  return split;
}

function invalidSplit(valid: string) {
  return codeAsError(400, 'invalid_split', `split must be one of: ${valid}`);
}
