import { decideSeveral } from '../../gate/decide-several.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { InterruptedError, TrainGateError } from '../../lib/errors.ts';
import type { Against } from '../../report/against.ts';
import type { ComparedTraining, Comparison } from '../../report/compared-trainings.ts';
import {
  type Conclusion,
  type Judged,
  type Undecided,
  undecided,
  type WhyUndecided,
} from '../../report/conclusion.ts';
import { isOpen } from '../../report/training-end.ts';
import { endClause } from '../../report/words/end-words.ts';
import { type ProjectHistory, previousOf } from '../../roboflow/results/read-history.ts';
import type { PlannedTraining } from '../before/prepare-all.ts';
import type { Reached } from '../follow/end-of.ts';
import type { StepProgress, TrainingOfStep } from '../follow/step-progress.ts';
import { judge } from './judge.ts';

/** What the trainings of a step came to, and the one that gives the headline model. */
export interface Concluded {
  readonly conclusion: Judged | Undecided;
  /** Undefined if none has a model. */
  readonly best: (PlannedTraining & { readonly reached: Extract<Reached, { kind: 'results' }> }) | undefined;
}

/** Judges the one training of a step, or several together. As long as one of several is in flight nothing is decided. */
export function conclude(
  planned: readonly PlannedTraining[],
  inputs: Inputs,
  history: ProjectHistory,
): Concluded {
  const [only, ...others] = planned;
  if (only === undefined || others.length > 0) return concludeSeveral(planned, inputs, history);
  const best = withResults(only);
  if (best === undefined) return { conclusion: ended(planned, inputs), best };
  const judged = judge(best.reached.evaluated, againstOf(best, history), inputs);
  return { conclusion: { ...judged, history: history.history }, best };
}

/** The version that the trainings are on; undefined if none has results. */
export function versionWithResults(planned: readonly PlannedTraining[]): number | undefined {
  return planned.map(withResults).find((each) => each !== undefined)?.reached.training.version;
}

/** What a training is compared with: its baseline, or for information what was there of its type. */
function againstOf(
  { baseline, inputs, reached }: NonNullable<Concluded['best']>,
  history: ProjectHistory,
): Against {
  return { baseline, previous: previousOf(history, reached.training.modelType, inputs.rules) };
}

function concludeSeveral(
  planned: readonly PlannedTraining[],
  inputs: Inputs,
  history: ProjectHistory,
): Concluded {
  const { rules } = inputs;
  const trainings = planned.map((training) => {
    const reached = training.of.end();
    const modelType = training.of.modelType ?? '';
    return reached?.kind === 'results'
      ? { modelType, results: reached.evaluated.results, baseline: training.baseline }
      : {
          modelType,
          results: undefined,
          lack: (reached && endClause(reached, training.of.facts()?.status)) ?? '',
        };
  });
  const { trainings: own, together } = decideSeveral({ ...inputs, trainings });
  const againsts = planned.map((each) => {
    const training = withResults(each);
    return training && againstOf(training, history);
  });
  const comparison = {
    ...comparisonOf(
      planned.map(({ of }) => of),
      inputs,
      own.map((each, index) => ({ ...each, against: againsts[index] })),
    ),
    best: together?.best,
    ranking: together?.ranking,
  };
  const bestPlanned = together && planned[together.best];
  const best = bestPlanned && withResults(bestPlanned);
  const isDecided = !planned.some(({ of }) => isOpen(of.end() ?? INTERRUPTED));
  if (!isDecided || together === undefined || best === undefined)
    return { conclusion: { kind: 'undecided', why: { kind: 'ended', comparison }, rules }, best };
  const conclusion: Judged = {
    kind: 'judged',
    asked: together.asked,
    verdict: together.verdict,
    models: together.asked.results.models,
    ...againstOf(best, history),
    history: history.history,
    evaluation: best.reached.evaluated.findings,
    comparison,
  };
  return { conclusion, best };
}

function withResults(planned: PlannedTraining): Concluded['best'] {
  const reached = planned.of.end();
  return reached?.kind === 'results' ? { ...planned, reached } : undefined;
}

/** How a step ends that waits for none of its trainings: as started only if all of them are. */
export function concludeStarted(planned: readonly PlannedTraining[], inputs: Inputs): Conclusion {
  const { rules, status } = inputs;
  const all = planned.map(({ of }) => of);
  if (all.some((of) => of.end()?.kind !== 'left')) return ended(planned, inputs);
  const inFlight = all.some((of) => of.facts()?.inFlight);
  const comparison = comparisonOf(all, inputs);
  return status === undefined
    ? { kind: 'started', inFlight, rules, comparison }
    : { kind: 'started', inFlight, settledIn: status.context };
}

function ended(planned: readonly PlannedTraining[], inputs: Inputs): Undecided {
  const comparison = comparisonOf(
    planned.map(({ of }) => of),
    inputs,
  );
  return { kind: 'undecided', why: { kind: 'ended', comparison }, rules: inputs.rules };
}

/**
 * How the step ends after `error`: as undecided, if a person can mend it. Any other error is a bug and is thrown. What is known of
 * trainings by then is told.
 */
export function undecidedBy(error: unknown, { trainings }: StepProgress, inputs: Inputs): Undecided {
  if (!(error instanceof TrainGateError)) throw error;
  const { message, hint } = error;
  const isKnown = trainings.some((each) => each.facts() !== undefined);
  if (error instanceof InterruptedError) {
    const comparison = comparisonOf(trainings.map(asInterrupted), inputs);
    const { onCancel } = inputs;
    return { kind: 'undecided', why: { kind: 'interrupted', message, onCancel, comparison } };
  }
  if (!isKnown) return undecided(message, hint);
  const unread = { kind: 'unread', trouble: { message, hint }, isFinal: false } as const;
  const told = trainings.map((each) =>
    each.end()?.kind === 'results' ? { ...each, end: () => unread } : each,
  );
  const why: WhyUndecided = { kind: 'ended', comparison: comparisonOf(told, inputs) };
  return { kind: 'undecided', why };
}

/** Whether the step was interrupted before it could tell of its trainings. */
export function isInterrupted(conclusion: Conclusion): boolean {
  return conclusion.kind === 'undecided' && conclusion.why.kind === 'interrupted';
}

const INTERRUPTED = { kind: 'interrupted' } as const;

/** Nothing was judged, so that results are worth no more than none. */
function asInterrupted(training: Told): Told {
  const end = training.end();
  return end === undefined || end.kind === 'results' ? { ...training, end: () => INTERRUPTED } : training;
}

type Told = Pick<TrainingOfStep, 'modelType' | 'facts'> & {
  end(): ComparedTraining['end'] | undefined;
};

type OwnPart = Pick<ComparedTraining, 'outcome' | 'headline' | 'rules' | 'against'>;
const NO_VERDICT: OwnPart = { outcome: 'undecided', headline: undefined, rules: [] };

function comparisonOf(
  trainings: readonly Told[],
  { training }: Inputs,
  own: readonly OwnPart[] = [],
): Comparison {
  return {
    trainings: trainings.map(({ modelType, facts, end }, index) => {
      const { outcome, headline, rules, against } = own[index] ?? NO_VERDICT;
      return {
        modelType: modelType ?? facts()?.modelType ?? 'a training',
        facts: facts(),
        end: end() ?? INTERRUPTED,
        outcome,
        against,
        headline,
        rules,
      };
    }),
    best: undefined,
    rerunAttaches: training.kind === 'start' && training.reuse !== 'none' && training.version.kind !== 'new',
  };
}
