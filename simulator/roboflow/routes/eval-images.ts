import { type Answer, codeAsError, ok } from '../answer.ts';
import { confusionMatrix } from '../views/confusion-matrix.ts';
import { splits } from '../views/figures.ts';
import { imagesOf, type SimulatedImage } from '../views/image-hits.ts';
import type { Call } from './call.ts';
import { classesIn } from './eval-panels.ts';
import { requirePanel, requireSplit } from './evals.ts';

/**
 * `GET /:w/model-evals/:id/image-predictions?split=&confidence=&limit=&offset=`: what was found on each image
 * (docs/internals/roboflow-api.md#model-evaluations).
 */
export function getImagePredictions(call: Call): Answer {
  const panel = 'image-predictions';
  const evaluation = requirePanel(call, panel);
  const { split: given = 'test', confidence = '20', limit = '100', offset = '0' } = call.query;
  const split = splits.find((each) => each === given);
  if (split === undefined)
    throw codeAsError(400, 'invalid_split', 'split must be one of: train, valid, test');
  requireSplit(evaluation, panel, split);
  // Predictions are stored at steps of a tenth.
  if (Number(confidence) % 10 !== 0)
    throw codeAsError(404, 'report_not_found', `There is no report at a confidence of ${confidence}.`);
  const threshold = Number(confidence) / 100;
  const { version } = evaluation.training;
  const count = call.world.version(version).spec.splits[split];
  const matrix = confusionMatrix(classesIn(call, evaluation, split), threshold);
  const images = imagesOf(matrix, count, `${split} ${evaluation.id}`);
  const from = Number(offset);
  return ok({
    split,
    confidenceThreshold: threshold,
    totalImages: images.length,
    offset: from,
    limit: Number(limit),
    images: images.slice(from, from + Number(limit)).map((image) => shown(image, split, matrix.length - 1)),
  });
}

function shown({ imageId, imageName, confusion }: SimulatedImage, split: string, background: number) {
  const count = (isCounted: (actual: number, predicted: number) => boolean) =>
    confusion.reduce(
      (sum, [actual, predicted, times]) => sum + (isCounted(actual, predicted) ? times : 0),
      0,
    );
  const truePositives = count((actual, predicted) => actual === predicted);
  const falsePositives = count((actual, predicted) => actual !== predicted && predicted !== background);
  const falseNegatives = count((actual, predicted) => actual !== predicted && actual !== background);
  const precision = truePositives / Math.max(1, truePositives + falsePositives);
  const recall = truePositives / Math.max(1, truePositives + falseNegatives);
  const f1 = (2 * truePositives) / Math.max(1, 2 * truePositives + falsePositives + falseNegatives);
  const stats = { truePositives, falsePositives, falseNegatives, precision, recall, f1 };
  return { imageId, imageName, split, augmentations: 0, stats, confusion };
}
