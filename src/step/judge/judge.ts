import { type Baseline, decide } from '../../gate/decide.ts';
import { defaultTargets } from '../../gate/picks.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Judged } from '../../report/conclusion.ts';
import type { Evaluated } from './with-evaluations.ts';

/** Holds the rules against the results of a training. */
export function judge(
  { results, findings }: Evaluated,
  baseline: Baseline,
  { rules, targets }: Pick<Inputs, 'rules' | 'targets'>,
): Judged {
  const targetsGiven = targets.length > 0;
  const { models, recommended } = results;
  const verdict = decide({
    results,
    rules,
    targets: targetsGiven ? targets : defaultTargets(results),
    targetsGiven,
    baseline,
  });
  return { kind: 'judged', verdict, models, recommended, targetsGiven, baseline, evaluation: findings };
}
