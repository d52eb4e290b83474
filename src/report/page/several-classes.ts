import { type ClassRow, type ClassTable, classRowsOf, classTable } from './class-table.ts';
import type { Compared, WithModel } from './compared.ts';

/** What several trainings reach on the classes of one split, all by the same metric and answer of Roboflow. */
export interface ClassesSideBySide
  extends Pick<ClassTable, 'split' | 'source' | 'withoutObjects' | 'leading'> {
  /** Weakest first by the first of the trainings; behind them those that only others report. */
  readonly names: readonly string[];
  readonly trainings: readonly ClassesOfTraining[];
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
  const trainings = withModel.flatMap((training) => classesOf(training, first));
  if (trainings.length < LEAST_TRAININGS) return undefined;
  const names = [first.rows.map(({ name }) => name), ...trainings.map(({ rows }) => [...rows.keys()])].flat();
  return { ...first, names: [...new Set(names)], trainings };
}

function classesOf(training: WithModel, table: ClassTable): readonly ClassesOfTraining[] {
  const rows = classRowsOf(training, table);
  if (!rows.some(({ metrics }) => metrics.has(table.leading))) return [];
  return [{ modelType: training.modelType, rows: new Map(rows.map((row) => [row.name, row])) }];
}
