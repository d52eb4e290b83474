import { isSkipped, type RuleResult } from './decide.ts';
import type { Rule } from './rules.ts';

/**
 * What a rule that must hold for each of several trainings comes to: unknown if one cannot be judged, else broken if one breaks it,
 * else it holds. The training that is furthest from holding it stands for all. One that the workflow wants to be skipped, as it
 * has no baseline yet, is left out if another can be judged.
 * @param results those of each training; at least one
 */
export function resultForEach(results: readonly RuleResult[]): RuleResult {
  const counting = results.filter((result) => !isSkipped(result));
  return (counting.length > 0 ? counting : results).reduce((worst, result) =>
    isWorse(result, worst) ? result : worst,
  );
}

function isWorse(one: RuleResult, other: RuleResult): boolean {
  if (other.state === 'unknown') return false;
  return one.state === 'unknown' || one.margin < other.margin;
}

/** The result of a training that has no model. */
export function resultWithoutModel(
  rule: Rule,
  training: { readonly modelType: string; readonly lack: string },
): RuleResult {
  const nothing = { value: undefined, bound: undefined, hardware: undefined, origin: undefined };
  const why = { kind: 'training-without-model' as const, ...training };
  return { ...nothing, state: 'unknown', rule, why, modelId: undefined, baseline: undefined };
}
