import { ACCURACY_METRICS, type AccuracyMetric, COUNTED_METRICS } from '../gate/metric.ts';
import { intervalOf } from '../gate/noise/sample.ts';
import type { ModelDetails, Samples, Split } from '../gate/split-figures.ts';

/** What a model reaches on each split and by class, by each of Roboflow's answers. */
export function detailFields(details: ModelDetails | undefined) {
  const figures = details?.figures ?? [];
  return {
    splits: figures.map(({ split, source, confidence, all, samples }) => {
      const counts = countFields(all, samples);
      return { split: splitField(split), source, confidence, metrics: metricFields(all), counts };
    }),
    classes: figures.flatMap(({ split, source, classes }) =>
      classes.map(({ name, objects, hasObjects, metrics, samples }) => ({
        name,
        split: splitField(split),
        source,
        objects: objects ?? (hasObjects ? undefined : 0),
        metrics: metricFields(metrics),
        counts: countFields(metrics, samples),
      })),
    ),
  };
}

/** Of what each metric was counted, and between which limits it is. */
function countFields(metrics: ModelDetails['figures'][number]['all'], samples: Samples = new Map()) {
  return Object.fromEntries(
    COUNTED_METRICS.flatMap((metric) => {
      const [percent, sample] = [metrics.get(metric), samples.get(metric)];
      if (percent === undefined || sample === undefined) return [];
      const interval = intervalOf({ metric, percent, sample });
      return [[metric, { ...interval, meanOfClasses: sample.classes !== undefined }]];
    }),
  );
}

/** Metrics by name, in percent. */
export function metricFields(metrics: ReadonlyMap<AccuracyMetric, number> = new Map()) {
  return Object.fromEntries(
    ACCURACY_METRICS.filter((name) => metrics.has(name)).map((name) => [name, metrics.get(name)]),
  );
}

/** A split as the file names it. */
export function splitField(split: Split | undefined): 'validation' | 'test' | undefined {
  return split === 'valid' ? 'validation' : split;
}
