import type { Model } from '../../gate/model.ts';
import type { Runner } from '../../github/runner.ts';
import { reasonOf, sentences, TrainGateError } from '../../lib/errors.ts';
import { keyForms } from '../../lib/redact.ts';
import { fileNameFor } from '../../lib/store-file.ts';
import type { WeightsResult } from '../../report/weights-and-stars.ts';
import { downloadWeights } from '../../roboflow/download-weights.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { hasDownload } from '../../training/model-type.ts';
import type { Training } from '../../training/training.ts';

/** What storing weights needs from outside. */
interface Store {
  readonly here: InProject;
  readonly runner: Runner;
  readonly apiUrl: URL;
  readonly requestDeadlineMs: number;
}

type Stored = Extract<WeightsResult, { kind: 'stored' }>;

/**
 * Stores the weights of a model that has passed. What a person can mend, also that the step is ended, is a result: the model
 * has passed all the same.
 * @param folder as the workflow writes it
 */
export async function storeWeights(
  model: Model,
  folder: string,
  training: Training,
  store: Store,
): Promise<WeightsResult> {
  try {
    const type = model.type ?? training.modelType;
    if (type !== undefined) requireDownload(type);
    const stored = await downloaded(model.id, folder, store);
    store.here.log.info(
      `Stored the weights of ${model.id} in ${stored.file}: ${stored.bytes} bytes, SHA-256 ${stored.sha256}.`,
    );
    return stored;
  } catch (error) {
    if (!(error instanceof TrainGateError)) throw error;
    const later = `To get them later, set job-id to ${training.id}, with the same weights and thresholds: that starts no training.`;
    return { kind: 'failed', modelId: model.id, reason: error.message, next: sentences(error.hint, later) };
  }
}

async function downloaded(modelId: string, folder: string, store: Store): Promise<Stored> {
  const { path, fromWorkspace } = folderNow(folder, store.runner);
  const name = fileNameFor(modelId, '.pt');
  const keepSecret = (address: string) => {
    for (const form of keyForms(address)) store.runner.mask(form);
  };
  store.here.log.info(`Downloading the weights of ${modelId}.`);
  const to = { ...store, folder: path, name, keepSecret };
  const stored = await downloadWeights(modelId, to, store.here);
  const file = fromWorkspace === '.' ? name : `${fromWorkspace}/${name}`;
  return { kind: 'stored', modelId, file, ...stored };
}

/** Other steps may have changed the folder since the inputs were read, hours ago. */
function folderNow(folder: string, runner: Runner): ReturnType<Runner['workspaceFolder']> {
  try {
    return runner.workspaceFolder(folder);
  } catch (error) {
    throw new TrainGateError(`"${folder}" cannot take files any more: ${reasonOf(error)}.`);
  }
}

/**
 * Makes sure that Roboflow gives away the weights of this model type.
 * @throws TrainGateError that says what to use instead
 */
export function requireDownload(modelType: string): void {
  if (hasDownload(modelType)) return;
  throw new TrainGateError(
    `Roboflow gives away no weights of ${modelType}: those of architecture searches and of SAM3 cannot be downloaded.`,
    {
      hint: 'Leave weights out. Roboflow Inference runs such a model by its id, which is in the outputs model-id and picks; "star: true" has the picks of a search compiled for their hardware.',
    },
  );
}
