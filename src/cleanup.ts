import type { Clock } from './clock.ts';
import { messageOf, sentences } from './errors.ts';
import { type RunState, readRunState } from './publish/state.ts';
import type { Step } from './publish/step.ts';
import { routeNamed } from './roboflow/choose-route.ts';
import { openApi } from './roboflow/connect.ts';
import { runPage } from './roboflow/links.ts';
import { keyForms } from './roboflow/redact.ts';
import { endTraining } from './training/end.ts';
import type { TrainingRoute } from './training/route.ts';
import { begunSince } from './training/start.ts';
import type { Training } from './training/training.ts';

/** No try is begun after this long; with the deadlines of its last requests on top, the post step ends within two minutes. */
const PATIENCE_MS = 85_000;
/** A start that was cut off may still be on its way into the list. */
const SETTLE_MS = 75_000;
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
  const page = runPage(state, state.version, state.modelType);
  if (state.onCancel === 'leave')
    return tell(step, true, 'The training was left as it is, as on-cancel says.', page);
  const apiKey = step.input('api-key').trim();
  if (apiKey === '') return tell(step, true, 'Without an api-key the training cannot be looked up.', page);
  for (const form of keyForms(apiKey)) step.mask(form);

  const untilMs = clock.now() + PATIENCE_MS;
  const server = { apiUrl: new URL(state.apiUrl), apiKey, auth: state.auth, requestDeadlineMs };
  const never = new AbortController().signal;
  const api = openApi(server, { clock, log: step.log, signal: never, timeoutAtMs: untilMs });
  const route = routeNamed(state.route, api, state);
  let training: Pick<Training, 'id' | 'version'> | undefined;
  try {
    training = await trainingOf(state, route, clock);
  } catch (error) {
    return tell(step, true, `What became of the training is not known: ${messageOf(error)}`, page);
  }
  if (training === undefined)
    return tell(
      step,
      true,
      'The step ended in the middle of the start, and no training shows. One that began after all runs on.',
      page,
    );
  const ending = await endTraining(route, training, state.onCancel, untilMs);
  return tell(step, ending.running, ending.sentence, page);
}

/** A warning where the training may run on and be paid for. */
async function tell(step: Step, running: boolean, sentence: string, page: string): Promise<void> {
  if (running) step.log.warning(sentences(sentence, `See ${page}`));
  else step.log.info(sentence);
  await step.summary(
    `${running ? '⚠️ ' : ''}The step was interrupted. ${running ? 'The training may run on' : 'No training of it runs on'}: [see Roboflow](${page}).\n`,
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
  const before = { ids: new Set(state.knownIds), atMs: state.requestedAtMs };
  for (;;) {
    const begun = begunSince(await route.list(state.version), state, before);
    if (begun || clock.now() >= untilMs) return begun;
    await clock.sleep(SETTLE_PAUSE_MS);
  }
}
