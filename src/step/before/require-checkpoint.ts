import { TrainGateError } from '../../lib/errors.ts';
import { didYouMean } from '../../lib/suggest.ts';
import { listModels } from '../../roboflow/endpoints/project.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { ApiError } from '../../roboflow/http/failure.ts';
import { unlessFailed } from '../../roboflow/http/outcome.ts';
import { isSameModel } from '../../roboflow/results/model-identity.ts';
import { fieldOf, textOf } from '../../roboflow/schema/shape.ts';
import { phaseOf } from '../../roboflow/schema/training-body.ts';
import { isOtherType } from '../../training/model-type.ts';
import { endedWithWeights } from '../../training/training.ts';

/**
 * Checks a checkpoint as far as it can be: it may be a finished model of any version of the project, and what else Roboflow takes for
 * one is documented nowhere (docs/internals/roboflow-api.md#jobs). Throws TrainGateError if it is a model that has not finished.
 */
export async function requireCheckpoint(
  checkpoint: string,
  modelType: string,
  here: InProject,
): Promise<void> {
  const { log, project } = here;
  const models = await unlessFailed(() => listModels(here, undefined, { untilMs: 0 }));
  if (models instanceof ApiError)
    return log.info(
      `checkpoint ${checkpoint} is passed on unchecked, since the project's models could not be read.`,
    );
  const model = models.find(({ url }) => isSameModel(url, checkpoint, project.workspace));
  const status = textOf(fieldOf(model?.body.train, 'status')) ?? 'unknown';
  const phase = phaseOf(status);
  if (phase !== 'unknown' && !endedWithWeights(phase))
    throw new TrainGateError(`checkpoint ${checkpoint} is a model that is ${status}. Nothing was started.`, {
      hint: 'Set checkpoint to a finished model, or leave it out.',
    });
  if (isOtherType(model?.modelType, modelType))
    log.warning(
      `checkpoint ${checkpoint} is a ${model?.modelType}, and ${modelType} is to be trained from it.`,
    );
  if (model !== undefined) return;
  const ids = models.flatMap(({ url }) => [url, url.slice(url.indexOf('/') + 1)]);
  const meant = didYouMean(checkpoint, ids);
  const text = `checkpoint ${checkpoint} is none of the models that the project lists, and is passed on unchecked`;
  if (meant === '') log.info(`${text}.`);
  else log.warning(`${text}${meant}`);
}
