import { AT_CONFIDENCE } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import {
  type ClassFigures,
  type EvaluationLack,
  type LackingFigure,
  SPLITS,
  type Split,
  type SplitFigures,
  type WantedFigure,
} from '../../gate/split-figures.ts';
import type { BestConfidence } from '../../report/evaluation-findings.ts';
import type { EvaluationReading } from '../../training/await-evaluation.ts';
import type { TrainingResults } from '../../training/await-results.ts';
import { getClassPanel, getMapResults, getSweep } from '../endpoints/evaluations.ts';
import { ApiError, obstacleOf } from '../http/failure.ts';
import { unlessFailed } from '../http/outcome.ts';
import type { Wait } from '../http/retry.ts';
import type { MetricsBySplit, Optimum } from '../schema/evaluation-body.ts';
import type { CountedSplit } from './counted-split.ts';
import { type EvaluationReader, findEvaluations } from './find-evaluation.ts';
import { MOST_PAGES, readCounts } from './read-counts.ts';

/** An evaluation that is done, and the confidence that it found to be best. */
export interface FoundEvaluation {
  readonly id: string;
  readonly confidence: BestConfidence | undefined;
  /** What was counted on the splits where that is wanted. */
  readonly counts: ReadonlyMap<Split, CountedSplit>;
}

/** What the evaluation of `model` says, if it is done: the `wanted` figures, the best confidence, and what could not be read. */
export async function readEvaluation(
  reader: EvaluationReader,
  version: number,
  model: Model,
  results: Pick<TrainingResults, 'onlyModel'>,
  wanted: readonly WantedFigure[],
): Promise<EvaluationReading<FoundEvaluation>> {
  const found = await partOf(() => findEvaluations(reader, version, [model], results));
  if (found.lack !== undefined) return found.lack;
  const { rows: [row] = [], evaluated = [] } = found.value ?? {};
  if (row === undefined) return { kind: 'none', evaluated };
  if (row.status === 'failed') return { kind: 'failed' };
  if (row.status !== 'done') return { kind: 'running' };
  return readDone(reader, row.id, wanted);
}

/** For what no rule needs. */
const ONCE: Wait = { untilMs: 0 };

async function readDone(
  reader: EvaluationReader,
  id: string,
  all: readonly WantedFigure[],
): Promise<EvaluationReading<FoundEvaluation>> {
  const { here, patience, confidence } = reader;
  const wanted = all.filter(({ isKnown }) => !isKnown);
  const patienceFor = (figures: readonly WantedFigure[]) =>
    figures.some(({ isNeeded }) => isNeeded) ? patience : ONCE;
  // It has them of all classes together, and of each where the workflow names the threshold.
  const isOfSweep = ({ by, metric }: WantedFigure) =>
    AT_CONFIDENCE.includes(metric) && (by === 'split' || confidence !== undefined);
  const fromSweep = all.filter(
    (figure) => figure.counts !== undefined || (!figure.isKnown && isOfSweep(figure)),
  );
  const sweep = await partOf(() => getSweep(here, id, confidence, patienceFor(fromSweep)));
  const isInSweep = ({ split, metric }: WantedFigure) => {
    const there = sweep.value?.get(split);
    return (there?.asked?.all ?? there?.metrics)?.has(metric) === true;
  };
  const whole = wanted.filter((figure) => figure.by === 'split' && !isInSweep(figure));
  const map: Part<MetricsBySplit> =
    whole.length === 0 ? {} : await partOf(() => getMapResults(here, id, patienceFor(whole)));
  const byClass = wanted.filter(({ by }) => by === 'class');
  const panels = new Map<Split, Part<SplitFigures['classes']>>();
  for (const [split, own] of Map.groupBy(byClass, (figure) => figure.split))
    panels.set(split, await partOf(() => getClassPanel(here, id, split, patienceFor(own))));
  const whyNot = (figure: WantedFigure) =>
    (isOfSweep(figure) ? sweep.lack : undefined) ??
    (figure.by === 'class' ? panels.get(figure.split)?.lack : map.lack);
  const lacking = [...whole, ...byClass].flatMap((figure): readonly LackingFigure[] => {
    const why = whyNot(figure);
    return why === undefined ? [] : [{ ...figure, why }];
  });
  // As long as another part runs, all is read again.
  const isRunning = lacking.some(({ isNeeded, why }) => isNeeded && why.kind === 'running');
  const counting = isRunning ? [] : all.filter((figure) => figure.counts !== undefined);
  const { counts, uncounted } = await readAllCounts(reader, id, sweep, counting, patienceFor);
  return {
    kind: 'done',
    figures: figuresOf(confidence, sweep.value, map.value, panels, counts),
    found: { id, confidence: sweep.value && bestConfidence(sweep.value), counts },
    lacking: [...lacking, ...uncounted],
  };
}

/** Where a sweep does not tell at which confidence figures were measured. */
const USUAL_THRESHOLD = 0.5;

/** What was counted on each split where a figure asks for that; and of those without an answer the figures that lack it. */
async function readAllCounts(
  reader: EvaluationReader,
  id: string,
  sweep: Part<ReadonlyMap<Split, Optimum>>,
  counting: readonly WantedFigure[],
  patienceFor: (figures: readonly WantedFigure[]) => Wait,
): Promise<{ counts: ReadonlyMap<Split, CountedSplit>; uncounted: readonly LackingFigure[] }> {
  const counts = new Map<Split, CountedSplit>();
  const lacking = (figures: readonly WantedFigure[], why: EvaluationLack) =>
    figures.map((figure): LackingFigure => ({ ...figure, why }));
  // It may still tell at which threshold to count.
  if (sweep.lack && mayCome(sweep.lack)) return { counts, uncounted: lacking(counting, sweep.lack) };
  const uncounted: LackingFigure[] = [];
  let pages = MOST_PAGES;
  for (const [split, own] of Map.groupBy(counting, (figure) => figure.split)) {
    const threshold = reader.confidence ?? sweep.value?.get(split)?.threshold ?? USUAL_THRESHOLD;
    const mostPages = own.some((figure) => figure.counts === 'images') ? pages : 0;
    const patient = { ...reader, patience: patienceFor(own) };
    const { value, lack } = await partOf(() => readCounts(patient, id, split, threshold, mostPages));
    pages -= value?.pages ?? 0;
    if (value?.counts !== undefined) counts.set(split, value.counts);
    if (lack !== undefined) uncounted.push(...lacking(own, lack));
  }
  return { counts, uncounted };
}

function mayCome(lack: EvaluationLack): boolean {
  return lack.kind === 'running' || (lack.kind === 'unread' && lack.obstacle === 'no-answer');
}

export interface Part<Value> {
  readonly value?: Value | undefined;
  readonly lack?: EvaluationLack;
}

/** A part can say that the evaluation still runs when the list says that it is done. */
export async function partOf<Value>(read: () => Promise<Value>): Promise<Part<Value>> {
  const value = await unlessFailed(read);
  if (!(value instanceof ApiError)) return { value };
  const obstacle = obstacleOf(value);
  return { lack: obstacle === 'not-done' ? { kind: 'running' } : { kind: 'unread', obstacle, error: value } };
}

function figuresOf(
  confidence: number | undefined,
  sweep: ReadonlyMap<Split, Optimum> | undefined,
  map: MetricsBySplit | undefined,
  panels: ReadonlyMap<Split, Part<SplitFigures['classes']>>,
  counts: ReadonlyMap<Split, CountedSplit>,
): readonly SplitFigures[] {
  return SPLITS.flatMap((split) => {
    const { metrics = [], asked } = sweep?.get(split) ?? {};
    const [whole, panel] = [map?.get(split) ?? new Map(), panels.get(split)?.value ?? []];
    const isAsked = confidence !== undefined;
    const all = isAsked
      ? new Map([...withoutThreshold(whole), ...(asked?.all ?? [])])
      : new Map([...whole, ...metrics]);
    const classes = isAsked ? panel.map((each) => atThreshold(each, asked?.classes.get(each.name))) : panel;
    return all.size === 0 && classes.length === 0 && !counts.has(split)
      ? []
      : [{ split, source: 'evaluation', confidence, all, classes }];
  });
}

/** A class with what it reaches at a threshold in place of what it reaches at its best. */
function atThreshold(figures: ClassFigures, metrics: ClassFigures['metrics'] = new Map()): ClassFigures {
  return { ...figures, metrics: new Map([...withoutThreshold(figures.metrics), ...metrics]) };
}

/** Without what depends on a confidence threshold. */
export function withoutThreshold(metrics: ClassFigures['metrics']): ClassFigures['metrics'] {
  return new Map([...metrics].filter(([metric]) => !AT_CONFIDENCE.includes(metric)));
}

/** The confidence at which F1 is best: on the validation split, else on the test split. */
function bestConfidence(sweep: ReadonlyMap<Split, Optimum>): BestConfidence | undefined {
  for (const split of SPLITS) {
    const optimum = sweep.get(split);
    if (optimum?.threshold !== undefined)
      return { threshold: optimum.threshold, f1: optimum.metrics.get('f1'), split };
  }
  return undefined;
}
