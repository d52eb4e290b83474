import type { AccuracyMetric } from '../../gate/metric.ts';
import {
  type EvaluationLack,
  type LackingFigure,
  SPLITS,
  type Split,
  type SplitFigures,
  type WantedFigure,
} from '../../gate/split-figures.ts';
import type { BestConfidence, EvaluationFindings } from '../../report/evaluation-findings.ts';
import type { EvaluationReading } from '../../training/await-evaluation.ts';
import { type EvaluationPath, getClassPanel, getMapResults, getSweep } from '../endpoints/evaluations.ts';
import type { InProject } from '../http/api.ts';
import { ApiError, obstacleOf } from '../http/failure.ts';
import { unlessFailed } from '../http/outcome.ts';
import type { Patience } from '../http/retry.ts';
import type { MetricsBySplit, Optimum } from '../schema/evaluation-body.ts';
import { type EvaluatedModel, findEvaluation } from './find-evaluation.ts';
import { bestConfidence, readConfusions } from './findings.ts';

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
 * Never throws because of an answer: what cannot be read is told as a lack. What no rule needs is asked for once.
 */
export async function readEvaluation(
  reader: EvaluationReader,
  model: EvaluatedModel,
  wanted: readonly WantedFigure[],
): Promise<EvaluationReading<FoundEvaluation>> {
  const { here, patience } = reader;
  const found = await partOf(() => findEvaluation(here, model, patience));
  if (found.lack !== undefined) return found.lack;
  const { value } = found;
  if (value === undefined) return { kind: 'none' };
  if (value.status === 'failed') return { kind: 'failed' };
  if (value.status !== 'done') return { kind: 'running' };
  return readDone(reader, { workspace: here.project.workspace, id: value.id }, wanted);
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
  const patienceFor = (figures: readonly WantedFigure[]) =>
    figures.some(({ isNeeded }) => isNeeded) ? patience : ONCE;
  const sweepPatience = patienceFor(wanted.filter(isAtOptimum));
  const sweep = await partOf(() => getSweep(api, evaluation, sweepPatience));
  const isInSweep = ({ split, metric }: WantedFigure) =>
    sweep.value?.get(split)?.metrics.has(metric) === true;
  const whole = wanted.filter((figure) => figure.by === 'split' && !isInSweep(figure));
  const map: Part<MetricsBySplit> =
    whole.length === 0 ? {} : await partOf(() => getMapResults(api, evaluation, patienceFor(whole)));
  const panels = new Map<Split, Part<SplitFigures['classes']>>();
  for (const [split, own] of Map.groupBy(
    wanted.filter(({ by }) => by === 'class'),
    (figure) => figure.split,
  ))
    panels.set(split, await partOf(() => getClassPanel(api, evaluation, split, patienceFor(own))));
  const lacking = [...whole, ...wanted.filter(({ by }) => by === 'class')].flatMap(
    (figure): readonly LackingFigure[] => {
      const ofSweep = isAtOptimum(figure) ? sweep.lack : undefined;
      const why = figure.by === 'class' ? panels.get(figure.split)?.lack : (ofSweep ?? map.lack);
      return why === undefined ? [] : [{ ...figure, why }];
    },
  );
  return {
    kind: 'done',
    figures: figuresOf(sweep.value, map.value, panels),
    found: { ...evaluation, confidence: sweep.value && bestConfidence(sweep.value) },
    lacking,
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

/** One of the answers that an evaluation consists of, or why it could not be read. */
interface Part<Value> {
  readonly value?: Value | undefined;
  readonly lack?: EvaluationLack;
}

/** A part can say that the evaluation still runs when the list says that it is done. */
async function partOf<Value>(read: () => Promise<Value>): Promise<Part<Value>> {
  const value = await unlessFailed(read);
  if (!(value instanceof ApiError)) return { value };
  const obstacle = obstacleOf(value);
  return { lack: obstacle === 'not-done' ? { kind: 'running' } : { kind: 'unread', obstacle, error: value } };
}

function figuresOf(
  sweep: ReadonlyMap<Split, Optimum> | undefined,
  map: MetricsBySplit | undefined,
  panels: ReadonlyMap<Split, Part<SplitFigures['classes']>>,
): readonly SplitFigures[] {
  return SPLITS.flatMap((split) => {
    const all = new Map([...(map?.get(split) ?? []), ...(sweep?.get(split)?.metrics ?? [])]);
    const classes = panels.get(split)?.value ?? [];
    return all.size === 0 && classes.length === 0 ? [] : [{ split, source: 'evaluation', all, classes }];
  });
}
