import type { ImageCounts, TrainingFacts } from '../../report/conclusion.ts';
import type { Json } from './json.ts';

/** What is known of the training itself. */
export function trainingFields(training: TrainingFacts): Json {
  return {
    workspace: training.workspace,
    project: training.project,
    version: training.version ?? null,
    jobId: training.jobId,
    trainingId: training.trainingId ?? null,
    modelType: training.modelType ?? null,
    status: training.status,
    inFlight: training.inFlight,
    origin: training.origin,
    route: training.route,
    queuedMs: training.queuedMs ?? null,
    trainedMs: training.trainedMs ?? null,
    url: training.url ?? null,
    source: training.source ?? null,
    split: training.split ?? null,
    images: training.images === undefined ? null : imageFields(training.images),
  };
}

function imageFields({ train, validation, test }: ImageCounts): Json {
  return { train: train ?? null, validation: validation ?? null, test: test ?? null };
}
