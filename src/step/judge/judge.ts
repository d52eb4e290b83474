import { decide, type GateInput } from '../../gate/decide.ts';
import { defaultTargets } from '../../gate/picks.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Against } from '../../report/against.ts';
import type { Judged } from '../../report/conclusion.ts';
import type { Evaluated } from './with-evaluations.ts';

/** Holds the rules against the results of a training. */
export function judge(
  { results, findings }: Evaluated,
  against: Against,
  { rules, targets, onMissingBaseline }: Pick<Inputs, 'rules' | 'targets' | 'onMissingBaseline'>,
): Judged {
  const targetsGiven = targets.length > 0;
  const asked: GateInput = {
    results,
    rules,
    targets: targetsGiven ? targets : defaultTargets(results),
    targetsGiven,
    baselineOf: () => against.baseline,
    onMissingBaseline,
  };
  const { models } = results;
  return { kind: 'judged', asked, verdict: decide(asked), models, ...against, evaluation: findings };
}
