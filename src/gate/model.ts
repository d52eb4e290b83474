import type { AccuracyMetric } from './metric.ts';
import type { EvaluationLack, ModelDetails } from './split-figures.ts';

/** A value that is not a usable number, kept as it came so that the report can show it. */
export interface UnreadableValue {
  readonly name: string;
  readonly raw: string;
}

/** One model of a training, with everything that rules, picks and the report need. */
export interface Model {
  readonly id: string;
  /** Architecture, e.g. `rfdetr-nano`; undefined if the API does not say. */
  readonly type: string | undefined;
  /**
   * Only in an architecture search. `child`: a model that the search found. `stock`: a standard model, trained on the
   * same data for comparison and never recommended; the API calls it `baseline`
   * (docs/internals/roboflow-api.md#architecture-searches).
   */
  readonly family: 'child' | 'stock' | undefined;
  readonly finished: boolean;
  /** Only usable values that were reported. In percent, except perplexity. */
  readonly metrics: ReadonlyMap<AccuracyMetric, number>;
  /** Hardware, spelled as the API spells it -> milliseconds. */
  readonly latencyMs: ReadonlyMap<string, number>;
  readonly unreadable: readonly UnreadableValue[];
  /** What it reaches by class and split; undefined if that was not read. */
  readonly details?: ModelDetails | undefined;
  /** Why it has no latency on {@link SERVERLESS}; undefined if it has, or nobody asked. */
  readonly serverlessLack?: EvaluationLack | undefined;
}

/** One key for all spellings of a hardware: the API itself writes `t4` and `T4` (docs/internals/roboflow-api.md#architecture-searches). */
export function hardwareKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Whether both names mean the same hardware. */
export function sameHardware(one: string, other: string): boolean {
  return hardwareKey(one) === hardwareKey(other);
}

/**
 * The hardware that models of every type are measured on: Roboflow's Serverless API (docs/internals/roboflow-api.md#comparison-of-models). It
 * is a time of another kind than those that a search measures, so neither fills in for the other.
 */
export const SERVERLESS = 'serverless';

/** Whether `name` means {@link SERVERLESS}. */
export function isServerless(name: string | undefined): boolean {
  return name !== undefined && sameHardware(name, SERVERLESS);
}

/** The latency of `model` on `hardware` in milliseconds, undefined if it was not measured. The case of the name does not matter. */
export function latencyOn(model: Model, hardware: string): number | undefined {
  for (const [name, ms] of model.latencyMs) if (sameHardware(name, hardware)) return ms;
  return undefined;
}

/** Every hardware that any of `models` was measured on, each once, in its first spelling. */
export function measuredHardware(models: readonly Model[]): readonly string[] {
  const byName = new Map<string, string>();
  for (const model of models) {
    for (const name of model.latencyMs.keys()) {
      const key = hardwareKey(name);
      if (!byName.has(key)) byName.set(key, name);
    }
  }
  return [...byName.values()];
}

/** The same without {@link SERVERLESS}: what the trainings themselves measured. */
export function trainedHardware(models: readonly Model[]): readonly string[] {
  return measuredHardware(models).filter((name) => !isServerless(name));
}

/** The models that can be headline or pick: those that are finished and no stock models. */
export function candidatesOf(models: readonly Model[]): readonly Model[] {
  return models.filter((model) => model.finished && model.family !== 'stock');
}

/** The types of `models` without the stock models, each once. A type is undefined if the API does not say. */
export function typesWithoutStock(models: readonly Model[]): readonly (string | undefined)[] {
  return [...new Set(models.filter(({ family }) => family !== 'stock').map(({ type }) => type))];
}
