import { TrainGateError } from '../lib/errors.ts';
import type { StoredFile } from '../lib/store-file.ts';
import { getWeightsUrl } from './endpoints/project.ts';
import type { InProject } from './http/api.ts';
import { type DownloadOptions, download } from './http/download.ts';
import { type ApiError, isPassing } from './http/failure.ts';
import { withRetries } from './http/retry.ts';
import { segmentOf } from './training-page.ts';

/** No try begins later than this. */
const PATIENCE_MS = 30 * 60_000;
/** A refused address may be out of date, and so may be the next; the third refusal is believed. */
const MOST_REFUSALS = 2;

/** Downloads the weights of a model, whole in each try, from an address of its own. Throws TrainGateError without any address. */
export async function downloadWeights(
  modelId: string,
  options: DownloadOptions,
  here: InProject,
): Promise<StoredFile> {
  const segment = segmentOf(modelId);
  if (segment === undefined)
    throw new TrainGateError(`"${modelId}" is no id that weights can be asked for by.`);
  const attempt = async () => download(await getWeightsUrl(here, segment, { untilMs: 0 }), options, here);
  let refusals = 0;
  const mayRepeat = (error: ApiError) => isPassing(error) || ++refusals <= MOST_REFUSALS;
  const untilMs = here.clock.now() + PATIENCE_MS;
  return withRetries(attempt, { untilMs, knownToExist: true, mayRepeat }, here);
}
