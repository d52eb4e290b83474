import { WITHOUT_MODEL } from '../../gate/decide.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { InterruptedError, TrainGateError } from '../../lib/errors.ts';
import type { ComparedTraining, Comparison } from '../../report/compared-trainings.ts';
import { type Conclusion, type Undecided, undecided } from '../../report/conclusion.ts';
import type { TrainingEnd } from '../../report/training-end.ts';
import type { StepProgress, TrainingOfStep } from '../follow/step-progress.ts';

type OwnPart = Omit<ComparedTraining, 'modelType' | 'facts' | 'end'>;

const INTERRUPTED = { kind: 'interrupted' } as const;

/** The trainings of the step for the report, with the gate's `own` word on each, or `resultsAs` for results that were not judged. */
export function trainingsForReport(
  trainings: readonly TrainingOfStep[],
  { training }: Inputs,
  own: readonly OwnPart[] = [],
  resultsAs: TrainingEnd = { kind: 'results' },
): Comparison {
  return {
    trainings: trainings.map(({ modelType, facts, end }, index) => {
      const reached = end() ?? INTERRUPTED;
      return {
        ...(own[index] ?? WITHOUT_MODEL),
        modelType: modelType ?? facts()?.modelType ?? 'a training',
        facts: facts(),
        end: reached.kind === 'results' ? resultsAs : reached,
      };
    }),
    best: undefined,
    rerunAttaches: training.kind === 'start' && training.reuse !== 'none' && training.version.kind !== 'new',
  };
}

/** How a step ends whose trainings left nothing to judge, or of which one is still open. */
export function undecidedByEnds(comparison: Comparison, { rules }: Inputs): Undecided {
  return { kind: 'undecided', why: { kind: 'ended', comparison }, rules };
}

/** How a step ends that waits for none of its trainings: as started only if all of them are. */
export function concludeStarted(trainings: readonly TrainingOfStep[], inputs: Inputs): Conclusion {
  const { rules, status } = inputs;
  const comparison = trainingsForReport(trainings, inputs);
  if (comparison.trainings.some(({ end }) => end.kind !== 'left')) return undecidedByEnds(comparison, inputs);
  const inFlight = comparison.trainings.some(({ facts }) => facts?.inFlight);
  return status === undefined
    ? { kind: 'started', inFlight, rules, comparison }
    : { kind: 'started', inFlight, settledIn: status.context };
}

/** How the step ends after `error`: as undecided, with what is known, if a person can mend it; a bug is thrown. */
export function undecidedBy(error: unknown, { trainings }: StepProgress, inputs: Inputs): Undecided {
  if (!(error instanceof TrainGateError)) throw error;
  const { message, hint, details } = error;
  if (error instanceof InterruptedError) {
    const { onCancel } = inputs;
    const comparison = trainingsForReport(trainings, inputs, [], INTERRUPTED);
    const generated = trainings.find(({ facts }) => facts() === undefined)?.generatedVersion();
    return { kind: 'undecided', why: { kind: 'interrupted', message, onCancel, comparison, generated } };
  }
  if (trainings.every(({ facts }) => facts() === undefined)) return undecided(message, hint, details);
  const unread = { kind: 'unread', trouble: { message, hint }, isFinal: false } as const;
  return undecidedByEnds(trainingsForReport(trainings, inputs, [], unread), inputs);
}

/** Whether the step was interrupted before it could tell of its trainings. */
export function isInterrupted(conclusion: Conclusion): boolean {
  return conclusion.kind === 'undecided' && conclusion.why.kind === 'interrupted';
}
