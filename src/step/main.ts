import type { CommentWriter } from '../github/comment/comment.ts';
import { setTrainingOutputs } from '../github/outputs.ts';
import { publish } from '../github/publish.ts';
import type { Runner } from '../github/runner.ts';
import type { StatusWriter } from '../github/status/status-writer.ts';
import { type Inputs, type InputsResult, readInputs } from '../inputs/inputs.ts';
import type { Context } from '../lib/context.ts';
import { keyForms } from '../lib/redact.ts';
import { type Conclusion, type TrainingFacts, undecided } from '../report/conclusion.ts';
import { createApi } from '../roboflow/http/api.ts';
import { resolveProject } from '../roboflow/resolve-project.ts';
import { checkedConclusion } from './before/dry-run.ts';
import { warnOfUnjudged } from './before/judgeable.ts';
import { prepare } from './before/prepare.ts';
import { undecidedBy } from './follow/not-judged.ts';
import { accountedFor, endWithoutWaiting, startOrAttach, waitForResults } from './follow/one-training.ts';
import { afterGate } from './judge/after-gate.ts';
import { historyFor } from './judge/history-for.ts';
import { judge } from './judge/judge.ts';
import { judgeSeveral } from './several.ts';
import { idleStart, type StartState } from './start/start-state.ts';
import { underStatus } from './start/under-status.ts';

/** What the story needs from outside. */
export interface Surroundings {
  readonly runner: Runner;
  readonly context: Context;
  /** For one request, connection and body included. */
  readonly requestDeadlineMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly comment: CommentWriter;
  readonly status: StatusWriter;
}

/**
 * The step from its first line to its last: inputs, start, wait, results, gate, report, publish. Failures that a person
 * can do something about end as `undecided`, with a report. Any other error is a bug and is thrown.
 */
export async function main(surroundings: Surroundings): Promise<void> {
  const { runner, comment } = surroundings;
  runner.output('outcome', 'undecided');
  for (const form of keyForms(runner.input('api-key').trim())) runner.mask(form);
  const read = readInputs(runner);
  if (read.kind !== 'inputs') {
    const conclusion = withoutTraining(read);
    await publish(conclusion, undefined, { failBuild: true, modelTypes: [] }, runner);
    if (read.kind === 'mistakes' && read.comment) await comment.conclude(conclusion, undefined, read.comment);
    return;
  }
  const { inputs } = read;
  const known: { facts?: TrainingFacts } = {};
  const tell = (facts: TrainingFacts) => {
    known.facts = facts;
    setTrainingOutputs(runner, facts);
  };
  warnOfUnjudged(inputs, surroundings.context.log);
  const judged = inputs.modelTypes.length > 1 ? judgeSeveral : judgeOne;
  const conclusion = await judged(inputs, surroundings, tell).catch((error: unknown) =>
    undecidedBy(error, known.facts, inputs),
  );
  await publish(conclusion, known.facts, inputs, runner);
  if (inputs.comment)
    await comment.conclude(conclusion, known.facts, commentOf(inputs.comment, known.facts, inputs));
}

/** A comment that settle goes on with is found by what the status says, also if the workflow names no model type. */
function commentOf(
  comment: NonNullable<Inputs['comment']>,
  facts: TrainingFacts | undefined,
  { status }: Inputs,
): NonNullable<Inputs['comment']> {
  return status === undefined ? comment : { ...comment, modelType: comment.modelType ?? facts?.modelType };
}

/** How the step ends if the inputs lead to no training. */
function withoutTraining(read: Exclude<InputsResult, { kind: 'inputs' }>): Conclusion {
  if (read.kind === 'no-key')
    return { kind: 'skipped', reason: 'there is no api-key, and on-missing-key is "skip"' };
  const count = read.lines.length === 1 ? 'a mistake' : `${read.lines.length} mistakes`;
  return undecided(`${count} in the inputs, so nothing was started`, undefined, read.lines);
}

/** The story of one training. */
async function judgeOne(
  inputs: Inputs,
  surroundings: Surroundings,
  tell: (facts: TrainingFacts) => void,
): Promise<Conclusion> {
  const state = idleStart(surroundings.runner);
  return accountedFor(state, () => judgeTraining(inputs, surroundings, state, tell));
}

async function judgeTraining(
  inputs: Inputs,
  { runner, context, requestDeadlineMs, rerunSinceMs, comment, status: writer }: Surroundings,
  state: StartState,
  tell: (facts: TrainingFacts) => void,
): Promise<Conclusion> {
  const timeoutAtMs = context.clock.now() + inputs.timeoutMs;
  const api = createApi({ ...inputs, requestDeadlineMs }, timeoutAtMs, context);
  const project = await resolveProject(api, inputs);
  const here = { api, project, ...context };

  const { next, baseline } = await prepare(inputs, here, rerunSinceMs);
  if (inputs.dryRun) return checkedConclusion(next, baseline, inputs, project);

  const options = { runner, state, timeoutAtMs, rerunSinceMs };
  const one = { inputs, here, options, tell };
  const { status } = inputs;
  const { modelType } = inputs.training;
  const followed = status
    ? await underStatus(next, () => startOrAttach(next, one), { status, writer, here, modelType })
    : await startOrAttach(next, one);
  if (inputs.wait !== 'job') return endWithoutWaiting(followed, one);

  if (inputs.comment) comment.underWay(inputs.comment);
  const reached = await waitForResults(followed, baseline, one);
  if (reached.kind !== 'results') return reached.conclusion;
  const { training, evaluated } = reached;
  const history = await historyFor(training, baseline, inputs.rules, here);
  const judged = judge(training, evaluated, baseline, history, inputs);
  return afterGate(judged, training, inputs, { here, runner, requestDeadlineMs });
}
