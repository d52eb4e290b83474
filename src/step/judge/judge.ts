import { type Baseline, decide } from '../../gate/decide.ts';
import { defaultTargets } from '../../gate/picks.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { type Conclusion, undecided } from '../../report/conclusion.ts';
import type { ProjectHistory } from '../../roboflow/results/read-history.ts';
import type { Training } from '../../training/training.ts';
import type { Evaluated } from './with-evaluations.ts';

/** Whether a training was stopped early and no rule says what is enough. */
export function isUnruled(phase: Training['phase'], rules: Inputs['rules']): boolean {
  return phase === 'stopped' && rules.length === 0;
}

/** Holds the rules against the results of a training that ended with weights. */
export function judge(
  { id, phase }: Training,
  { results, findings }: Evaluated,
  baseline: Baseline,
  history: ProjectHistory,
  { rules, targets }: Pick<Inputs, 'rules' | 'targets'>,
): Conclusion {
  if (isUnruled(phase, rules)) {
    const reason = `training ${id} was stopped early, and there are no rules to judge what it reached`;
    return undecided(reason, 'Set thresholds to accept what a stopped training reached.');
  }
  const targetsGiven = targets.length > 0;
  const { models, recommended } = results;
  const verdict = decide({
    results,
    rules,
    targets: targetsGiven ? targets : defaultTargets(results),
    targetsGiven,
    baseline,
  });
  return {
    kind: 'judged',
    verdict,
    models,
    recommended,
    targetsGiven,
    baseline,
    ...history,
    evaluation: findings,
  };
}
