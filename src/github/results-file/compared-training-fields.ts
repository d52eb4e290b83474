import type { ComparedTraining } from '../../report/compared-trainings.ts';
import type { Json } from './json.ts';

/** One of several trainings that a step compares. */
export function comparedTrainingFields({
  modelType,
  facts,
  outcome,
  headline,
  lack,
}: ComparedTraining): Json {
  return {
    modelType,
    jobId: facts?.jobId ?? null,
    url: facts?.url ?? null,
    status: facts?.status ?? null,
    outcome,
    headline: headline?.id ?? null,
    map50: headline?.metrics.get('map50') ?? null,
    'map50-95': headline?.metrics.get('map50-95') ?? null,
    lack: lack ?? null,
  };
}
