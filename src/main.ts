import { type Begun, begin } from './begin.ts';
import type { Clock } from './clock.ts';
import { ApiError, messageOf } from './errors.ts';
import { decide } from './gate/decide.ts';
import { defaultTargets } from './gate/picks.ts';
import { type Inputs, type InputsResult, readInputs } from './inputs.ts';
import { setRunOutputs } from './publish/outputs.ts';
import { publish } from './publish/publish.ts';
import { saveRunState } from './publish/state.ts';
import type { Step } from './publish/step.ts';
import { type Conclusion, type RunFacts, undecided } from './report/conclusion.ts';
import { PATIENCE_MS } from './roboflow/api.ts';
import { openApi, resolveProject } from './roboflow/connect.ts';
import { keyForms } from './roboflow/redact.ts';
import { isPassing } from './roboflow/retry.ts';
import { factsOf } from './run-facts.ts';
import { fetchBaseline } from './training/baseline.ts';
import { requireType } from './training/read-back.ts';
import { awaitMetrics, type RunResults } from './training/results.ts';
import type { TrainingRoute } from './training/route.ts';
import type { Training } from './training/training.ts';
import { type WaitResult, waitForEnd } from './training/wait.ts';
import { leaveBehind, undecidedBy, unsuccessful } from './unfinished.ts';

/** What the story needs from outside. */
export interface MainContext {
  readonly step: Step;
  readonly clock: Clock;
  /** Aborts, with an InterruptedError as its reason, when the runner ends the step. */
  readonly signal: AbortSignal;
  /** For one request, connection and body included. */
  readonly requestDeadlineMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  /** Keeps the comment on the pull request up to date; never throws. */
  readonly comment: (conclusion: Conclusion, run: RunFacts | undefined, inputs: Inputs) => Promise<void>;
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
  if (read.kind !== 'inputs') return publish(withoutRun(read), undefined, true, step);
  const { inputs } = read;
  const known: { run?: RunFacts } = {};
  const tell = (run: RunFacts) => {
    known.run = run;
    setRunOutputs(step, run);
  };
  const conclusion = await judgeRun(inputs, context, tell).catch((error: unknown) =>
    undecidedBy(error, known.run, inputs, step),
  );
  await publish(conclusion, known.run, inputs.failBuild, step);
  // After a signal the runner grants seconds, which a comment could outlast.
  if (inputs.comment && !context.signal.aborted) await context.comment(conclusion, known.run, inputs);
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
  tell: (run: RunFacts) => void,
): Promise<Conclusion> {
  const { step, clock } = context;
  const timeoutAtMs = clock.now() + inputs.timeoutMs;
  const api = openApi({ ...inputs, ...context }, { ...context, log: step.log, timeoutAtMs });
  const project = await resolveProject(api, inputs);

  const begun = await begin(inputs, api, project, context);
  tell(factsOf(project, begun));
  if (inputs.wait === 'none') {
    await readBack(begun, inputs, timeoutAtMs, context);
    saveRunState(step, { phase: 'settled' });
    return { kind: 'started' };
  }

  const waited = await watch(begun, inputs, timeoutAtMs, context);
  tell(factsOf(project, begun, waited));
  const unfinished = waited.kind === 'ended' ? undefined : await leaveBehind(waited, begun, inputs, context);
  saveRunState(step, { phase: 'settled' });
  if (unfinished) return unfinished;
  const { training } = waited;
  if (training.phase === 'failed' || training.phase === 'cancelled') return unsuccessful(training);

  const results = await awaitMetrics(() => begun.route.results(training), { ...context, log: step.log });
  tell(factsOf(project, begun, waited, results));
  return judge(training, results, begun.route, inputs);
}

function isSilence(error: unknown): error is Error {
  return error instanceof ApiError && isPassing(error.failure);
}

/** Looks at the run; one that this step started must be of the type that was asked for. */
async function look(
  { training, origin, route }: Begun,
  { run }: Inputs,
  untilMs: number,
  clock: Clock,
): Promise<Training> {
  const seen = await route.look(training, untilMs);
  return run.kind === 'start' && origin === 'started' ? requireType(seen, run.modelType, route, clock) : seen;
}

const READ_BACK_MS = 60_000;

/** Where nobody waits for the run, it is looked at once all the same. */
async function readBack(
  begun: Begun,
  inputs: Inputs,
  timeoutAtMs: number,
  { step, clock }: MainContext,
): Promise<void> {
  try {
    await look(begun, inputs, Math.min(clock.now() + READ_BACK_MS, timeoutAtMs), clock);
  } catch (error) {
    if (!isSilence(error)) throw error;
    step.log.warning(`Which model type the training has could not be read back: ${messageOf(error)}`);
  }
}

function watch(
  begun: Begun,
  inputs: Inputs,
  timeoutAtMs: number,
  { step, clock, signal }: MainContext,
): Promise<WaitResult> {
  const plan = {
    look: (untilMs: number) => look(begun, inputs, untilMs, clock),
    isSilence,
    patienceMs: PATIENCE_MS,
    timeoutAtMs,
    pollIntervalMs: inputs.pollIntervalMs,
  };
  return waitForEnd(begun.training, plan, { clock, log: step.log, signal });
}

async function judge(
  training: Training,
  results: RunResults,
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
  return { kind: 'judged', verdict, models: results.models, targetsAsked, baseline };
}
