import type { Inputs } from '../../inputs/inputs.ts';
import type { Checked, PlannedRule } from '../../report/conclusion.ts';
import type { ProjectRef } from '../../roboflow/http/in-project.ts';
import { actionOf, checkedConclusion } from '../before/dry-run.ts';
import type { PlannedTraining } from './prepare-several.ts';

/** How a dry run of several model types ends: what the step would do for each, and by what it would judge. */
export function checkedSeveral(
  planned: readonly PlannedTraining[],
  inputs: Inputs,
  project: ProjectRef,
): Checked {
  const [first, ...others] = planned.map(({ next, baseline, modelType }) => ({
    next,
    modelType,
    checked: checkedConclusion(next, baseline, inputs, project),
  }));
  if (first === undefined) throw new Error('a dry run without any training');
  const all = [first, ...others].map(({ checked }) => checked);
  return {
    ...first.checked,
    others: others.map(({ next, modelType }) => ({ ...actionOf(next), modelType })),
    rules: first.checked.rules.map((rule, index) => asForAll(rule, all, index)),
    unchecked: [...new Set(all.flatMap(({ unchecked }) => unchecked))],
  };
}

/** Each training may have a baseline of its own; a bound is told if it is the same for all. */
function asForAll(rule: PlannedRule, all: readonly Checked[], index: number): PlannedRule {
  const isSame = all.every(({ rules }) => rules[index]?.bound === rule.bound);
  return isSame ? rule : { ...rule, bound: undefined };
}
