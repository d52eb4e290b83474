import * as v from 'valibot';
import { isRecord } from '../../lib/json.ts';
import { ClassName, Count, Fraction, lenient } from './shape.ts';

/** What a version's own training results say of one class, or of all, on one split. Fractions, 0 to 1. */
export interface TrainResultsRow {
  readonly name: string;
  readonly targets: number | undefined;
  readonly precision: number | undefined;
  readonly recall: number | undefined;
  readonly map50: number | undefined;
  readonly map5095: number | undefined;
}

/** The rows by split: `valid`, `test`. Empty if the version has none (docs/roboflow-api.md#version). */
export type TrainResults = ReadonlyMap<string, readonly TrainResultsRow[]>;

/** The name of the row that stands for all classes. */
export const ALL_CLASSES = 'all';

const Row = v.looseObject({
  class: ClassName,
  targets: lenient(Count),
  precision: lenient(Fraction),
  recall: lenient(Fraction),
  map50: lenient(Fraction),
  map95: lenient(Fraction),
});

/** Reads `version.train.results`, where figures are fractions in texts, and `map95` is mAP50-95. */
export function readTrainResults(train: unknown): TrainResults {
  const results = isRecord(train) && isRecord(train.results) ? train.results : {};
  const splits = isRecord(results.class_map) ? Object.entries(results.class_map) : [];
  return new Map(splits.map(([split, rows]) => [split, Array.isArray(rows) ? rows.flatMap(rowOf) : []]));
}

function rowOf(row: unknown): readonly TrainResultsRow[] {
  const parsed = v.safeParse(Row, row);
  if (!parsed.success) return [];
  const { class: name, targets, precision, recall, map50, map95 } = parsed.output;
  return [{ name, targets, precision, recall, map50, map5095: map95 }];
}
