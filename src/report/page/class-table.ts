import type { Verdict } from '../../gate/decide.ts';
import { ACCURACY_METRICS, type AccuracyMetric, type Metric, unitOf } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import type { ClassFigures, FigureSource, Split, SplitFigures } from '../../gate/split-figures.ts';
import { type HeldAgainst, heldAgainst } from './class-rules.ts';

/** What the headline model reaches on each class of one split, by one of Roboflow's answers. */
export interface ClassTable {
  readonly split: Split;
  readonly source: FigureSource;
  /** Whether a rule names classes. */
  readonly isJudged: boolean;
  /** The metric by which the classes are in order. */
  readonly leading: AccuracyMetric;
  readonly others: readonly AccuracyMetric[];
  /** Weakest first; behind them those without the leading metric. */
  readonly rows: readonly ClassRow[];
  /** How many classes are left out, since the split has no object of them; 0 if a rule names them. */
  readonly withoutObjects: number;
}

/** One class. */
export interface ClassRow extends ClassFigures {
  /** The leading metric of the same class in the version before, on the same split by the same answer of Roboflow. */
  readonly before: number | undefined;
  readonly heldAgainst: readonly HeldAgainst[];
}

/** A model and what rules say of it. */
export type JudgedModel = Pick<Verdict, 'headline' | 'rules'>;

/** Which figures of a model are meant. */
export type FigurePlace = Pick<SplitFigures, 'split' | 'source'>;

/** A table of one class tells nothing. */
const LEAST_CLASSES = 2;

/**
 * The classes of the headline model, by the first broken rule on classes, or else the first rule on classes: on its split,
 * by its metric. Without such a rule on validation, by mAP50. Undefined if there are no two classes to tell apart.
 * @param before the headline model of the version before
 */
export function classTable(judged: JudgedModel, before: Model | undefined): ClassTable | undefined {
  const { headline } = judged;
  const onClasses = rulesOnClasses(judged);
  const deciding = decidingOf(onClasses);
  const figures = figuresFor(deciding, headline?.details?.figures ?? []);
  const classes = figures?.classes.filter(({ hasObjects }) => hasObjects) ?? [];
  const reported = new Set<Metric>(classes.flatMap(({ metrics }) => [...metrics.keys()]));
  const leading = leadingOf(deciding, reported);
  if (figures === undefined || leading === undefined || classes.length < LEAST_CLASSES) return undefined;
  const { split, source } = figures;
  const judgedHere = judgedBy(onClasses, figures);
  const rows = classRows(figures, judgedHere, { model: before, metric: leading });
  return {
    split,
    source,
    isJudged: onClasses.length > 0,
    leading,
    others: othersOf(judgedHere, leading, reported),
    rows: weakestFirst(rows, leading),
    withoutObjects: judgedHere.some(({ origin }) => origin?.leftOut.length)
      ? 0
      : figures.classes.length - classes.length,
  };
}

/** The rows of what another model reaches on the same split by the same answer of Roboflow, in the order of that answer. */
export function classRowsOf(judged: JudgedModel, place: FigurePlace): readonly ClassRow[] {
  const figures = figuresOn(judged.headline, place);
  return figures === undefined ? [] : classRows(figures, judgedBy(rulesOnClasses(judged), place));
}

function rulesOnClasses({ headline, rules }: JudgedModel): readonly RuleResult[] {
  return rules.filter(({ rule, modelId }) => rule.ofClass !== undefined && modelId === headline?.id);
}

/** Those that were judged by figures of this place. */
function judgedBy(onClasses: readonly RuleResult[], { split, source }: FigurePlace): readonly RuleResult[] {
  return onClasses.filter(({ origin }) => origin?.split === split && origin.source === source);
}

function classRows(
  figures: SplitFigures,
  judgedHere: readonly RuleResult[],
  before?: { readonly model: Model | undefined; readonly metric: AccuracyMetric },
): readonly ClassRow[] {
  const valuesBefore = before && valuesOf(before.model, figures, before.metric);
  return figures.classes
    .filter(({ hasObjects }) => hasObjects)
    .map((each) => ({
      ...each,
      before: valuesBefore?.get(each.name),
      heldAgainst: heldAgainst(judgedHere, each.name),
    }));
}

function decidingOf(onClasses: readonly RuleResult[]): RuleResult | undefined {
  const broken = onClasses.filter(({ state }) => state === 'broken');
  return broken.find(isBinding) ?? broken[0] ?? onClasses[0];
}

/** Those that `deciding` was judged by; else of its split; else the first that there are. */
function figuresFor(
  deciding: RuleResult | undefined,
  all: readonly SplitFigures[],
): SplitFigures | undefined {
  const split = deciding?.origin?.split ?? deciding?.rule.split ?? 'valid';
  const withClasses = all.filter(({ classes }) => classes.length > 0);
  const ofSplit = withClasses.filter((each) => each.split === split);
  return ofSplit.find(({ source }) => source === deciding?.origin?.source) ?? ofSplit[0] ?? withClasses[0];
}

function leadingOf(
  deciding: RuleResult | undefined,
  reported: ReadonlySet<Metric>,
): AccuracyMetric | undefined {
  const usable = ACCURACY_METRICS.filter((metric) => reported.has(metric) && unitOf(metric) === 'percent');
  return (
    usable.find((metric) => metric === deciding?.rule.metric) ??
    usable.find((metric) => metric === 'map50') ??
    usable[0]
  );
}

const USUAL_OTHERS: readonly AccuracyMetric[] = ['recall', 'precision', 'map50', 'map50-95'];
const FEW_OTHERS = 2;
const MOST_OTHERS = 3;

/** The metrics that rules hold against classes, and of the usual ones as many as there is room for. */
function othersOf(
  judgedHere: readonly RuleResult[],
  leading: AccuracyMetric,
  reported: ReadonlySet<Metric>,
): readonly AccuracyMetric[] {
  const byRules = new Set(judgedHere.map(({ rule }) => rule.metric));
  const isOther = (metric: AccuracyMetric) => metric !== leading && reported.has(metric);
  const first = ACCURACY_METRICS.filter((metric) => isOther(metric) && byRules.has(metric));
  const room = Math.max(FEW_OTHERS, Math.min(MOST_OTHERS, first.length));
  return [...new Set([...first, ...USUAL_OTHERS.filter(isOther)])].slice(0, room);
}

/** Class to its value, of figures that can be compared with `figures`. */
function valuesOf(
  model: Model | undefined,
  place: FigurePlace,
  metric: AccuracyMetric,
): ReadonlyMap<string, number> {
  return new Map(
    (figuresOn(model, place)?.classes ?? []).flatMap(({ name, metrics }) => {
      const value = metrics.get(metric);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function figuresOn(model: Model | undefined, { split, source }: FigurePlace): SplitFigures | undefined {
  return model?.details?.figures.find(
    (each) => each.split === split && each.source === source && each.classes.length > 0,
  );
}

/** `rows` from the least value of `metric` on; behind them those without it. */
export function weakestFirst(rows: readonly ClassRow[], metric: AccuracyMetric): readonly ClassRow[] {
  const keyed = rows.map((row) => ({ row, value: row.metrics.get(metric) ?? Number.POSITIVE_INFINITY }));
  // Not by subtraction: two that are infinite have no difference.
  return keyed
    .toSorted((a, b) => (a.value === b.value ? 0 : a.value < b.value ? -1 : 1))
    .map(({ row }) => row);
}
