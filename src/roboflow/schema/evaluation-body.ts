import * as v from 'valibot';
import { type AccuracyMetric, accuracyNamed } from '../../gate/metric.ts';
import { type ClassFigures, SPLITS, type Split } from '../../gate/split-figures.ts';
import { percentOf } from '../../lib/decimals.ts';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import { knownMap } from '../../lib/known-map.ts';
import {
  beganIn,
  ClassName,
  Fraction,
  InferenceMs,
  lenient,
  NonEmpty,
  readAs,
  textOf,
  unexpected,
  VersionNumber,
  Word,
} from './shape.ts';

/** One evaluation that Roboflow made of a model (docs/internals/roboflow-api.md#model-evaluations); what is undefined was not said. */
export type EvaluationRow = Readonly<ReturnType<typeof toRow>[number]>;

const Row = v.looseObject({
  status: lenient(Word),
  project: lenient(NonEmpty),
  versionId: lenient(VersionNumber),
  modelUrl: lenient(NonEmpty),
  modelId: lenient(NonEmpty),
});

/** Reads the list of evaluations. Older servers say `id` for `evalId`. */
export function readEvaluations(body: unknown): readonly EvaluationRow[] {
  if (!isRecord(body) || !Array.isArray(body.evals)) throw unexpected('a list of evaluations', body);
  return body.evals.flatMap(toRow);
}

function toRow(row: unknown) {
  const fields = readAs(Row, row);
  const id = textOf(fields?.evalId) ?? textOf(fields?.id);
  if (fields === undefined || id === undefined) return [];
  const { versionId: version, modelUrl } = fields;
  const modelId = modelUrl ?? publicId(fields.modelId);
  const project = publicId(fields.project);
  const word = fields.status?.toLowerCase() ?? '';
  return [
    { id, status: STATUSES.get(word) ?? 'unknown', project, version, modelId, createdAtMs: beganIn(fields) },
  ];
}

/** Undefined for an id of Roboflow's own, which names the same by 20 letters and digits and compares with no other. */
function publicId(id: string | undefined): string | undefined {
  return id !== undefined && /^(?=.*[A-Z])[A-Za-z0-9]{20}$/.test(id) ? undefined : id;
}

/** Other words no document names. */
const STATUSES = new Map((['running', 'done', 'failed'] as const).map((word) => [String(word), word]));

const ComparedModel = v.looseObject({
  modelId: NonEmpty,
  medianLatencyMs: lenient(InferenceMs),
  exclusionReason: lenient(Word),
});

/** One model of a comparison, and its median latency on the Serverless API; what is undefined was not said. */
export type ComparedModel = Readonly<v.InferOutput<typeof ComparedModel>>;

/** Reads the comparison of a version's models. Without a list it compares none. */
export function readComparison(body: unknown): readonly ComparedModel[] {
  if (!isRecord(body)) throw unexpected('a comparison of models', body);
  const models: readonly unknown[] = Array.isArray(body.models) ? body.models : [];
  return models.flatMap((row) => readAs(ComparedModel, row) ?? []);
}

/** Metrics by split, in percent. */
export type MetricsBySplit = ReadonlyMap<Split, ReadonlyMap<AccuracyMetric, number>>;

/** Reads `map-results`: what is reached on each split by all classes together. */
export function readMapResults(body: unknown): MetricsBySplit {
  return bySplit(body, 'map-results', metricsIn);
}

const ClassPanel = v.looseObject({
  split: v.string(),
  classes: v.array(v.looseObject({ className: ClassName })),
});

/**
 * Reads `performance-by-class` of `split`: null for a class without objects. Throws ShapeError, also for another split, and if one
 * class has no name: without it the others are not every class.
 */
export function readClassPanel(body: unknown, split: Split): readonly ClassFigures[] {
  const panel = readAs(ClassPanel, body);
  if (panel?.split !== split) throw unexpected(`figures by class of the ${split} split`, body);
  return panel.classes.map((row) => {
    const name = row.className;
    const figures = Object.entries(row).filter(([key]) => metricOf(key) !== undefined);
    const hasObjects = figures.length === 0 || figures.some(([, value]) => value !== null);
    return { name, objects: undefined, hasObjects, metrics: metricsIn(row) };
  });
}

/** The confidence threshold (0 to 1) at which F1 is best on a split, and the metrics there, in percent. */
export interface Optimum {
  readonly threshold: number | undefined;
  readonly metrics: ReadonlyMap<AccuracyMetric, number>;
  /** The same at the threshold that was asked for, of all classes and of each. */
  readonly asked: { readonly all: Metrics; readonly classes: ReadonlyMap<string, Metrics> } | undefined;
}

type Metrics = ReadonlyMap<AccuracyMetric, number>;

/** Reads `confidence-sweep`, and what it has at the threshold `asked`, 0 to 1. */
export function readSweep(body: unknown, asked?: number): ReadonlyMap<Split, Optimum> {
  return bySplit(body, 'a confidence sweep', (split) => {
    const metrics: Metrics = isRecord(split.optimalMetrics) ? metricsIn(split.optimalMetrics) : new Map();
    const classes = isRecord(split.perClass) ? Object.entries(split.perClass) : [];
    return {
      threshold: readAs(Fraction, split.optimalThreshold),
      metrics,
      asked:
        asked === undefined
          ? undefined
          : {
              all: metricsAt(split, asked),
              classes: new Map(classes.map(([name, sweep]) => [name, metricsAt(sweep, asked)])),
            },
    };
  });
}

/** At the hundredth nearest to `threshold`. Where nothing is detected there is no precision, though a 0 stands there. */
function metricsAt(sweep: unknown, threshold: number): Metrics {
  const steps = isRecord(sweep) && isRecord(sweep.perThreshold) ? Object.entries(sweep.perThreshold) : [];
  const step = steps.find(([key]) => Math.round(Number(key) * 100) === Math.round(threshold * 100))?.[1];
  const metrics = isRecord(step) ? metricsIn(step) : new Map();
  const isOfNone = metrics.get('precision') === 0 && metrics.get('recall') === 0;
  return new Map([...metrics].filter(([metric]) => !(isOfNone && metric === 'precision')));
}

function bySplit<Value>(
  body: unknown,
  wanted: string,
  read: (split: JsonObject) => Value,
): ReadonlyMap<Split, Value> {
  const splits = isRecord(body) ? body.splits : undefined;
  if (!isRecord(splits)) throw unexpected(wanted, body);
  return knownMap(
    SPLITS.map((name) => {
      const split = splits[name];
      return [name, isRecord(split) ? read(split) : undefined];
    }),
  );
}

/** Figures are fractions; what is null or none is left out. */
function metricsIn(values: JsonObject): ReadonlyMap<AccuracyMetric, number> {
  const percent = (fraction: number | undefined) => fraction && percentOf(fraction);
  return knownMap(
    Object.entries(values).map(([key, value]) => [metricOf(key), percent(readAs(Fraction, value))]),
  );
}

/** Panels of semantic segmentation say `iou` for a class. */
function metricOf(key: string): AccuracyMetric | undefined {
  return key.toLowerCase() === 'iou' ? 'miou' : accuracyNamed(key);
}
