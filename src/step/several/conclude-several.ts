import type { Baseline } from '../../gate/decide.ts';
import { decideSeveral, type GateTraining, type SeveralVerdict } from '../../gate/decide-several.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { formatDuration } from '../../lib/duration.ts';
import { InterruptedError, sentences } from '../../lib/errors.ts';
import type { Comparison } from '../../report/compared-trainings.ts';
import { type Judged, type TrainingFacts, type Undecided, undecided } from '../../report/conclusion.ts';
import type { Training } from '../../training/training.ts';
import { isTakenUpByRerun } from '../follow/not-judged.ts';
import type { Became, EndOfOne } from './ended.ts';

/** How several trainings compare, and the one that gives the headline model. */
export interface SeveralConclusion {
  readonly conclusion: Judged | Undecided;
  /** Undefined if none has a model. */
  readonly best: BestTraining | undefined;
}

/** The training that gives the headline model. */
export interface BestTraining {
  readonly facts: TrainingFacts;
  readonly training: Training;
  readonly baseline: Baseline;
}

/**
 * Judges several trainings. As long as one is in flight nothing is decided.
 * @throws what ended one of them, if that was an interruption or a bug
 */
export function compared(ends: readonly EndOfOne[], inputs: Inputs): SeveralConclusion {
  throwThrown(ends);
  const { rules, targets } = inputs;
  const several = decideSeveral({ trainings: ends.map(forGate), rules, targets });
  const comparison = comparisonOf(ends, several);
  const open = stillOpen(ends, comparison, inputs);
  const { together } = several;
  const best = together && bestOf(ends[together.best]);
  if (open !== undefined) return { conclusion: open, best };
  if (together === undefined || best === undefined)
    return { conclusion: withoutAnyModel(comparison, inputs), best: undefined };
  const { verdict, union } = together;
  const { baseline, findings } = best;
  const conclusion: Judged = {
    kind: 'judged',
    verdict,
    ...union,
    targetsGiven: targets.length > 0,
    baseline,
    evaluation: findings,
    comparison,
  };
  return { conclusion, best };
}

/** An interruption counts first: others may have failed by it. */
export function throwThrown(ends: readonly EndOfOne[]): void {
  const errors = ends.flatMap(({ became }) => (became.kind === 'thrown' ? [became.error] : []));
  const [first] = errors;
  if (first !== undefined) throw errors.find((error) => error instanceof InterruptedError) ?? first;
}

function forGate({ modelType, became }: EndOfOne): GateTraining {
  return became.kind === 'results'
    ? { modelType, results: became.evaluated.results, baseline: became.baseline }
    : { modelType, results: undefined, lack: lackIn(became) };
}

function lackIn(became: Exclude<Became, { kind: 'results' }>): string {
  return became.kind === 'without-model' || became.kind === 'open' ? became.lack : 'was not judged';
}

function comparisonOf(ends: readonly EndOfOne[], { trainings, together }: SeveralVerdict): Comparison {
  const compared = ends.flatMap(({ modelType, facts }, index) => {
    const own = trainings[index];
    return own === undefined ? [] : [{ modelType, facts, ...own }];
  });
  return { trainings: compared, best: together?.best, ranking: together?.ranking };
}

function bestOf(end: EndOfOne | undefined) {
  if (end?.facts === undefined || end.became.kind !== 'results') return undefined;
  const { training, baseline, evaluated } = end.became;
  return { facts: end.facts, training, baseline, findings: evaluated.findings };
}

/** As long as one is in flight, or was not started for lack of time, nothing is decided. */
function stillOpen(ends: readonly EndOfOne[], comparison: Comparison, inputs: Inputs): Undecided | undefined {
  const { timeoutMs, rules, onTimeout } = inputs;
  const open = ends.flatMap(({ modelType, became }) =>
    became.kind === 'open' ? [{ modelType, ...became }] : [],
  );
  if (open.length === 0) return undefined;
  const isOutage = open.some(({ conclusion }) => conclusion !== undefined && conclusion.cause === undefined);
  const mayRun =
    open.some(({ conclusion }) => conclusion !== undefined) && (onTimeout === 'leave' || isOutage);
  const details = open.map(({ modelType, lack, conclusion }) =>
    conclusion === undefined
      ? `${modelType} ${lack}`
      : `${modelType}: ${sentences(conclusion.reason, mayRun ? undefined : conclusion.next)}`,
  );
  const when = isOutage
    ? 'when Roboflow gave no good answer any more'
    : `when the timeout of ${formatDuration(timeoutMs)} passed`;
  const names = open.map(({ modelType }) => modelType).join(', ');
  const reason = `${open.length} of ${ends.length} trainings had not ended (${names}) ${when}`;
  return {
    ...undecided(reason, mayRun ? howToTakeUp(inputs) : undefined, details),
    ...(isOutage ? {} : { cause: { kind: 'timeout', timeoutMs } }),
    rules,
    comparison,
  };
}

function howToTakeUp(inputs: Inputs): string {
  return sentences(
    'Those in flight may run on and be paid for.',
    isTakenUpByRerun(inputs)
      ? 'A re-run of this job attaches to those that run by then.'
      : 'To judge one of them, set job-id to its id, and model-type to its type.',
  );
}

function withoutAnyModel(comparison: Comparison, { rules }: Inputs): Undecided {
  const { trainings } = comparison;
  const details = trainings.map(({ modelType, lack = 'was not judged' }) => `${modelType} ${lack}`);
  return {
    ...undecided(
      `none of the ${trainings.length} trainings has a model that can be judged`,
      undefined,
      details,
    ),
    rules,
    comparison,
  };
}
