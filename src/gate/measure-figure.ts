import { classNamed } from './class-named.ts';
import type { AccuracyMetric } from './metric.ts';
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
  /** As that source spells it; undefined: of all classes together. */
  readonly className: string | undefined;
  /** The classes that `[*]` leaves out, since the split has no object of them. */
  readonly leftOut: readonly string[];
}

/** Why there is no figure of a class or split. */
export type WhyNoFigure =
  /** No answer of Roboflow has it. */
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

export interface Figure {
  readonly kind: 'figure';
  readonly value: number;
  readonly origin: FigureOrigin;
}

/**
 * The figure in `details` that a rule on a class or split judges: of `valid` if the rule names no split, from the first
 * source that has it.
 * @param source undefined: any
 */
export function measureFigure(
  rule: Pick<Rule, 'metric' | 'ofClass' | 'split'>,
  details: ModelDetails | undefined,
  source: FigureSource | undefined,
): Figure | WhyNoFigure {
  const split = rule.split ?? 'valid';
  const candidates = (details?.figures ?? []).filter(
    (figures) => figures.split === split && (source === undefined || figures.source === source),
  );
  const found = candidates.map((figures) => figureIn(figures, rule));
  const figure = found.find(({ kind }) => kind === 'figure');
  if (figure !== undefined) return figure;
  const why = found.find((each) => each.kind !== 'not-there') ?? found[0];
  if (why === undefined) return { kind: 'not-there', split, reported: [], lack: details?.lack };
  if (why.kind !== 'not-there') return why;
  const reported = found.flatMap((each) => (each.kind === 'not-there' ? each.reported : []));
  return { ...why, reported: [...new Set(reported)], lack: details?.lack };
}

function figureIn(
  figures: SplitFigures,
  { metric, ofClass }: Pick<Rule, 'metric' | 'ofClass'>,
): Figure | WhyNoFigure {
  const { split, source, all, classes } = figures;
  if (metric === 'latency') return notThere(split, []);
  const origin = { split, source, className: undefined, leftOut: [] };
  if (ofClass === undefined) {
    const value = all.get(metric);
    return value === undefined ? notThere(split, [...all.keys()]) : { kind: 'figure', value, origin };
  }
  if (ofClass.kind === 'every') return worstOf(figures, metric);
  const names = classes.map(({ name }) => name);
  const name = classNamed(ofClass.name, names);
  const own = classes.find((each) => each.name === name);
  if (own === undefined)
    return classes.length === 0
      ? notThere(split, [])
      : { kind: 'no-class', name: ofClass.name, split, classes: names };
  if (!own.hasObjects) return { kind: 'no-objects', name: own.name, split };
  const value = own.metrics.get(metric);
  return value === undefined
    ? notThere(split, [...own.metrics.keys()])
    : { kind: 'figure', value, origin: { ...origin, className: own.name } };
}

/** The lowest value of all classes that the split has objects of. If one of those has none, it could be the worst. */
function worstOf({ split, source, classes }: SplitFigures, metric: AccuracyMetric): Figure | WhyNoFigure {
  if (classes.length === 0) return notThere(split, []);
  const judged = classes.filter(({ hasObjects }) => hasObjects);
  if (judged.length === 0) return { kind: 'no-objects', name: undefined, split };
  let worst: { readonly value: number; readonly name: string } | undefined;
  for (const each of judged) {
    const value = each.metrics.get(metric);
    if (value === undefined) return notThere(split, [...each.metrics.keys()]);
    if (worst === undefined || value < worst.value) worst = { value, name: each.name };
  }
  if (worst === undefined) return notThere(split, []);
  const leftOut = classes.filter(({ hasObjects }) => !hasObjects).map(({ name }: ClassFigures) => name);
  return { kind: 'figure', value: worst.value, origin: { split, source, className: worst.name, leftOut } };
}

function notThere(split: Split, reported: readonly AccuracyMetric[]): WhyNoFigure {
  return { kind: 'not-there', split, reported, lack: undefined };
}
