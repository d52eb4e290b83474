import { classNamed } from './class-named.ts';
import { type AccuracyMetric, AT_CONFIDENCE } from './metric.ts';
import type { Sample } from './noise/sample.ts';
import type { Rule } from './rules.ts';
import type {
  ClassFigures,
  EvaluationLack,
  FigureSource,
  ModelDetails,
  Split,
  SplitFigures,
} from './split-figures.ts';

/** Where the figure of a class or split is from. */
export interface FigureOrigin {
  readonly split: Split;
  readonly source: FigureSource;
  readonly confidence?: number | undefined;
  /** As that source spells it; undefined: of all classes together. */
  readonly className: string | undefined;
  /** The classes that `[*]` leaves out, since the split has no object of them. */
  readonly leftOut: readonly string[];
}

/** Why there is no figure of a class or split. */
export type WhyNoFigure =
  | {
      readonly kind: 'not-there';
      readonly split: Split;
      /** What there is of that class or split. */
      readonly reported: readonly AccuracyMetric[];
      readonly lack: EvaluationLack | undefined;
    }
  | {
      readonly kind: 'no-class';
      readonly name: string;
      readonly split: Split;
      readonly classes: readonly string[];
    }
  /** The split has no object of the class, or of any. */
  | { readonly kind: 'no-objects'; readonly name: string | undefined; readonly split: Split };

/** A value that a rule judges, and how it was measured. */
export interface Figure {
  readonly value: number;
  /** The hardware of the pick or of the latency, spelled as the API spells it. */
  readonly hardware?: string | undefined;
  /** Undefined if it is a figure of the model as a whole. */
  readonly origin?: FigureOrigin | undefined;
  /** What it was counted from, if that is known. */
  readonly sample?: Sample | undefined;
  /** Why an evaluation does not tell that. */
  readonly uncounted?: EvaluationLack | undefined;
}

interface Found {
  readonly kind: 'found';
  readonly figures: readonly [Figure, ...Figure[]];
}

/** The figures in `details` that a rule on classes or a split judges, from one source, if told measured `like` another; of `[*]` one for each class with objects. */
export function measureFigures(
  rule: Pick<Rule, 'metric' | 'ofClass' | 'split'>,
  details: ModelDetails | undefined,
  hardware: string | undefined,
  like: Pick<FigureOrigin, 'source' | 'confidence'> | undefined,
): Found | WhyNoFigure {
  const split = rule.split ?? 'valid';
  const isAtConfidence = AT_CONFIDENCE.includes(rule.metric);
  const isLike = ({ source, confidence }: SplitFigures) =>
    like === undefined || (source === like.source && (!isAtConfidence || confidence === like.confidence));
  const tried = (details?.figures ?? [])
    .filter((figures) => figures.split === split && isLike(figures))
    .map((figures) => figuresIn(figures, rule, hardware));
  const found = tried.find((each) => each.kind === 'found');
  if (found !== undefined) return found;
  const why = tried.find((each) => each.kind !== 'not-there');
  if (why !== undefined) return why;
  const reported = tried.flatMap((each) => (each.kind === 'not-there' ? each.reported : []));
  const by = rule.ofClass === undefined ? 'split' : 'class';
  const lacking = details?.lacking.find(
    (each) => each.metric === rule.metric && each.split === split && each.by === by,
  );
  return { ...notThere(split, [...new Set(reported)]), lack: lacking?.why };
}

function figuresIn(
  { split, source, confidence, all, samples, classes }: SplitFigures,
  { metric, ofClass }: Pick<Rule, 'metric' | 'ofClass'>,
  hardware: string | undefined,
): Found | WhyNoFigure {
  if (metric === 'latency') return notThere(split, []);
  const origin = { split, source, confidence, leftOut: [] };
  if (ofClass === undefined)
    return foundIn([{ name: undefined, metrics: all, samples }], metric, hardware, origin);
  if (classes.length === 0) return notThere(split, []);
  const withObjects = classes.filter(({ hasObjects }) => hasObjects || metric === 'objects');
  if (ofClass.kind === 'every') {
    const leftOut = classes.filter((each) => !withObjects.includes(each)).map(({ name }) => name);
    return foundIn(withObjects, metric, hardware, { ...origin, leftOut });
  }
  const names = classes.map(({ name }) => name);
  const name = classNamed(ofClass.name, names);
  if (name === undefined) return { kind: 'no-class', name: ofClass.name, split, classes: names };
  const own = withObjects.filter((each) => each.name === name);
  const found = foundIn(own, metric, hardware, origin);
  return found.kind === 'no-objects' ? { ...found, name } : found;
}

/** The value of each; if one of them has none, nothing: it could be the one that decides. */
function foundIn(
  each: readonly (Pick<ClassFigures, 'metrics' | 'samples'> & { readonly name: string | undefined })[],
  metric: AccuracyMetric,
  hardware: string | undefined,
  origin: Omit<FigureOrigin, 'className'>,
): Found | WhyNoFigure {
  const figures: Figure[] = [];
  for (const { name, metrics, samples } of each) {
    const value = metrics.get(metric);
    if (value === undefined) return notThere(origin.split, [...metrics.keys()]);
    const sample = samples?.get(metric);
    figures.push({ value, hardware, origin: { ...origin, className: name }, sample });
  }
  const [first, ...others] = figures;
  return first === undefined
    ? { kind: 'no-objects', name: undefined, split: origin.split }
    : { kind: 'found', figures: [first, ...others] };
}

function notThere(split: Split, reported: readonly AccuracyMetric[]) {
  return { kind: 'not-there', split, reported, lack: undefined } as const;
}
