import type { ModelDetails } from '../../gate/split-figures.ts';
import type { EvaluationFindings } from '../../report/evaluation-findings.ts';
import { type Json, metricFields, splitField } from './json.ts';

/** What the headline model reaches on each split, by each of Roboflow's answers. */
export function splitsFields(details: ModelDetails | undefined): readonly Json[] {
  return (details?.figures ?? []).map(({ split, source, all }) => ({
    split: splitField(split),
    source,
    metrics: metricFields(all),
  }));
}

/** The same by class. */
export function classesFields(details: ModelDetails | undefined): readonly Json[] {
  return (details?.figures ?? []).flatMap(({ split, source, classes }) =>
    classes.map(({ name, objects, hasObjects, metrics }) => ({
      name,
      split: splitField(split),
      source,
      objects: objects ?? (hasObjects ? null : 0),
      metrics: metricFields(metrics),
    })),
  );
}

/** What the headline model mistakes at one confidence; null if that was not read. */
export function confusionsFields(evaluation: EvaluationFindings | undefined): Json {
  const confusions = evaluation?.confusions;
  if (confusions === undefined) return null;
  return {
    split: splitField(confusions.split),
    confidence: confusions.threshold,
    pairs: confusions.pairs.map(({ actual, predicted, times, objects }) => ({
      actual: actual ?? null,
      predicted: predicted ?? null,
      times,
      objects: objects ?? null,
    })),
  };
}

/** The confidence at which F1 is best; null if that was not read. */
export function confidenceFields(evaluation: EvaluationFindings | undefined): Json {
  const best = evaluation?.confidence;
  return best === undefined
    ? null
    : { value: best.threshold, f1: best.f1 ?? null, split: splitField(best.split) };
}
