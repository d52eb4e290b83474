import type { Baseline } from '../../gate/decide.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Conclusion, TrainingFacts, Undecided } from '../../report/conclusion.ts';
import type { InProject } from '../../roboflow/http/in-project.ts';
import { awaitResults } from '../../training/await-results.ts';
import { endedWithoutModel, type Training } from '../../training/training.ts';
import type { Prepared } from '../before/prepare.ts';
import { wantedResults } from '../judge/wanted-results.ts';
import { type Evaluated, withEvaluations } from '../judge/with-evaluations.ts';
import { type StartOptions, start } from '../start/start.ts';
import type { StartState } from '../start/start-state.ts';
import type { FollowedTraining } from './followed-training.ts';
import { afterUnendedWait, mayBeUnaccounted, started, withoutModel } from './not-judged.ts';
import { factsOf } from './training-facts.ts';
import { readBack, watch } from './watch.ts';

/** Where one training is started and waited for, and who is told of it. */
export interface OneTraining {
  readonly inputs: Inputs;
  readonly here: InProject;
  readonly options: StartOptions;
  /** Is told whenever more is known of the training than before. */
  readonly tell: (facts: TrainingFacts) => void;
}

/** What a training came to. */
export type Reached =
  | { readonly kind: 'results'; readonly training: Training; readonly evaluated: Evaluated }
  /** It had not ended when the wait was over. */
  | { readonly kind: 'unended'; readonly conclusion: Undecided }
  | { readonly kind: 'without-model'; readonly conclusion: Undecided };

/** Starts the training, or attaches to it. */
export async function startOrAttach(
  next: Prepared['next'],
  { inputs, here, options, tell }: OneTraining,
): Promise<FollowedTraining> {
  const followed = next.kind === 'attach' ? next.followed : await start(next, inputs, here, options);
  tell(factsOf(here.project, followed));
  return followed;
}

/** Nobody waits for the training: it is looked at once. */
export async function endWithoutWaiting(
  followed: FollowedTraining,
  { inputs, here, options, tell }: OneTraining,
): Promise<Conclusion> {
  const training = await readBack(followed, options.timeoutAtMs, here);
  tell(factsOf(here.project, { ...followed, training }));
  options.state.settle();
  return started(training, inputs);
}

/** Waits for the training and reads its results, with the evaluations that rules need. */
export async function waitForResults(
  followed: FollowedTraining,
  baseline: Baseline,
  { inputs, here, options, tell }: OneTraining,
): Promise<Reached> {
  const { state, timeoutAtMs } = options;
  const waited = await watch(followed, { pollIntervalMs: inputs.pollIntervalMs, timeoutAtMs }, here);
  tell(factsOf(here.project, followed, waited));
  const unended =
    waited.kind === 'ended' ? undefined : await afterUnendedWait(waited, followed, inputs, here);
  state.settle();
  if (unended) return { kind: 'unended', conclusion: unended };
  const { training } = waited;
  if (endedWithoutModel(training.phase))
    return { kind: 'without-model', conclusion: withoutModel(training, inputs) };

  const wanted = wantedResults(inputs.rules);
  const read = () => followed.route.results(training, followed.before, wanted);
  const results = await awaitResults(training.id, read, here);
  tell(factsOf(here.project, followed, waited, results));
  const ended = { training, before: followed.before };
  const evaluated = await withEvaluations(results, ended, baseline, inputs, here, timeoutAtMs);
  return { kind: 'results', training, evaluated };
}

/** Does `act`. After an error nothing is left to clean up, unless there may be a training that nobody watches. */
export async function accountedFor<Value>(state: StartState, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (!mayBeUnaccounted(error)) state.settle();
    throw error;
  }
}
