import type { Runner } from '../github/runner.ts';
import type { Context } from '../lib/context.ts';
import { messageOf, sentences } from '../lib/errors.ts';
import { type CleanedUp, cleanedUpSentence, isLeftRunning, renderCleanedUp } from '../report/cleaned-up.ts';
import { routeNamed } from '../roboflow/apis/choose-route.ts';
import { createApi } from '../roboflow/http/api.ts';
import { trainingPage } from '../roboflow/training-page.ts';
import { LISTS_LAG_MS, newTrainings, type Search, searchFor } from '../training/find-new.ts';
import { endTraining, type TrainingApi, type TrainingRef } from '../training/training-api.ts';
import { readSavedStarts, type SavedStart } from './start/start-state.ts';

/** No try begins after this long. With the deadlines of its last requests on top, the post step ends within two and a half minutes. */
const PATIENCE_MS = 125_000;

type Unsettled = Extract<SavedStart, { phase: 'starting' | 'started' }>;

/**
 * The post step: if the step was interrupted or killed before it could tell of trainings that it started, does with each of
 * them what `on-cancel` says, side by side. A training that the step only attached to is never in the state, so it is never touched.
 * @returns what became of them, a sentence each; undefined if there is nothing to say
 */
export async function cleanUp(
  runner: Runner,
  requestDeadlineMs: number,
  context: Context,
): Promise<string | undefined> {
  const unsettled = readSavedStarts(runner).filter(
    (state) => state.phase === 'starting' || state.phase === 'started',
  );
  if (unsettled.length === 0) return undefined;
  const trainings = await Promise.all(
    unsettled.map((state) => cleanUpOne(state, runner, requestDeadlineMs, context)),
  );
  for (const training of trainings) {
    const sentence = cleanedUpSentence(training);
    if (isLeftRunning(training)) runner.log.warning(sentences(sentence, `See ${training.url}`));
    else runner.log.info(sentence);
  }
  await runner.summary(renderCleanedUp(trainings));
  return sentences(...trainings.map(cleanedUpSentence));
}

async function cleanUpOne(
  state: Unsettled,
  runner: Runner,
  requestDeadlineMs: number,
  context: Context,
): Promise<CleanedUp> {
  const { onCancel, auth, modelType, version } = state;
  const saved = state.phase === 'started' ? state.id : undefined;
  const tell = (became: CleanedUp['became'], id = saved): CleanedUp => {
    return { modelType, id, url: trainingPage(state, version, modelType), became };
  };
  if (onCancel === 'leave') return tell({ kind: 'left' });
  const apiKey = runner.input('api-key').trim();
  if (apiKey === '')
    return tell({ kind: 'unknown', reason: 'Without an api-key the training cannot be looked up.' });
  runner.mask(apiKey);

  const untilMs = context.clock.now() + PATIENCE_MS;
  const server = { apiUrl: new URL(state.apiUrl), apiKey, auth, requestDeadlineMs };
  const here = { api: createApi(server, untilMs, context), project: state, ...context };
  const route = routeNamed(state.route, here);
  try {
    const search = await findTraining(state, route, context);
    if (search.kind === 'found') {
      const result = await endTraining(route, search.thing, onCancel, untilMs);
      return tell({ kind: 'ended', ended: { mode: onCancel, result } }, search.thing.id);
    }
    const seen = search.kind === 'nothing' ? 'and no training shows' : `and ${search.reason}`;
    const reason = `The step ended in the middle of the start, ${seen}. If one was started after all, it runs on.`;
    return tell({ kind: 'unknown', reason });
  } catch (error) {
    return tell({ kind: 'unknown', reason: `What became of the training is not known: ${messageOf(error)}` });
  }
}

/** The training that the step started; while a start is unclear, the one that shows and can be ours. */
async function findTraining(
  state: Unsettled,
  api: TrainingApi,
  context: Context,
): Promise<Search<TrainingRef>> {
  if (state.phase === 'started') return { kind: 'found', id: state.id, thing: state, beside: [] };
  const untilMs = state.sentAtMs + LISTS_LAG_MS;
  const look = () => newTrainings(api, state, state, untilMs);
  return searchFor(look, untilMs, 1, context);
}
