import { decide } from '../gate/decide.ts';
import { defaultTargets } from '../gate/picks.ts';
import type { CommentWriter } from '../github/comment.ts';
import { setRunOutputs } from '../github/outputs.ts';
import { publish } from '../github/publish.ts';
import type { Runner } from '../github/runner.ts';
import { saveRunState } from '../github/state.ts';
import { type Inputs, type InputsResult, readInputs } from '../inputs/inputs.ts';
import type { Clock } from '../lib/clock.ts';
import { keyForms } from '../lib/redact.ts';
import { type Conclusion, type TrainingFacts, undecided } from '../report/conclusion.ts';
import { openApi, resolveProject } from '../roboflow/project.ts';
import { fetchBaseline } from '../training/baseline.ts';
import { awaitMetrics, type TrainingResults } from '../training/results.ts';
import type { TrainingRoute } from '../training/route.ts';
import { hasEnded, hasNoModel, type Training } from '../training/training.ts';
import { factsOf } from './run-facts.ts';
import { begin } from './start.ts';
import { leaveBehind, undecidedBy, unsuccessful } from './unfinished.ts';
import { readBack, watch } from './watch.ts';

/** What the story needs from outside. */
export interface MainContext {
  readonly step: Runner;
  readonly clock: Clock;
  /** Aborts, with an InterruptedError as its reason, when the runner ends the step. */
  readonly signal: AbortSignal;
  /** For one request, connection and body included. */
  readonly requestDeadlineMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly comment: CommentWriter;
}

/**
 * The step from its first line to its last: inputs, start, wait, results, gate, report, publish. Failures that a person
 * can do something about end as `undecided`, with a report; any other error is a bug and is thrown.
 */
export async function main(context: MainContext): Promise<void> {
  const { step } = context;
  step.output('outcome', 'undecided');
  for (const form of keyForms(step.input('api-key').trim())) step.mask(form);
  const read = readInputs(step);
  if (read.kind !== 'inputs') {
    const conclusion = withoutRun(read);
    await publish(conclusion, undefined, { failBuild: true }, step);
    if (read.kind === 'mistakes' && read.comment)
      await context.comment.conclude(conclusion, undefined, read.comment);
    return;
  }
  const { inputs } = read;
  const known: { run?: TrainingFacts } = {};
  const tell = (run: TrainingFacts) => {
    known.run = run;
    setRunOutputs(step, run);
  };
  const conclusion = await judgeRun(inputs, context, tell).catch((error: unknown) =>
    undecidedBy(error, known.run, inputs, step),
  );
  await publish(conclusion, known.run, inputs, step);
  if (inputs.comment) await context.comment.conclude(conclusion, known.run, inputs.comment);
}

/** How the step ends where the inputs lead to no run. */
function withoutRun(read: Exclude<InputsResult, { kind: 'inputs' }>): Conclusion {
  if (read.kind === 'no-key')
    return { kind: 'skipped', reason: 'there is no api-key, and on-missing-key is "skip"' };
  const count = read.lines.length === 1 ? 'a mistake' : `${read.lines.length} mistakes`;
  return undecided(`${count} in the inputs, so nothing was started`, undefined, read.lines);
}

async function judgeRun(
  inputs: Inputs,
  context: MainContext,
  tell: (run: TrainingFacts) => void,
): Promise<Conclusion> {
  const { step, clock, signal, requestDeadlineMs } = context;
  const { apiUrl, apiKey, auth } = inputs;
  const timeoutAtMs = clock.now() + inputs.timeoutMs;
  const watching = { clock, signal, log: step.log };
  const api = openApi({ apiUrl, apiKey, auth, requestDeadlineMs }, { ...watching, timeoutAtMs });
  const project = await resolveProject(api, inputs);

  const begun = await begin(inputs, api, project, { ...context, timeoutAtMs });
  tell(factsOf(project, begun));
  if (inputs.wait === 'none') {
    const training = await readBack(begun, timeoutAtMs, watching);
    tell(factsOf(project, { ...begun, training }));
    saveRunState(step, { phase: 'settled' });
    return hasNoModel(training.phase)
      ? unsuccessful(training)
      : { kind: 'started', inFlight: !hasEnded(training.phase) };
  }

  if (inputs.comment) await context.comment.underWay(inputs.comment);
  const waited = await watch(begun, inputs, timeoutAtMs, watching);
  tell(factsOf(project, begun, waited));
  const unfinished = waited.kind === 'ended' ? undefined : await leaveBehind(waited, begun, inputs, context);
  saveRunState(step, { phase: 'settled' });
  if (unfinished) return unfinished;
  const { training } = waited;
  if (hasNoModel(training.phase)) return unsuccessful(training);

  const results = await awaitMetrics(() => begun.route.results(training), watching);
  tell(factsOf(project, begun, waited, results));
  return judge(training, results, begun.route, inputs);
}

async function judge(
  training: Training,
  results: TrainingResults,
  route: TrainingRoute,
  inputs: Inputs,
): Promise<Conclusion> {
  const { rules, targets } = inputs;
  if (training.phase === 'stopped' && rules.length === 0) {
    const reason = `training ${training.id} was stopped early, and there are no rules to judge what it reached`;
    return undecided(reason, 'Set thresholds to accept what a stopped training reached.');
  }
  const baseline = await fetchBaseline(inputs.baseline, training.version, route);
  const targetsAsked = targets.length > 0;
  const verdict = decide({
    pool: results,
    rules,
    targets: targetsAsked ? targets : defaultTargets(results),
    targetsAsked,
    baseline,
  });
  const { models, recommended } = results;
  return { kind: 'judged', verdict, models, recommended, targetsAsked, baseline };
}
