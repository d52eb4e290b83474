import type { Clock } from './clock.ts';
import { readInputs } from './inputs.ts';
import { type RunState, readRunState } from './publish/state.ts';
import type { Step } from './publish/step.ts';
import { openApi } from './roboflow/connect.ts';
import { jobsRoute } from './roboflow/jobs.ts';
import { runPage } from './roboflow/links.ts';
import { keyForms } from './roboflow/redact.ts';
import { endTraining } from './training/end.ts';
import type { TrainingRoute } from './training/route.ts';
import { begunSince } from './training/start.ts';
import type { Training } from './training/training.ts';

/** No try is begun after this long; with one request's deadline on top, the post step ends within two minutes. */
const PATIENCE_MS = 90_000;
/** A start that was cut off may still be on its way into the list. */
const SETTLE_MS = 30_000;
const SETTLE_PAUSE_MS = 5_000;

/** What the clean-up needs from outside. */
export interface CleanUpContext {
  readonly step: Step;
  readonly clock: Clock;
  readonly requestDeadlineMs: number;
}

/**
 * The post step: deals with a training that this step began and was interrupted or killed before it could settle, as
 * `on-cancel` says. Runs that were only attached to are never in the state, so they are never touched.
 */
export async function cleanUp({ step, clock, requestDeadlineMs }: CleanUpContext): Promise<void> {
  const state = readRunState(step);
  if (state === undefined || state.phase === 'settled') return;
  for (const form of keyForms(step.input('api-key'))) if (form !== '') step.mask(form);
  const read = readInputs(step.input);
  const page = runPage(state, state.version, state.modelType);
  if (read.kind === 'no-key') {
    step.log.warning(`Without an api-key the training cannot be looked up; see ${page}`);
    return;
  }
  const { inputs } = read;
  if (inputs.onCancel === 'leave') {
    step.log.warning(`The training was left running, as on-cancel says: ${page}`);
    return;
  }
  const untilMs = clock.now() + PATIENCE_MS;
  const never = new AbortController().signal;
  const api = openApi(
    { ...inputs, requestDeadlineMs },
    { clock, log: step.log, signal: never, timeoutAtMs: untilMs },
  );
  const route = jobsRoute(api, state);
  const training = await trainingOf(state, route, clock);
  if (training === undefined) {
    step.log.info('The start had not arrived: no training began, so there is nothing to end.');
    return;
  }
  const ending = await endTraining(route, training, inputs.onCancel, untilMs);
  if (ending.running) step.log.warning(`${ending.sentence} See ${page}`);
  else step.log.info(ending.sentence);
  await step.summary(
    `${ending.running ? ':warning: ' : ''}The step was interrupted. [See the run](${page}).\n`,
  );
}

type Unsettled = Exclude<RunState, { phase: 'settled' }>;

async function trainingOf(
  state: Unsettled,
  route: TrainingRoute,
  clock: Clock,
): Promise<Pick<Training, 'id' | 'version'> | undefined> {
  if (state.phase === 'started') return state;
  const untilMs = clock.now() + SETTLE_MS;
  const known = new Set(state.knownIds);
  for (;;) {
    const begun = begunSince(await route.list(state.version), state, known);
    if (begun || clock.now() >= untilMs) return begun;
    await clock.sleep(SETTLE_PAUSE_MS);
  }
}
