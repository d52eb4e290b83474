import { classNamed } from '../../gate/class-named.ts';
import { COUNTED_METRICS, type CountedMetric } from '../../gate/metric.ts';
import type { ImageHits } from '../../gate/noise/by-image.ts';
import type { Sample } from '../../gate/noise/sample.ts';
import type { ClassFigures, Samples, SplitFigures } from '../../gate/split-figures.ts';
import { percentOf } from '../../lib/decimals.ts';
import type { Counted, CountedSplit } from './counted-split.ts';

/** More of anything is a mistake of whoever counted. */
const MOST = 1e9;
/** How many points a figure may be from one that follows from counts: as both were rounded, or was measured at another confidence. */
const ROUNDED = 0.1 + 1e-9;
const AT_OTHER_CONFIDENCE = 10;

/**
 * `figures` with what each was counted from, by an evaluation's `counts`, else by the objects of each class; and with the
 * objects themselves.
 */
export function withCounts(figures: SplitFigures, counts?: CountedSplit): SplitFigures {
  const named = figures.classes.length > 0 ? figures.classes : (counts?.classes ?? []).map(classWithout);
  const classes = named.map((each) => {
    const own = counts?.ofClass.get(classNamed(each.name, counts.classes) ?? '');
    const objects =
      each.objects ??
      (own && own.totals.truePositives + own.totals.falseNegatives) ??
      (each.hasObjects ? undefined : 0);
    const counted = { ...each, objects, metrics: withObjects(each.metrics, objects) };
    return { ...counted, samples: samplesOf((metric) => classSample(metric, counted, own)) };
  });
  const samples = samplesOf((metric) => {
    const percent = figures.all.get(metric);
    if (percent === undefined) return undefined;
    return (counts && countedSample(metric, percent, counts)) ?? freeSample(metric, percent, classes);
  });
  const known = classes.flatMap(({ objects }) => objects ?? []);
  const objects =
    known.length > 0 && known.length === classes.length ? known.reduce((sum, n) => sum + n, 0) : undefined;
  return { ...figures, all: withObjects(figures.all, objects), classes, samples };
}

function classWithout(name: string): ClassFigures {
  return { name, objects: undefined, hasObjects: true, metrics: new Map() };
}

function withObjects(metrics: ClassFigures['metrics'], objects: number | undefined): ClassFigures['metrics'] {
  return objects === undefined ? metrics : new Map([...metrics, ['objects', objects]]);
}

function samplesOf(sampleOf: (metric: CountedMetric) => Sample | undefined): Samples {
  return new Map(
    COUNTED_METRICS.flatMap((metric) => {
      const sample = sampleOf(metric);
      const isPossible = sample && Number.isInteger(sample.n) && sample.n > 0 && sample.n <= MOST;
      return isPossible ? [[metric, sample] as const] : [];
    }),
  );
}

function classSample(
  metric: CountedMetric,
  { objects, metrics }: ClassFigures,
  own: Counted | undefined,
): Sample | undefined {
  const percent = metrics.get(metric);
  if (percent === undefined) return undefined;
  const share = own && shareOf(metric, own.totals);
  if (own && share && Math.abs(share.percent - percent) <= AT_OTHER_CONFIDENCE)
    return { n: share.n, images: imagesOf([own]) };
  if (objects === undefined) return undefined;
  if (metric === 'recall') return { n: objects };
  // What was detected follows from what was found.
  const recall = metrics.get('recall');
  return metric === 'precision' && recall && percent
    ? { n: Math.round((objects * recall) / percent) }
    : undefined;
}

/** All classes together by what an evaluation counted: the share in all, or the mean of the classes. */
function countedSample(
  metric: CountedMetric,
  percent: number,
  { all, ofClass }: CountedSplit,
): Sample | undefined {
  const parts = [...ofClass.values()].flatMap((counted) => {
    const share = shareOf(metric, counted.totals);
    return share ? [{ ...share, counted }] : [];
  });
  const pooled = shareOf(metric, all.totals);
  if (pooled === undefined) return undefined;
  const kind = nearest(percent, pooled.percent, parts, AT_OTHER_CONFIDENCE);
  if (kind === 'pooled') return { n: pooled.n, images: imagesOf([all]) };
  return kind && { n: pooled.n, classes: parts, images: imagesOf(parts.map(({ counted }) => counted)) };
}

/** The same by the objects of each class with objects, if all of them are known. */
function freeSample(
  metric: CountedMetric,
  percent: number,
  classes: readonly ClassFigures[],
): Sample | undefined {
  const withObjects = classes.filter(({ hasObjects }) => hasObjects);
  const parts = withObjects.flatMap(({ metrics, samples }) => {
    const [own, n] = [metrics.get(metric), samples?.get(metric)?.n];
    return own === undefined || n === undefined ? [] : [{ percent: own, n }];
  });
  if (parts.length === 0 || parts.length < withObjects.length) return undefined;
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  const pooled = parts.reduce((sum, part) => sum + part.percent * part.n, 0) / n;
  const kind = nearest(percent, pooled, parts, ROUNDED);
  return kind && { n, classes: kind === 'mean' ? parts : undefined };
}

/** Whether a figure of all classes is the share in all or the mean of the `parts`; undefined if it is near to neither. */
function nearest(
  percent: number,
  pooled: number,
  parts: readonly { readonly percent: number }[],
  tolerance: number,
): 'pooled' | 'mean' | undefined {
  const mean = parts.reduce((sum, part) => sum + part.percent, 0) / parts.length;
  const [offPooled, offMean] = [Math.abs(percent - pooled), Math.abs(percent - mean)];
  if (Math.min(offPooled, offMean) > tolerance) return undefined;
  return offPooled <= offMean ? 'pooled' : 'mean';
}

function imagesOf(counted: readonly Counted[]): Sample['images'] {
  const images = counted.flatMap((each) => each.images ?? []);
  const [first] = images;
  return first && { ids: first.ids, hits: () => images.map(({ hits }) => hits()) };
}

/** What counts make of a metric, and of how many; undefined of none. */
function shareOf(
  metric: CountedMetric,
  { truePositives, falsePositives, falseNegatives }: ImageHits,
): { readonly percent: number; readonly n: number } | undefined {
  const detections = truePositives + falsePositives;
  const objects = truePositives + falseNegatives;
  const n = { precision: detections, recall: objects, accuracy: objects, f1: objects + falsePositives }[
    metric
  ];
  if (n === 0) return undefined;
  const share = metric === 'f1' ? (2 * truePositives) / (detections + objects) : truePositives / n;
  return { percent: percentOf(share), n };
}
