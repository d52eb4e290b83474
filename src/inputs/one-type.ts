import { mayReportLatency } from '../training/model-type.ts';
import type { Inputs } from './inputs.ts';

/**
 * The inputs of one of several trainings. If another of them is a search, a fine-tune need not report latency: rules on latency or
 * a hardware and the targets are then not held against it before its start, but for rules that must hold for each.
 */
export function inputsOfType(inputs: Inputs, modelType: string): Inputs {
  const { training, rules, modelTypes } = inputs;
  const ofType = { ...inputs, training: { ...training, modelType } };
  if (mayReportLatency(modelType) || !modelTypes.some(mayReportLatency)) return ofType;
  const held = rules.filter(
    ({ scope, metric, hardware }) => scope === 'each' || (metric !== 'latency' && hardware === undefined),
  );
  return { ...ofType, rules: held, targets: [] };
}
