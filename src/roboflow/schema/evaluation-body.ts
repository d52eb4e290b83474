import * as v from 'valibot';
import { type AccuracyMetric, metricNamed } from '../../gate/metric.ts';
import { type ClassFigures, SPLITS, type Split } from '../../gate/split-figures.ts';
import { percentOf } from '../../lib/decimals.ts';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import {
  beganIn,
  ClassName,
  Count,
  Fraction,
  lenient,
  NonEmpty,
  textOf,
  unexpected,
  VersionNumber,
  Word,
} from './shape.ts';

/** One evaluation that Roboflow made of a model (docs/roboflow-api.md#model-evaluations). */
export interface EvaluationRow {
  readonly id: string;
  /** `unknown`: a word that no document names. */
  readonly status: 'running' | 'done' | 'failed' | 'unknown';
  /** Undefined if the answer does not say. */
  readonly project: string | undefined;
  readonly version: number | undefined;
  /** Undefined: only the version is named. */
  readonly modelId: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAtMs: number | undefined;
}

const Row = v.looseObject({
  status: lenient(Word),
  project: lenient(NonEmpty),
  versionId: lenient(VersionNumber),
  modelId: lenient(NonEmpty),
});

/**
 * Reads the list of evaluations. Older servers say `id` for `evalId`.
 * @throws ShapeError
 */
export function readEvaluations(body: unknown): readonly EvaluationRow[] {
  if (!isRecord(body) || !Array.isArray(body.evals)) throw unexpected('a list of evaluations', body);
  return body.evals.flatMap((row) => toRow(row) ?? []);
}

function toRow(row: unknown): EvaluationRow | undefined {
  const parsed = v.safeParse(Row, row);
  const id = isRecord(row) ? (textOf(row.evalId) ?? textOf(row.id)) : undefined;
  if (!parsed.success || id === undefined) return undefined;
  const { status, project, versionId, modelId } = parsed.output;
  return {
    id,
    status: statusOf(status),
    project,
    version: versionId,
    modelId,
    createdAtMs: beganIn(parsed.output),
  };
}

function statusOf(word: string | undefined): EvaluationRow['status'] {
  const lowered = word?.toLowerCase();
  return lowered === 'running' || lowered === 'done' || lowered === 'failed' ? lowered : 'unknown';
}

/** Metrics by split, in percent. */
export type MetricsBySplit = ReadonlyMap<Split, ReadonlyMap<AccuracyMetric, number>>;

/**
 * Reads `map-results`: what is reached on each split by all classes together.
 * @throws ShapeError
 */
export function readMapResults(body: unknown): MetricsBySplit {
  return bySplit(body, 'map-results', metricsIn);
}

/**
 * Reads `performance-by-class` of `split`. A metric is null if the split has no object of the class.
 * @throws ShapeError also if it is of another split
 */
export function readClassPanel(body: unknown, split: Split): readonly ClassFigures[] {
  if (!isRecord(body) || !Array.isArray(body.classes) || body.split !== split)
    throw unexpected(`figures by class of the ${split} split`, body);
  return body.classes.flatMap((row) => {
    const name = v.safeParse(ClassName, isRecord(row) ? row.className : undefined);
    if (!isRecord(row) || !name.success) return [];
    const figures = Object.entries(row).filter(([key]) => metricOf(key) !== undefined);
    const hasObjects = figures.length === 0 || figures.some(([, value]) => value !== null);
    return [{ name: name.output, objects: undefined, hasObjects, metrics: metricsIn(row) }];
  });
}

/** The confidence threshold (0 to 1) at which F1 is best on a split, and the metrics there, in percent. */
export interface Optimum {
  readonly threshold: number | undefined;
  readonly metrics: ReadonlyMap<AccuracyMetric, number>;
}

/**
 * Reads `confidence-sweep`.
 * @throws ShapeError
 */
export function readSweep(body: unknown): ReadonlyMap<Split, Optimum> {
  return bySplit(body, 'a confidence sweep', (split) => {
    const threshold = v.safeParse(Fraction, split.optimalThreshold);
    const metrics = isRecord(split.optimalMetrics) ? metricsIn(split.optimalMetrics) : new Map();
    return { threshold: threshold.success ? threshold.output : undefined, metrics };
  });
}

/** Counts by actual class and predicted class; both are indices of `classes`, of which one is the background. */
export interface ConfusionMatrix {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

const Matrix = v.looseObject({
  split: v.string(),
  classes: v.array(v.string()),
  matrix: v.array(v.array(Count)),
});

/**
 * Reads `confusion-matrix` of `split`, indexed by actual and then predicted class.
 * @throws ShapeError also if it is of another split
 */
export function readConfusionMatrix(body: unknown, split: Split): ConfusionMatrix {
  const parsed = v.safeParse(Matrix, body);
  if (!parsed.success || parsed.output.split !== split)
    throw unexpected(`a confusion matrix of the ${split} split`, body);
  return { classes: parsed.output.classes, counts: parsed.output.matrix };
}

function bySplit<Value>(
  body: unknown,
  wanted: string,
  read: (split: JsonObject) => Value,
): ReadonlyMap<Split, Value> {
  const splits = isRecord(body) ? body.splits : undefined;
  if (!isRecord(splits)) throw unexpected(wanted, body);
  return new Map(
    SPLITS.flatMap((name) => {
      const split = splits[name];
      return isRecord(split) ? [[name, read(split)] as const] : [];
    }),
  );
}

/** Figures are fractions; what is null or none is left out. */
function metricsIn(values: JsonObject): ReadonlyMap<AccuracyMetric, number> {
  return new Map(
    Object.entries(values).flatMap(([key, value]) => {
      const metric = metricOf(key);
      const fraction = v.safeParse(Fraction, value);
      return metric === undefined || !fraction.success ? [] : [[metric, percentOf(fraction.output)] as const];
    }),
  );
}

/** Panels of semantic segmentation say `iou` for a class. */
function metricOf(key: string): AccuracyMetric | undefined {
  const metric = key.toLowerCase() === 'iou' ? 'miou' : metricNamed(key);
  return metric === 'latency' ? undefined : metric;
}
