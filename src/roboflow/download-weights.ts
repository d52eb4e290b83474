import { type Context, OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { TrainGateError } from '../lib/errors.ts';
import type { PartFile } from '../lib/part-file.ts';
import { getWeightsUrl } from './endpoints/weights.ts';
import { AddressRefusedError, type DownloadOptions, download, type Transfer } from './http/download.ts';
import { type ApiError, isPassing } from './http/failure.ts';
import type { InProject } from './http/in-project.ts';
import { type Patience, withRetries } from './http/retry.ts';
import { segmentOf } from './training-page.ts';

/** No try begins later than this, however much came meanwhile. */
const LONGEST_MS = 30 * 60_000;
/** A refused address may be out of date, and so may be the next; three in a row are refused for good. */
const MOST_REFUSED_ADDRESSES = 2;

/**
 * Downloads the weights of a model into `part`. Each try asks for an address of its own, since they expire, and goes on where
 * the one before was cut. Patient for 15 minutes in which no more came than before.
 * @throws TrainGateError if it gives up; without the address in any message
 */
export async function downloadWeights(
  modelId: string,
  part: PartFile,
  options: DownloadOptions,
  here: InProject,
): Promise<void> {
  const segment = segmentOf(modelId);
  if (segment === undefined)
    throw new TrainGateError(`"${modelId}" is no id that weights can be asked for by.`);
  const transfer: Transfer = { part, head: undefined };
  const attempt = async () => {
    const address = await getWeightsUrl(here, segment, { untilMs: 0 });
    await download(address, transfer, options, here);
  };
  await withRetries(attempt, patienceOf(part, here), here);
}

function patienceOf(part: PartFile, { clock }: Context): Patience {
  let mostBytes = 0;
  let progressAtMs = clock.now();
  let refusedAddresses = 0;
  const mayRepeat = (error: ApiError) => {
    if (part.bytes > mostBytes) progressAtMs = clock.now();
    mostBytes = Math.max(mostBytes, part.bytes);
    if (clock.now() - progressAtMs >= OUTAGE_PATIENCE_MS) return false;
    if (!(error instanceof AddressRefusedError)) return isPassing(error);
    refusedAddresses += 1;
    return refusedAddresses <= MOST_REFUSED_ADDRESSES;
  };
  return { untilMs: clock.now() + LONGEST_MS, knownToExist: true, mayRepeat };
}
