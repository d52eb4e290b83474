import type { AccuracyMetric } from './metric.ts';

/** A value that came in a form nothing can be judged by, kept as it came so that the report can show it. */
export interface UnreadableValue {
  readonly name: string;
  readonly raw: string;
}

/** One model of a run, with everything that a rule, a pick or the report can ask of it. */
export interface Model {
  readonly id: string;
  /** Architecture, e.g. `rfdetr-nano`; undefined where the API does not say. */
  readonly type: string | undefined;
  /**
   * Of an architecture search: `child`, one that it found, or `stock`, a usual one that is trained on the same data for
   * reference and never recommended (docs/roboflow-api.md#architecture-searches, where the word for it is `baseline`).
   */
  readonly family: 'child' | 'stock' | undefined;
  /** Whether its own training ended with usable weights. */
  readonly finished: boolean;
  /** Only what was reported and makes sense; percent but for perplexity. */
  readonly metrics: ReadonlyMap<AccuracyMetric, number>;
  /** Hardware name, spelled as the API spells it, to milliseconds. */
  readonly latencyMs: ReadonlyMap<string, number>;
  readonly unreadable: readonly UnreadableValue[];
}

/** The same for all names of one hardware: the API itself writes both `t4` and `T4` (docs/roboflow-api.md#architecture-searches). */
export function hardwareKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Whether both name one hardware. */
export function sameHardware(one: string, other: string): boolean {
  return hardwareKey(one) === hardwareKey(other);
}

/** The latency of `model` on `hardware` in milliseconds, whatever the case of the name; undefined where not measured. */
export function latencyOn(model: Model, hardware: string): number | undefined {
  for (const [name, ms] of model.latencyMs) if (sameHardware(name, hardware)) return ms;
  return undefined;
}

/** Every hardware that one of `models` was measured on, each once, as first spelled. */
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

/** The models that may be headline or pick: finished, and no stock model. */
export function candidatesOf(models: readonly Model[]): readonly Model[] {
  return models.filter((model) => model.finished && model.family !== 'stock');
}

/** The types of `models` but for the stock models among them, each once; undefined for those of which the API does not say. */
export function ownTypes(models: readonly Model[]): readonly (string | undefined)[] {
  return [...new Set(models.filter(({ family }) => family !== 'stock').map(({ type }) => type))];
}
