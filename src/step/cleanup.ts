import type { Runner } from '../github/runner.ts';
import { readTrainingState, type TrainingState } from '../github/state.ts';
import type { Clock } from '../lib/clock.ts';
import { messageOf, sentences } from '../lib/errors.ts';
import { keyForms } from '../lib/redact.ts';
import { runPage } from '../roboflow/page.ts';
import { openApi } from '../roboflow/project.ts';
import { routeNamed } from '../roboflow/routes/choose-route.ts';
import { type Ending, endTraining } from '../training/end.ts';
import { findBegun } from '../training/find-begun.ts';
import type { TrainingRoute } from '../training/route.ts';
import type { Training } from '../training/training.ts';

/** No try is begun after this long; with the deadlines of its last requests on top, the post step ends within two minutes. */
const PATIENCE_MS = 85_000;
/** A start that was cut off may still be on its way into the list. */
const SETTLE_MS = 75_000;
const SETTLE_PAUSE_MS = 5_000;

/** What the clean-up needs from outside. */
export interface CleanUpContext {
  readonly step: Runner;
  readonly clock: Clock;
  readonly requestDeadlineMs: number;
}

/**
 * The post step: deals with a training that this step began and was interrupted or killed before it could settle, as
 * `on-cancel` says. Runs that were only attached to are never in the state, so they are never touched.
 */
export async function cleanUp({ step, clock, requestDeadlineMs }: CleanUpContext): Promise<void> {
  const state = readTrainingState(step);
  if (state === undefined || state.phase === 'settled') return;
  const page = runPage(state, state.version, state.modelType);
  if (state.onCancel === 'leave')
    return tell(step, mayRun('The training was left as it is, as on-cancel says.'), page);
  const apiKey = step.input('api-key').trim();
  if (apiKey === '') return tell(step, mayRun('Without an api-key the training cannot be looked up.'), page);
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
    return tell(step, mayRun(`What became of the training is not known: ${messageOf(error)}`), page);
  }
  if (training === undefined)
    return tell(
      step,
      mayRun(
        'The step ended in the middle of the start, and no training shows. One that began after all runs on.',
      ),
      page,
    );
  return tell(step, await endTraining(route, training, state.onCancel, untilMs), page);
}

function mayRun(sentence: string): Ending {
  return { kind: 'running', sentence };
}

const IN_SUMMARY: Readonly<Record<Ending['kind'], string>> = {
  over: 'The step ended early. No training of it runs on',
  stopping:
    'The step ended early. Its training ends with the epoch that it is in, and is paid for until then',
  running: '⚠️ The step ended early. Its training may run on and be paid for',
};

/** A warning where the training may run on and be paid for. */
async function tell(step: Runner, { kind, sentence }: Ending, page: string): Promise<void> {
  if (kind === 'running') step.log.warning(sentences(sentence, `See ${page}`));
  else step.log.info(sentence);
  await step.summary(`${IN_SUMMARY[kind]}: [see Roboflow](${page}).\n`);
}

type Unsettled = Exclude<TrainingState, { phase: 'settled' }>;

async function trainingOf(
  state: Unsettled,
  route: TrainingRoute,
  clock: Clock,
): Promise<Pick<Training, 'id' | 'version'> | undefined> {
  if (state.phase === 'started') return state;
  const untilMs = clock.now() + SETTLE_MS;
  const before = { ids: new Set(state.knownIds), atMs: state.requestedAtMs };
  for (;;) {
    const begun = await findBegun(route, state, before, untilMs);
    if (begun || clock.now() >= untilMs) return begun;
    await clock.sleep(SETTLE_PAUSE_MS);
  }
}
