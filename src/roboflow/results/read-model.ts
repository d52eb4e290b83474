import { type AccuracyMetric, accuracyNamed } from '../../gate/metric.ts';
import { hardwareKey, type Model, type UnreadableValue } from '../../gate/model.ts';
import { clipped } from '../../lib/fit-text.ts';
import type { JsonObject } from '../../lib/json.ts';
import { endedWithWeights } from '../../training/training.ts';
import { InferenceMs, JsonFields, readAs, textOf, withinRange } from '../schema/shape.ts';
import { phaseOf } from '../schema/training-body.ts';

/**
 * Reads a model of `training/results` or of a v2 training. Metrics there are percentages, latency is a number beside
 * a `hardware` name, or an object by hardware (docs/internals/roboflow-api.md#architecture-searches, #metrics).
 * @param trainedType the type of the training, for models that do not say theirs
 */
export function modelOfResults(body: JsonObject, trainedType: string | undefined): Model | undefined {
  return modelOf(body, textOf(body.modelId) ?? textOf(body.id), textOf(body.modelType) ?? trainedType);
}

/** Reads a row of the models list, which names its model by `url` and is in percent too (docs/internals/roboflow-api.md#models). */
export function modelOfList(row: JsonObject, trained: string | undefined): Model | undefined {
  const train = readAs(JsonFields, row.train);
  const results = readAs(JsonFields, train?.results);
  const metrics = { ...results, ...readAs(JsonFields, row.metrics) };
  const body = { ...results, ...row, status: train?.status ?? row.status, metrics };
  return modelOf(body, textOf(row.url), textOf(row.modelType) ?? trained);
}

/** The one model of older versions: percentages as strings, and `map` is mAP50 (docs/internals/roboflow-api.md#version, #metrics). */
export function modelOfVersion(model: JsonObject, trainedType: string | undefined): Model | undefined {
  const { map: map50, precision, recall } = model;
  return modelOf({ metrics: { map50, precision, recall } }, textOf(model.id), trainedType);
}

function modelOf(body: JsonObject, id: string | undefined, type: string | undefined): Model | undefined {
  if (id === undefined) return undefined;
  const metrics = readAs(JsonFields, body.metrics) ?? {};
  const hardware = textOf(metrics.hardware) ?? textOf(body.hardware);
  const unreadable: UnreadableValue[] = [];
  return {
    id,
    type,
    family: familyIn(body.nasFamily),
    finished: isFinished(body.status),
    metrics: accuracyIn(metrics, unreadable),
    latencyMs: latencyIn(metrics.latency ?? body.latency, hardware, unreadable),
    unreadable,
  };
}

/** A model that says nothing of its status is one of a training that ended well; what is no word says that it is not. */
function isFinished(status: unknown): boolean {
  if (status === undefined || status === null) return true;
  return typeof status === 'string' && (status.trim() === '' || endedWithWeights(phaseOf(status)));
}

/** The word comes in any case. */
function familyIn(value: unknown): Model['family'] {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return word === 'child' ? 'child' : word === 'baseline' ? 'stock' : undefined;
}

/** The highest value of a metric: a perplexity over a million is more than any vocabulary has words; all others are in percent. */
export function highestOf(metric: string): number {
  return metric === 'perplexity' ? 1e6 : 100;
}

function accuracyIn(metrics: JsonObject, unreadable: UnreadableValue[]): ReadonlyMap<AccuracyMetric, number> {
  const values = new Map<AccuracyMetric, number>();
  for (const [metric, written] of Map.groupBy(reportedIn(metrics), ({ name }) => accuracyNamed(name))) {
    if (metric === undefined) continue;
    const agreed = agreedOn(written);
    const value = agreed && withinRange(agreed, highestOf(metric));
    if (value !== undefined) values.set(metric, value);
    else unreadable.push({ name: metric, raw: asItCame(written) });
  }
  return values;
}

interface Spelling {
  readonly name: string;
  readonly raw: unknown;
}

function reportedIn(values: JsonObject): readonly Spelling[] {
  return Object.entries(values)
    .filter(([, raw]) => raw !== null && raw !== undefined)
    .map(([name, raw]) => ({ name, raw }));
}

/** The number that all of them are; undefined if they contradict each other or one is none. */
function agreedOn(written: readonly Spelling[]): number | undefined {
  const [first, ...others] = written.map(({ raw }) => numberIn(raw));
  return others.every((other) => other === first) ? first : undefined;
}

function asItCame(written: readonly Spelling[]): string {
  const all = Object.fromEntries(written.map(({ name, raw }) => [name, raw]));
  const value = written.length === 1 ? written[0]?.raw : all;
  return clipped(typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value)), 60);
}

function latencyIn(
  latency: unknown,
  hardware: string | undefined,
  unreadable: UnreadableValue[],
): ReadonlyMap<string, number> {
  if (latency === null || latency === undefined) return new Map();
  const reported = reportedIn(readAs(JsonFields, latency) ?? { [hardware ?? '']: latency });
  const values = new Map<string, number>();
  for (const written of Map.groupBy(reported, ({ name }) => hardwareKey(name)).values()) {
    const name = written[0]?.name.trim() === '' ? undefined : written[0]?.name;
    const ms = readAs(InferenceMs, agreedOn(written));
    if (name !== undefined && ms !== undefined) values.set(name, ms);
    else unreadable.push({ name: `latency@${name ?? 'unnamed hardware'}`, raw: asItCame(written) });
  }
  return values;
}

/** In characters; a longer text is no number that anybody measured, and would take long to look through. */
const LONGEST_NUMBER = 40;
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** A finite number, also from a string that is nothing but one; undefined for `"NaN"`, `""` and all else. */
function numberIn(value: unknown): number | undefined {
  const isText = typeof value === 'string' && value.length <= LONGEST_NUMBER && NUMBER.test(value);
  const number = isText || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
