import { type Baseline, decide } from '../gate/decide.ts';
import { neededMetrics } from '../gate/measure.ts';
import { defaultTargets } from '../gate/picks.ts';
import type { CommentWriter } from '../github/comment.ts';
import { setTrainingOutputs } from '../github/outputs.ts';
import { publish } from '../github/publish.ts';
import type { Runner } from '../github/runner.ts';
import { type Inputs, type InputsResult, readInputs } from '../inputs/inputs.ts';
import type { Context } from '../lib/context.ts';
import { keyForms } from '../lib/redact.ts';
import { type Conclusion, type TrainingFacts, undecided } from '../report/conclusion.ts';
import { createApi } from '../roboflow/http/api.ts';
import { resolveProject } from '../roboflow/project.ts';
import { awaitResults, type TrainingResults } from '../training/results.ts';
import { endedWithoutModel, hasEnded, type Training } from '../training/training.ts';
import { checkStart } from './check.ts';
import { checkedConclusion } from './checked.ts';
import { afterUnendedWait, mayBeUnaccounted, undecidedBy, withoutModel } from './not-judged.ts';
import { makePlan, type Plan } from './plan.ts';
import { requireBaselineVersion, requiredBaseline } from './required-baseline.ts';
import { start } from './start.ts';
import { idleStart, type StartState } from './start-state.ts';
import { factsOf } from './training-facts.ts';
import { readBack, watch } from './watch.ts';

/** What the story needs from outside. */
export interface Surroundings {
  readonly runner: Runner;
  readonly context: Context;
  /** For one request, connection and body included. */
  readonly requestDeadlineMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly comment: CommentWriter;
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
    await publish(conclusion, undefined, { failBuild: true }, runner);
    if (read.kind === 'mistakes' && read.comment) await comment.conclude(conclusion, undefined, read.comment);
    return;
  }
  const { inputs } = read;
  const known: { facts?: TrainingFacts } = {};
  const tell = (facts: TrainingFacts) => {
    known.facts = facts;
    setTrainingOutputs(runner, facts);
  };
  const state = idleStart(runner);
  const conclusion = await judgeTraining(inputs, surroundings, state, tell).catch((error: unknown) => {
    if (!mayBeUnaccounted(error)) state.settle();
    return undecidedBy(error, known.facts, inputs);
  });
  await publish(conclusion, known.facts, inputs, runner);
  if (inputs.comment) await comment.conclude(conclusion, known.facts, inputs.comment);
}

/** How the step ends if the inputs lead to no training. */
function withoutTraining(read: Exclude<InputsResult, { kind: 'inputs' }>): Conclusion {
  if (read.kind === 'no-key')
    return { kind: 'skipped', reason: 'there is no api-key, and on-missing-key is "skip"' };
  const count = read.lines.length === 1 ? 'a mistake' : `${read.lines.length} mistakes`;
  return undecided(`${count} in the inputs, so nothing was started`, undefined, read.lines);
}

async function judgeTraining(
  inputs: Inputs,
  { runner, context, requestDeadlineMs, rerunSinceMs, comment }: Surroundings,
  state: StartState,
  tell: (facts: TrainingFacts) => void,
): Promise<Conclusion> {
  const timeoutAtMs = context.clock.now() + inputs.timeoutMs;
  const api = createApi({ ...inputs, requestDeadlineMs }, timeoutAtMs, context);
  const project = await resolveProject(api, inputs);

  const plan = await makePlan(inputs, api, project, rerunSinceMs, context);
  const baseline = await baselineFor(plan, inputs, context);
  const ready = plan.kind === 'attach' ? plan : await checkStart(plan.start, inputs, api, project);
  if (inputs.dryRun) return checkedConclusion(ready, baseline, inputs, project);

  const options = { runner, state, timeoutAtMs, rerunSinceMs };
  const followed =
    ready.kind === 'attach' ? ready.followed : await start(ready, inputs, api, project, options, context);
  tell(factsOf(project, followed));
  if (inputs.wait === 'none') {
    const training = await readBack(followed, timeoutAtMs, context);
    tell(factsOf(project, { ...followed, training }));
    state.settle();
    return endedWithoutModel(training.phase)
      ? withoutModel(training)
      : { kind: 'started', inFlight: !hasEnded(training.phase) };
  }

  if (inputs.comment) comment.underWay(inputs.comment);
  const waited = await watch(followed, inputs.pollIntervalMs, timeoutAtMs, context);
  tell(factsOf(project, followed, waited));
  const unended =
    waited.kind === 'ended' ? undefined : await afterUnendedWait(waited, followed, inputs, context);
  state.settle();
  if (unended) return unended;
  const { training } = waited;
  if (endedWithoutModel(training.phase)) return withoutModel(training);

  const read = () => followed.route.results(training, followed.before, neededMetrics(inputs.rules));
  const results = await awaitResults(training.id, read, context);
  tell(factsOf(project, followed, waited, results));
  return judge(training, results, baseline, inputs);
}

/** The baseline is looked up before anything is paid for, and also if nothing will be started. */
function baselineFor(plan: Plan, inputs: Inputs, context: Context): Promise<Baseline> {
  if (plan.kind === 'attach')
    return requiredBaseline(inputs, plan.followed.training, plan.followed.route, context);
  const { wanted, version, versions, chosen } = plan.start;
  requireBaselineVersion(inputs, versions);
  const compared = { version: version?.number, modelType: wanted.modelType };
  return requiredBaseline(inputs, compared, chosen?.route, context);
}

async function judge(
  training: Training,
  results: TrainingResults,
  baseline: Baseline,
  { rules, targets }: Inputs,
): Promise<Conclusion> {
  if (training.phase === 'stopped' && rules.length === 0) {
    const reason = `training ${training.id} was stopped early, and there are no rules to judge what it reached`;
    return undecided(reason, 'Set thresholds to accept what a stopped training reached.');
  }
  const targetsGiven = targets.length > 0;
  const verdict = decide({
    results,
    rules,
    targets: targetsGiven ? targets : defaultTargets(results),
    targetsGiven,
    baseline,
  });
  return {
    kind: 'judged',
    verdict,
    models: results.models,
    recommended: results.recommended,
    targetsGiven,
    baseline,
  };
}
