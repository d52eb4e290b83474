import type { Model } from '../../gate/model.ts';
import type { OnlyModel, WantedResults } from '../../training/await-results.ts';
import { ApiError } from '../http/failure.ts';
import { unlessFailed } from '../http/outcome.ts';
import type { EndedReads } from './ended-training.ts';
import { withDetailsOf } from './version-results.ts';

/** The models of a training; of the one model of a fine-tune also what it reaches by class and split. */
interface Detailed {
  readonly models: readonly Model[];
  readonly onlyModel: OnlyModel | undefined;
}

/**
 * Adds to the one model of a fine-tune what the version's training results say by class and split. They name no training,
 * so they count only if the version never had another one (docs/roboflow-api.md#version).
 * @throws ApiError if rules need it and it cannot be read
 */
export async function withDetails(
  models: readonly Model[],
  reads: EndedReads,
  details: WantedResults['details'],
): Promise<Detailed> {
  const [only, ...others] = models;
  if (only === undefined || others.length > 0 || details === 'none') return { models, onlyModel: undefined };
  if (details === 'needed') return detailed(only, reads);
  const read = await unlessFailed(() => detailed(only, reads));
  return read instanceof ApiError ? { models, onlyModel: undefined } : read;
}

async function detailed(only: Model, { identify, readVersion }: EndedReads): Promise<Detailed> {
  const own = await identify();
  const onlyModel = { isOnlyOfVersion: own.isOnlyOne, trainedSinceMs: own.startedAtMs };
  if (!own.isOnlyOne || own.group !== undefined) return { models: [only], onlyModel };
  return { models: [withDetailsOf(await readVersion(), only)], onlyModel };
}
