import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import type { Conclusion, TrainingFacts, Undecided } from '../../report/conclusion.ts';
import type { ProjectRef } from '../../roboflow/endpoints/project.ts';
import type { Api } from '../../roboflow/http/api.ts';
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
  readonly api: Api;
  readonly project: ProjectRef;
  readonly options: StartOptions;
  /** Is told whenever more is known of the training than before. */
  readonly tell: (facts: TrainingFacts) => void;
  readonly context: Context;
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
  { inputs, api, project, options, tell, context }: OneTraining,
): Promise<FollowedTraining> {
  const followed =
    next.kind === 'attach' ? next.followed : await start(next, inputs, api, project, options, context);
  tell(factsOf(project, followed));
  return followed;
}

/** Nobody waits for the training: it is looked at once. */
export async function endWithoutWaiting(
  followed: FollowedTraining,
  { inputs, project, options, tell, context }: OneTraining,
): Promise<Conclusion> {
  const training = await readBack(followed, options.timeoutAtMs, context);
  tell(factsOf(project, { ...followed, training }));
  options.state.settle();
  return started(training, inputs);
}

/** Waits for the training and reads its results, with the evaluations that rules need. */
export async function waitForResults(
  followed: FollowedTraining,
  { inputs, api, project, options, tell, context }: OneTraining,
): Promise<Reached> {
  const { state, timeoutAtMs } = options;
  const waited = await watch(followed, { pollIntervalMs: inputs.pollIntervalMs, timeoutAtMs }, context);
  tell(factsOf(project, followed, waited));
  const unended =
    waited.kind === 'ended' ? undefined : await afterUnendedWait(waited, followed, inputs, context);
  state.settle();
  if (unended) return { kind: 'unended', conclusion: unended };
  const { training } = waited;
  if (endedWithoutModel(training.phase))
    return { kind: 'without-model', conclusion: withoutModel(training, inputs) };

  const wanted = wantedResults(inputs.rules);
  const read = () => followed.route.results(training, followed.before, wanted);
  const results = await awaitResults(training.id, read, context);
  tell(factsOf(project, followed, waited, results));
  const ended = { training, before: followed.before };
  const evaluated = await withEvaluations(results, ended, inputs, { api, project }, timeoutAtMs, context);
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
