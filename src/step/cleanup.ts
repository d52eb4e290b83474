import type { Runner } from '../github/runner.ts';
import type { Context } from '../lib/context.ts';
import { messageOf, sentences } from '../lib/errors.ts';
import { keyForms } from '../lib/redact.ts';
import { routeNamed } from '../roboflow/apis/choose-route.ts';
import { createApi } from '../roboflow/http/api.ts';
import { trainingPage } from '../roboflow/training-page.ts';
import { type Ending, endTraining } from '../training/end.ts';
import type { Search } from '../training/exactly-once.ts';
import { findNewTraining } from '../training/find-new.ts';
import type { TrainingApi, TrainingRef } from '../training/training-api.ts';
import { readSavedStarts, type SavedStart } from './start/start-state.ts';

/** No try begins after this long. With the deadlines of its last requests on top, the post step ends within two minutes. */
const PATIENCE_MS = 85_000;
/** A start that was cut off may still be on its way into the list. */
const SETTLE_MS = 75_000;
const SETTLE_PAUSE_MS = 5_000;

type Unsettled = Extract<SavedStart, { phase: 'starting' | 'started' }>;

/**
 * The post step: if the step was interrupted or killed before it was done with trainings that it started, does with each of
 * them what `on-cancel` says, side by side. A training that the step only attached to is never in the state, so it is never touched.
 * @returns what became of them, a sentence each; undefined if there is nothing to say
 */
export async function cleanUp(
  runner: Runner,
  requestDeadlineMs: number,
  context: Context,
): Promise<string | undefined> {
  const unsettled = readSavedStarts(runner).filter(isUnsettled);
  const endings = await Promise.all(
    unsettled.map(async (state) => {
      const page = trainingPage(state, state.version, state.modelType);
      return { page, ending: await endingOf(state, runner, requestDeadlineMs, context) };
    }),
  );
  for (const { page, ending } of endings) await tell(runner, ending, page);
  return endings.length === 0 ? undefined : sentences(...endings.map(({ ending }) => ending.sentence));
}

function isUnsettled(state: SavedStart): state is Unsettled {
  return state.phase === 'starting' || state.phase === 'started';
}

async function endingOf(
  state: Unsettled,
  runner: Runner,
  requestDeadlineMs: number,
  context: Context,
): Promise<Ending> {
  const { onCancel, auth } = state;
  if (onCancel === 'leave') return mayRun('The training was left as it is, as on-cancel says.');
  const apiKey = runner.input('api-key').trim();
  if (apiKey === '') return mayRun('Without an api-key the training cannot be looked up.');
  for (const form of keyForms(apiKey)) runner.mask(form);

  const untilMs = context.clock.now() + PATIENCE_MS;
  const server = { apiUrl: new URL(state.apiUrl), apiKey, auth, requestDeadlineMs };
  const api = createApi(server, untilMs, context);
  const route = routeNamed(state.route, { api, project: state, ...context });
  try {
    const search = await findTraining(state, route, context);
    if (search.kind === 'found') return endTraining(route, search.thing, onCancel, untilMs);
    const seen = search.kind === 'nothing' ? 'and no training shows' : `and ${search.reason}`;
    return mayRun(
      `The step ended in the middle of the start, ${seen}. If one was started after all, it runs on.`,
    );
  } catch (error) {
    return mayRun(`What became of the training is not known: ${messageOf(error)}`);
  }
}

function mayRun(sentence: string): Ending {
  return { kind: 'running', sentence };
}

const IN_SUMMARY: Readonly<Record<Ending['kind'], string>> = {
  over: 'The step ended early. No training of it runs on',
  stopping:
    'The step ended early. Its training ends after the epoch that it is in, and is paid for until then',
  running: '⚠️ The step ended early. Its training may run on and be paid for',
};

/** A warning if the training may run on and be paid for. */
async function tell(runner: Runner, { kind, sentence }: Ending, page: string): Promise<void> {
  if (kind === 'running') runner.log.warning(sentences(sentence, `See ${page}`));
  else runner.log.info(sentence);
  await runner.summary(`${IN_SUMMARY[kind]}: [see Roboflow](${page}).\n`);
}

/** The training that the step started; while a start is unclear, it is looked for until it shows. */
async function findTraining(
  state: Unsettled,
  route: TrainingApi,
  { clock, signal }: Context,
): Promise<Search<TrainingRef>> {
  if (state.phase === 'started') return { kind: 'found', thing: state };
  const untilMs = clock.now() + SETTLE_MS;
  for (;;) {
    const search = await findNewTraining(route, state, state, untilMs);
    if (search.kind === 'found' || clock.now() >= untilMs) return search;
    await clock.sleep(SETTLE_PAUSE_MS, signal);
  }
}
