import type { AccuracyMetric } from '../../gate/metric.ts';
import { type ClassRow, type ClassTable, classRowsOf, classTable, weakestFirst } from './class-table.ts';
import type { Compared, WithModel } from './compared.ts';

/** What several trainings reach on the classes of one split, all by the same answer of Roboflow. */
export interface ClassesSideBySide extends Pick<ClassTable, 'split' | 'source' | 'withoutObjects'> {
  /** In the order of the metric that leads, then of those of other rules on classes. */
  readonly orders: readonly ClassesInOrder[];
  readonly trainings: readonly ClassesOfTraining[];
}

/** The classes, weakest first by a metric of the first of the trainings; behind them those that only others report. */
export interface ClassesInOrder {
  readonly metric: AccuracyMetric;
  readonly names: readonly string[];
}

/** What one of them reaches. */
export interface ClassesOfTraining {
  readonly modelType: string;
  readonly rows: ReadonlyMap<string, ClassRow>;
}

const LEAST_TRAININGS = 2;

/** The classes of all trainings as the best one reports them: its split, metric and source. Undefined if no other does. */
export function classesSideBySide({ withModel }: Compared): ClassesSideBySide | undefined {
  const first = withModel
    .map((training) => classTable(training, undefined))
    .find((table) => table !== undefined);
  if (first === undefined) return undefined;
  const { split, source, withoutObjects, leading, others, rows } = first;
  const trainings = withModel.flatMap((training) => classesOf(training, first));
  if (trainings.length < LEAST_TRAININGS) return undefined;
  const judged = new Set(rows.flatMap(({ heldAgainst }) => heldAgainst.map(({ metric }) => metric)));
  const metrics = [leading, ...others.filter((metric) => judged.has(metric))];
  const orders = metrics.map((metric) => ({ metric, names: namesInOrder(rows, metric, trainings) }));
  return { split, source, withoutObjects, orders, trainings };
}

function namesInOrder(
  rows: readonly ClassRow[],
  metric: AccuracyMetric,
  trainings: readonly ClassesOfTraining[],
): readonly string[] {
  const first = weakestFirst(rows, metric).map(({ name }) => name);
  return [...new Set([...first, ...trainings.flatMap((each) => [...each.rows.keys()])])];
}

function classesOf(
  training: WithModel,
  { split, source, leading }: ClassTable,
): readonly ClassesOfTraining[] {
  const rows = classRowsOf(training, { split, source });
  if (!rows.some(({ metrics }) => metrics.has(leading))) return [];
  return [{ modelType: training.modelType, rows: new Map(rows.map((row) => [row.name, row])) }];
}
