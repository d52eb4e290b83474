import type { Clock } from './clock.ts';
import { formatDuration } from './duration.ts';
import { ApiError, InterruptedError, messageOf, TrainGateError } from './errors.ts';
import { decide } from './gate/decide.ts';
import { defaultTargets } from './gate/picks.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { setRunOutputs } from './publish/outputs.ts';
import { publish } from './publish/publish.ts';
import { saveRunState } from './publish/state.ts';
import type { Step } from './publish/step.ts';
import type { Conclusion, RunFacts } from './report/conclusion.ts';
import { type Api, PATIENCE_MS } from './roboflow/api.ts';
import type { ProjectRef } from './roboflow/client.ts';
import { latestVersion, openApi, resolveProject } from './roboflow/connect.ts';
import { jobsRoute } from './roboflow/jobs.ts';
import { runPage } from './roboflow/links.ts';
import { keyForms } from './roboflow/redact.ts';
import { isPassing } from './roboflow/retry.ts';
import { fetchBaseline } from './training/baseline.ts';
import { endTraining } from './training/end.ts';
import { awaitMetrics } from './training/results.ts';
import type { TrainingRoute } from './training/route.ts';
import { type Start, startTraining, UnclearStartError } from './training/start.ts';
import type { Training } from './training/training.ts';
import { type WaitResult, waitForEnd } from './training/wait.ts';

/** What the story needs from outside. */
export interface MainContext {
  readonly step: Step;
  readonly clock: Clock;
  /** Aborts, with an InterruptedError as its reason, when the runner ends the step. */
  readonly signal: AbortSignal;
  /** For one request, connection and body included. */
  readonly requestDeadlineMs: number;
  /** Keeps the comment on the pull request up to date; never throws. */
  readonly comment: (conclusion: Conclusion, run: RunFacts | undefined, token: string) => Promise<void>;
}

/**
 * The step from its first line to its last: inputs, start, wait, results, gate, report, publish. Failures that a person
 * can do something about end as `undecided`, with a report; any other error is a bug and is thrown.
 */
export async function main(context: MainContext): Promise<void> {
  const { step } = context;
  step.output('outcome', 'undecided');
  for (const form of keyForms(step.input('api-key'))) if (form !== '') step.mask(form);
  const read = readInputs(step.input);
  if (read.kind === 'no-key') {
    await publish(
      { kind: 'skipped', reason: 'there is no api-key, and on-missing-key is "skip"' },
      undefined,
      true,
      step,
    );
    return;
  }
  const known: { run?: RunFacts } = {};
  const tell = (run: RunFacts) => {
    known.run = run;
    setRunOutputs(step, run);
  };
  const conclusion = await judgeRun(read.inputs, context, tell).catch((error: unknown) =>
    undecidedBy(error, known.run, read.inputs, step),
  );
  await publish(conclusion, known.run, read.inputs.failBuild, step);
  if (read.inputs.comment) await context.comment(conclusion, known.run, read.inputs.githubToken);
}

async function judgeRun(
  inputs: Inputs,
  context: MainContext,
  tell: (run: RunFacts) => void,
): Promise<Conclusion> {
  const timeoutAtMs = context.clock.now() + inputs.timeoutMs;
  const api = openApi({ ...inputs, ...context }, { ...context, log: context.step.log, timeoutAtMs });
  const project = await resolveProject(api, inputs);
  const route = jobsRoute(api, project);

  const start = await begin(inputs, api, project, route, context);
  tell(factsOf(project, start.training, start.origin));
  if (inputs.wait === 'none') {
    saveRunState(context.step, { phase: 'settled' });
    return { kind: 'started' };
  }

  const waited = await watch(start.training, inputs, route, timeoutAtMs, context);
  tell(factsOf(project, waited.training, start.origin, waited));
  if (waited.kind !== 'ended') return leftBehind(waited, start, inputs, route, context);
  saveRunState(context.step, { phase: 'settled' });
  const { training } = waited;
  if (training.phase === 'failed' || training.phase === 'cancelled') return unsuccessful(training);

  const results = await awaitMetrics(() => route.results(training), { ...context, log: context.step.log });
  tell({
    ...factsOf(project, training, start.origin, waited),
    trainingId: results.trainingId,
    source: results.source,
  });
  if (training.phase === 'stopped' && inputs.rules.length === 0)
    return {
      kind: 'undecided',
      reason: `training ${training.id} was stopped early, and there are no rules to judge what it reached`,
      next: undefined,
    };
  const baseline = await fetchBaseline(inputs.baseline, training.version, route);
  const targetsAsked = inputs.targets.length > 0;
  const verdict = decide({
    pool: results,
    rules: inputs.rules,
    targets: targetsAsked ? inputs.targets : defaultTargets(results),
    targetsAsked,
    baseline,
  });
  return { kind: 'judged', verdict, models: results.models, targetsAsked, baseline };
}

/** Starts a training exactly once, or attaches to one. From here on the post step knows what to clean up. */
async function begin(
  { run }: Inputs,
  api: Api,
  project: ProjectRef,
  route: TrainingRoute,
  { step, clock, signal }: MainContext,
): Promise<Start> {
  const version = run.version?.kind === 'latest' ? await latestVersion(api, project) : run.version?.number;
  if (run.kind === 'attach')
    return { origin: 'attached', training: await findJob(run.jobId, version, route) };
  if (version === undefined) throw new TrainGateError('A version is needed to start a training.');
  const identity = { ...project, version, modelType: run.modelType };
  const start = await startTraining({ ...run, version }, run.reuse, {
    route,
    clock,
    log: step.log,
    signal,
    onStarting: (knownIds) => saveRunState(step, { phase: 'starting', ...identity, knownIds: [...knownIds] }),
  });
  if (start.origin === 'started') {
    saveRunState(step, { phase: 'started', ...identity, id: start.training.id });
    step.log.info(
      `Started training ${start.training.id}: ${run.modelType} on version ${version} of ${project.workspace}/${project.project}.`,
    );
  }
  return start;
}

async function findJob(jobId: string, version: number | undefined, route: TrainingRoute): Promise<Training> {
  const training = await route.find(jobId, version);
  if (version !== undefined && training.version !== undefined && training.version !== version)
    throw new TrainGateError(`Job ${jobId} trains version ${training.version}, but version is ${version}.`, {
      hint: 'Leave version out, or set it to the one that the job names.',
    });
  return training;
}

function watch(
  training: Training,
  { pollIntervalMs }: Inputs,
  route: TrainingRoute,
  timeoutAtMs: number,
  { step, clock, signal }: MainContext,
): Promise<WaitResult> {
  const plan = {
    look: (untilMs: number) => route.look(training, untilMs),
    isSilence: (error: unknown): error is Error => error instanceof ApiError && isPassing(error.failure),
    patienceMs: PATIENCE_MS,
    timeoutAtMs,
    pollIntervalMs,
  };
  return waitForEnd(training, plan, { clock, log: step.log, signal });
}

/** Ends with a training that is still in flight: after a timeout `on-timeout` decides about it. */
async function leftBehind(
  waited: Exclude<WaitResult, { kind: 'ended' }>,
  start: Start,
  inputs: Inputs,
  route: TrainingRoute,
  { step, clock }: MainContext,
): Promise<Conclusion> {
  saveRunState(step, { phase: 'settled' });
  const { training } = waited;
  if (waited.kind === 'silent') {
    const reason = `no good answer came from Roboflow for ${formatDuration(PATIENCE_MS)}. The last was: ${messageOf(waited.error)}`;
    return { kind: 'undecided', reason, next: takeUpAgain(training.id, inputs) };
  }
  const reason = `training ${training.id} had not ended (${training.status}) when the timeout of ${formatDuration(inputs.timeoutMs)} passed`;
  if (inputs.onTimeout === 'leave' || start.origin === 'attached')
    return { kind: 'undecided', reason, next: takeUpAgain(training.id, inputs) };
  const ending = await endTraining(route, training, inputs.onTimeout, clock.now() + ENDING_PATIENCE_MS);
  return {
    kind: 'undecided',
    reason,
    next: ending.running ? `${ending.sentence} ${takeUpAgain(training.id, inputs)}` : ending.sentence,
  };
}

/** Ending a training is tried for this long. */
const ENDING_PATIENCE_MS = 80_000;

function takeUpAgain(jobId: string, { run }: Inputs): string {
  const rerun =
    run.kind === 'start' && run.reuse === 'none'
      ? 'To take it up again'
      : 'To take it up again, re-run this job or';
  return `The training may run on and be paid for. ${rerun} set job-id to ${jobId}.`;
}

function unsuccessful(training: Training): Conclusion {
  const why = training.reason === undefined ? 'Roboflow gives no reason' : training.reason;
  return {
    kind: 'undecided',
    reason:
      training.phase === 'failed'
        ? `training ${training.id} failed: ${why}`
        : `training ${training.id} was cancelled on Roboflow`,
    next: undefined,
  };
}

/** A failure that a person can mend ends the step as `undecided`. A run that may still be unaccounted for stays in the state, for the post step. */
function undecidedBy(error: unknown, run: RunFacts | undefined, inputs: Inputs, step: Step): Conclusion {
  if (!(error instanceof TrainGateError)) throw error;
  if (error instanceof InterruptedError || error instanceof UnclearStartError)
    return { kind: 'undecided', reason: error.message, next: error.hint };
  saveRunState(step, { phase: 'settled' });
  const inFlight = run?.jobId !== undefined && run.trainedMs === undefined && run.source === undefined;
  const next = [error.hint, ...(inFlight && run?.jobId ? [takeUpAgain(run.jobId, inputs)] : [])].filter(
    (part) => part !== undefined,
  );
  return { kind: 'undecided', reason: error.message, next: next.length > 0 ? next.join(' ') : undefined };
}

function factsOf(
  project: ProjectRef,
  training: Training,
  origin: Start['origin'],
  waited?: WaitResult,
): RunFacts {
  const seen = waited?.kind === 'ended' ? waited.seen : undefined;
  return {
    ...project,
    version: training.version,
    jobId: training.id,
    trainingId: undefined,
    modelType: training.modelType,
    status: training.status,
    origin,
    queuedMs:
      seen?.activeAtMs !== undefined && origin === 'started'
        ? seen.activeAtMs - seen.watchedFromMs
        : undefined,
    trainedMs:
      seen?.activeAtMs !== undefined && seen.endedAtMs !== undefined
        ? seen.endedAtMs - seen.activeAtMs
        : undefined,
    url: training.version === undefined ? undefined : runPage(project, training.version, training.modelType),
    source: undefined,
  };
}
