import type { Inputs } from '../../inputs/inputs.ts';
import { sentences } from '../../lib/errors.ts';
import type { ComparedTraining } from '../../report/compared-trainings.ts';
import { type Conclusion, undecided } from '../../report/conclusion.ts';
import { throwThrown } from './conclude-several.ts';
import { type EndOfOne, lackOf } from './ended.ts';

/** How a step ends that waits for none of its trainings: as started only if all of them are. */
export function startedSeveral(ends: readonly EndOfOne[], { rules }: Inputs): Conclusion {
  throwThrown(ends);
  const trainings = ends.map(startedTraining);
  const comparison = { trainings, best: undefined };
  const lacking = trainings.filter(({ lack }) => lack !== undefined);
  if (lacking.length === 0) {
    const inFlight = trainings.some(({ facts }) => facts?.inFlight ?? false);
    return { kind: 'started', inFlight, rules, comparison };
  }
  const running = trainings.flatMap(({ facts }) => (facts?.inFlight ? [facts.jobId] : []));
  const next =
    running.length === 0
      ? undefined
      : `Those that run are paid for, and nobody waits for them: ${running.join(', ')}. To judge one, set job-id to its id, and model-type to its type.`;
  const details = trainings.map(
    ({ modelType, lack, facts }) =>
      `${modelType} ${lack ?? `is training ${facts?.jobId} (${facts?.status})`}`,
  );
  return {
    ...undecided(`${lacking.length} of ${ends.length} trainings are not under way`, sentences(next), details),
    rules,
    comparison,
  };
}

function startedTraining({ modelType, facts, became }: EndOfOne): ComparedTraining {
  const lack =
    became.kind === 'left'
      ? became.conclusion.kind === 'undecided'
        ? lackOf(became.conclusion)
        : undefined
      : became.kind === 'without-model' || became.kind === 'open'
        ? became.lack
        : 'was not started';
  return { modelType, facts, outcome: 'undecided', headline: undefined, rules: [], lack };
}
