import type { Verdict } from '../../gate/decide.ts';
import { ACCURACY_METRICS, type AccuracyMetric, isCount, type Metric, unitOf } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import type { Rule } from '../../gate/rules.ts';
import type { ClassFigures, FigureSource, Split, SplitFigures } from '../../gate/split-figures.ts';

/** What the headline model reaches on each class of one split, by one of Roboflow's answers. */
export interface ClassTable {
  readonly split: Split;
  readonly source: FigureSource;
  readonly isJudged: boolean;
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

interface HeldAgainst {
  readonly metric: Metric;
  readonly bound: number;
  /** The severity of the rule if the class breaks it. */
  readonly breaks: Rule['severity'] | undefined;
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
  const onFigures = onClasses.filter(({ rule }) => !isCount(rule.metric));
  const broken = onFigures.filter(({ state }) => state === 'broken');
  const deciding = broken.find(isBinding) ?? broken[0] ?? onFigures[0];
  const figures = figuresFor(deciding, headline?.details?.figures ?? []);
  const classes = figures?.classes.filter(({ hasObjects }) => hasObjects) ?? [];
  const reported = new Set<Metric>(classes.flatMap(({ metrics }) => [...metrics.keys()]));
  const leading = leadingOf(deciding, reported);
  if (figures === undefined || leading === undefined || classes.length < LEAST_CLASSES) return undefined;
  const { split, source } = figures;
  const judgedHere = judgedBy(onClasses, figures);
  const rows = classRows(figures, judgedHere, { model: before, metric: leading });
  const figureOf = ({ metrics }: ClassRow) => metrics.get(leading) ?? Number.MAX_VALUE;
  return {
    split,
    source,
    isJudged: onClasses.length > 0,
    leading,
    others: othersOf(judgedHere, leading, reported),
    rows: rows.toSorted((a, b) => figureOf(a) - figureOf(b)),
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
  const earlier = before && figuresOn(before.model, figures);
  const valueBefore = (name: string) =>
    before && earlier?.classes.find((each) => each.name === name)?.metrics.get(before.metric);
  return figures.classes
    .filter(({ hasObjects }) => hasObjects)
    .map((each) => ({
      ...each,
      before: valueBefore(each.name),
      heldAgainst: heldAgainst(judgedHere, each.name),
    }));
}

function heldAgainst(results: readonly RuleResult[], className: string): readonly HeldAgainst[] {
  return results
    .flatMap((result) => result.classes ?? [result])
    .flatMap((result) => {
      if (result.state === 'unknown' || result.origin?.className !== className) return [];
      const { rule, bound, state } = result;
      return [{ metric: rule.metric, bound, breaks: state === 'broken' ? rule.severity : undefined }];
    });
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

/** The metrics that rules hold against classes, and of the usual ones as many as there is room for. */
function othersOf(
  judgedHere: readonly RuleResult[],
  leading: AccuracyMetric,
  reported: ReadonlySet<Metric>,
): readonly AccuracyMetric[] {
  const byRules = new Set(judgedHere.map(({ rule }) => rule.metric));
  const isOther = (metric: AccuracyMetric) => metric !== leading && reported.has(metric);
  const first = ACCURACY_METRICS.filter((metric) => isOther(metric) && byRules.has(metric));
  const usual = USUAL_OTHERS.filter(isOther);
  return [...new Set([...first, ...usual])].slice(0, Math.max(FEW_OTHERS, first.length));
}

function figuresOn(model: Model | undefined, { split, source }: FigurePlace): SplitFigures | undefined {
  return model?.details?.figures.find(
    (each) => each.split === split && each.source === source && each.classes.length > 0,
  );
}
