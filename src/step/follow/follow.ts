import type { Baseline } from '../../gate/baseline.ts';
import type { Rule } from '../../gate/rules.ts';
import type { StatusWriter } from '../../github/status/status-writer.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { InterruptedError, TrainGateError } from '../../lib/errors.ts';
import { patientWait } from '../../training/await-evaluation.ts';
import { awaitResults } from '../../training/await-results.ts';
import { endedWithoutModel } from '../../training/training.ts';
import type { PlannedTraining } from '../before/prepare.ts';
import { unlessItself } from '../before/required-baseline.ts';
import { wantedResults } from '../judge/wanted-figures.ts';
import { withEvaluations } from '../judge/with-evaluations.ts';
import { type StartOptions, start } from '../start/start.ts';
import { underStatus } from '../start/under-status.ts';
import { endBy, endOfWait, endWithoutResults, type Reached } from './end-of.ts';
import { type FollowedTraining, factsOf } from './followed-training.ts';
import { readBack, watch } from './watch.ts';

/** What all trainings of the step have in common. */
export interface StepOptions extends Omit<StartOptions, 'state' | 'generated'> {
  readonly status: StatusWriter;
  readonly underWay: () => void;
}

/** Starts or attaches, waits, and reads results and evaluations. What a person can mend is an end; an interruption is thrown. */
export async function follow(training: PlannedTraining, step: StepOptions): Promise<Reached> {
  const { of, inputs, here } = training;
  try {
    const followed = await begin(training, step);
    return inputs.wait === 'job'
      ? await toResults(followed, training, step)
      : await lookOnce(followed, training, step);
  } catch (error) {
    if (!(error instanceof TrainGateError) || error instanceof InterruptedError) throw error;
    return endBy(error, of.facts(), inputs, here.clock.now() >= step.timeoutAtMs);
  }
}

async function begin(
  { of, next, inputs, here }: PlannedTraining,
  step: StepOptions,
): Promise<FollowedTraining> {
  const startOrAttach = async () => {
    const followed =
      next.kind === 'attach'
        ? next.followed
        : await start(next, inputs, here, { ...step, state: of.state, generated: of.generated });
    of.knows(factsOf(here.project, followed));
    return followed;
  };
  const { status, training } = inputs;
  if (status === undefined) return startOrAttach();
  const { modelType } = training;
  return underStatus(next, startOrAttach, { status, writer: step.status, here, modelType });
}

async function lookOnce(
  followed: FollowedTraining,
  { of, inputs, here }: PlannedTraining,
  { timeoutAtMs }: StepOptions,
): Promise<Reached> {
  const training = await readBack(followed, timeoutAtMs, here);
  of.knows(factsOf(here.project, { ...followed, training }));
  const isLost = inputs.status === undefined && endedWithoutModel(training.phase);
  return (isLost ? endWithoutResults(training, inputs.rules) : undefined) ?? { kind: 'left' };
}

async function toResults(
  followed: FollowedTraining,
  { of, inputs, here, baseline }: PlannedTraining,
  { timeoutAtMs, underWay }: StepOptions,
): Promise<Reached> {
  underWay();
  const { pollIntervalMs, rules } = inputs;
  const waited = await watch(followed, { pollIntervalMs, timeoutAtMs }, here);
  of.knows(factsOf(here.project, followed, waited));
  if (waited.kind !== 'ended') return endOfWait(waited, followed, inputs, here);
  const { training } = waited;
  const lost = endWithoutResults(training, rules);
  if (lost !== undefined) return lost;

  const wanted = wantedResults(asRead(inputs, baseline), 'for-report');
  const read = () => followed.route.results(training, followed.before, wanted);
  const results = await awaitResults(training.id, read, here);
  of.knows(factsOf(here.project, followed, waited, results));
  const ended = { ...followed, training };
  const wait = patientWait(timeoutAtMs, here);
  const against = unlessItself(baseline, followed, results, inputs, here);
  const evaluated = await withEvaluations(results, ended, against, asRead(inputs, against), here, wait);
  return { kind: 'results', training, evaluated, baseline: against };
}

/** Rules that would compare a training with itself decide nothing: they take what is there, and nothing is waited for. */
function asRead(inputs: Inputs, baseline: Baseline): Inputs {
  if (baseline.kind !== 'itself') return inputs;
  const rules = inputs.rules.map(
    (rule): Rule => (rule.bound.kind === 'baseline' ? { ...rule, severity: 'warn' } : rule),
  );
  return { ...inputs, rules };
}
