import type { AccuracyMetric } from '../../gate/metric.ts';
import { type EvaluationLack, SPLITS, type Split, type SplitFigures } from '../../gate/split-figures.ts';
import type { BestConfidence, EvaluationFindings } from '../../report/evaluation-findings.ts';
import type { EvaluationReading } from '../../training/await-evaluation.ts';
import { type EvaluationPath, getClassPanel, getMapResults, getSweep } from '../endpoints/evaluations.ts';
import { ApiError, obstacleOf } from '../http/failure.ts';
import type { InProject } from '../http/in-project.ts';
import { unlessFailed } from '../http/outcome.ts';
import type { Patience } from '../http/retry.ts';
import type { MetricsBySplit, Optimum } from '../schema/evaluation-body.ts';
import { FAILED, lackBecause } from './evaluation-lack.ts';
import { type EvaluatedModel, findEvaluation } from './find-evaluation.ts';
import { bestConfidence, readConfusions } from './findings.ts';

/** A figure that is wanted of an evaluation. */
export interface WantedFigure {
  readonly metric: AccuracyMetric;
  readonly split: Split;
  /** Of the classes one by one, or of all together. */
  readonly by: 'class' | 'split';
}

/** Reads evaluations of one project. */
export interface EvaluationReader {
  readonly here: InProject;
  readonly patience: Partial<Patience>;
}

/** An evaluation that is done, and the confidence that it found to be best. */
export interface FoundEvaluation extends EvaluationPath {
  readonly confidence: BestConfidence | undefined;
}

/**
 * Reads what Roboflow's evaluation of `model` says, if it is done: the figures that are `wanted`, and the best confidence.
 * Never throws because of an answer: what cannot be read is told as a lack.
 */
export async function readEvaluation(
  reader: EvaluationReader,
  model: EvaluatedModel,
  wanted: readonly WantedFigure[],
): Promise<EvaluationReading<FoundEvaluation>> {
  const { here, patience } = reader;
  const found = await unlessFailed(() => findEvaluation(here, model, patience));
  if (found instanceof ApiError) return { kind: 'lost', lack: lackBecause(found) };
  if (found === undefined) return { kind: 'none' };
  if (found.status === 'failed') return { kind: 'lost', lack: FAILED };
  if (found.status !== 'done') return { kind: 'running' };
  return readDone(reader, { workspace: here.project.workspace, id: found.id }, wanted);
}

/** For what no rule needs. */
const ONCE: Partial<Patience> = { untilMs: 0 };
/** The metrics that the sweep has of all classes together, at the best confidence. */
const AT_OPTIMUM: readonly AccuracyMetric[] = ['precision', 'recall', 'f1'];

function isAtOptimum({ by, metric }: WantedFigure): boolean {
  return by === 'split' && AT_OPTIMUM.includes(metric);
}

async function readDone(
  { here: { api }, patience }: EvaluationReader,
  evaluation: EvaluationPath,
  wanted: readonly WantedFigure[],
): Promise<EvaluationReading<FoundEvaluation>> {
  const sweepPatience = wanted.some(isAtOptimum) ? patience : ONCE;
  const sweep = await unlessFailed(() => getSweep(api, evaluation, sweepPatience));
  if (isNotDone(sweep)) return { kind: 'running' };
  const whole = wanted.filter(({ by, split, metric }) => by === 'split' && !isIn(sweep, split, metric));
  const map =
    whole.length === 0 ? undefined : await unlessFailed(() => getMapResults(api, evaluation, patience));
  if (isNotDone(map)) return { kind: 'running' };
  const splits = [...new Set(wanted.filter(({ by }) => by === 'class').map(({ split }) => split))];
  const byClass: ClassPanel[] = [];
  for (const split of splits) {
    const classes = await unlessFailed(() => getClassPanel(api, evaluation, split, patience));
    if (isNotDone(classes)) return { kind: 'running' };
    byClass.push({ split, classes });
  }
  const confidence = sweep instanceof ApiError ? undefined : bestConfidence(sweep);
  return {
    kind: 'done',
    figures: figuresOf(sweep, map, byClass),
    found: { ...evaluation, confidence },
    lack: lackOf([...(whole.length > 0 ? [map, sweep] : []), ...byClass.map(({ classes }) => classes)]),
  };
}

/** What else an evaluation found, for the report: what cannot be read is left out. */
export async function readFindings(
  { here: { api }, patience }: EvaluationReader,
  { confidence, ...evaluation }: FoundEvaluation,
): Promise<EvaluationFindings> {
  const confusions =
    confidence && (await unlessFailed(() => readConfusions(api, evaluation, confidence, patience)));
  return { confidence, confusions: confusions instanceof ApiError ? undefined : confusions };
}

interface ClassPanel {
  readonly split: Split;
  readonly classes: SplitFigures['classes'] | ApiError;
}

/** The first part that a rule needs and that could not be read. */
function lackOf(parts: readonly unknown[]): EvaluationLack | undefined {
  const error = parts.find((part) => part instanceof ApiError);
  return error instanceof ApiError ? lackBecause(error) : undefined;
}

/** A panel can say that the evaluation still runs when the list says that it is done. */
function isNotDone(part: unknown): boolean {
  return part instanceof ApiError && obstacleOf(part) === 'not-done';
}

type Sweep = ReadonlyMap<Split, Optimum> | ApiError;

function isIn(sweep: Sweep, split: Split, metric: AccuracyMetric): boolean {
  return !(sweep instanceof ApiError) && sweep.get(split)?.metrics.has(metric) === true;
}

function figuresOf(
  sweep: Sweep,
  map: MetricsBySplit | ApiError | undefined,
  byClass: readonly ClassPanel[],
): readonly SplitFigures[] {
  return SPLITS.flatMap((split) => {
    const optimum = sweep instanceof ApiError ? undefined : sweep.get(split)?.metrics;
    const means = map instanceof ApiError ? undefined : map?.get(split);
    const all = new Map([...(means ?? []), ...(optimum ?? [])]);
    const panel = byClass.find((each) => each.split === split)?.classes;
    const classes = panel === undefined || panel instanceof ApiError ? [] : panel;
    return all.size === 0 && classes.length === 0 ? [] : [{ split, source: 'evaluation', all, classes }];
  });
}
