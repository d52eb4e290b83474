import fc from 'fast-check';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import type { Model } from '../../src/gate/model.ts';
import { model } from '../build.ts';

/** The hardware that generated models can be measured on. */
export const hardware = ['T4', 'Jetson Orin', 'AI1'] as const;

/** Few different values, so that ties are the rule and not the exception. */
const percent = fc.constantFrom(0, 40, 50, 50.5, 100);
const ms = fc.constantFrom(0.5, 1, 2, 2.5, 10);
const optionally = { requiredKeys: [] } satisfies { requiredKeys: [] };

const parts = fc.record({
  family: fc.constantFrom(undefined, 'child' as const, 'stock' as const),
  finished: fc.boolean(),
  metrics: fc.record(
    { 'map50-95': percent, map50: percent, accuracy: percent, perplexity: percent },
    optionally,
  ),
  latency: fc.record({ T4: ms, 'Jetson Orin': ms, AI1: ms }, optionally),
});

/** Models of one training. */
export const models = fc
  .array(parts, { maxLength: 9 })
  .map((all) => all.map((each, index) => model({ id: `acme/m${index}`, ...each })));

/** Results with recommendations, some for models or hardware that are not there. */
export const allResults = fc.record({
  models,
  recommended: fc
    .array(
      fc.tuple(
        fc.constantFrom('t4', 'T4', 'AI1', 'L4'),
        fc.nat(10).map((n) => `acme/m${n}`),
      ),
      { maxLength: 3 },
    )
    .map((entries) => new Map(entries)),
});

/** The latency of `model` on a hardware, found without the code under test. */
export function latencyThere(model: Model, name: string): number | undefined {
  return [...model.latencyMs].find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

/** Whether a model can be headline or pick at all. */
export function mayBeShipped(model: Model): boolean {
  return model.finished && model.family !== 'stock';
}

/** Whether `one` is more accurate than `other` among `rivals`, straight from the contract's words. */
export function moreAccurate(one: Model, other: Model, rivals: readonly Model[]): boolean {
  const order: readonly AccuracyMetric[] = ['map50-95', 'map50', 'accuracy', 'miou', 'f1', 'perplexity'];
  const metric = order.find((name) => rivals.some(({ metrics }) => metrics.has(name)));
  if (metric === undefined) return false;
  const value = one.metrics.get(metric);
  const rival = other.metrics.get(metric);
  if (value === undefined) return false;
  if (rival === undefined) return true;
  return metric === 'perplexity' ? value < rival : value > rival;
}
