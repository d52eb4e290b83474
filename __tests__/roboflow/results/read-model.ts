import type { Model } from '../../../src/gate/model.ts';
import { modelOfResults } from '../../../src/roboflow/results/read-model.ts';

/** A model as an answer has it. */
export type Body = Readonly<Record<string, unknown>>;

/** The model of results that `body` is. */
export function read(body: Body, trainedType?: string): Model {
  const model = modelOfResults(body, trainedType);
  if (!model) throw new Error('no model');
  return model;
}

/** A model of results with these metrics. */
export function withMetrics(metrics: unknown): Model {
  return read({ modelId: 'acme/m', metrics });
}

/** JSON as it comes over the wire, where `__proto__` is a key like any other. */
export function parsed(text: string): unknown {
  return JSON.parse(text);
}
