import * as v from 'valibot';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import {
  beganIn,
  ClassName,
  Count,
  endedIn,
  Fraction,
  lenient,
  NonEmpty,
  unexpected,
  VersionNumber,
} from './shape.ts';

const VersionFields = v.looseObject({
  id: VersionNumber,
  images: lenient(Count),
  generating: lenient(v.boolean()),
  progress: lenient(Fraction),
  splits: lenient(v.looseObject({ train: lenient(Count), valid: lenient(Count), test: lenient(Count) })),
  exports: lenient(v.array(v.string())),
  classes: lenient(v.array(v.unknown())),
});

/** A dataset version, as far as it matters here (docs/roboflow-api.md#version); what is undefined was not said. */
export interface VersionBody {
  readonly number: number;
  readonly images: number | undefined;
  readonly generating: boolean;
  /** Of its generation, 0 to 1. */
  readonly progress: number | undefined;
  /** Images by split. */
  readonly splits: SplitCounts;
  /** The formats that it is exported in. */
  readonly exports: readonly string[];
  /** The names of its classes; empty if it does not say. */
  readonly classes: readonly string[];
  readonly preprocessing: JsonObject | undefined;
  readonly augmentation: JsonObject | undefined;
  readonly model: VersionModel | undefined;
  /** What its own training came to, by split and class. */
  readonly trainResults: TrainResults;
}

/** How many images each split has; undefined is what was not said. */
export type SplitCounts = Readonly<Record<'train' | 'valid' | 'test', number | undefined>>;

/** The one model that an older version carries; its metrics stay unread until their scale is known. */
export interface VersionModel {
  readonly id: string;
  readonly modelType: string | undefined;
  /** When its training began, or else when it ended, in epoch milliseconds. */
  readonly trainedAtMs: number | undefined;
  /** From its beginning to its end. */
  readonly trainedMs: number | undefined;
  readonly body: JsonObject;
}

const ModelFields = v.looseObject({
  id: NonEmpty,
  modelType: lenient(NonEmpty),
});

function toVersionModel(model: unknown): VersionModel | undefined {
  const parsed = v.safeParse(ModelFields, model);
  if (!isRecord(model) || !parsed.success) return undefined;
  const { id, modelType } = parsed.output;
  const [start, end] = [beganIn(model), endedIn(model)];
  const trainedMs = start !== undefined && end !== undefined && start < end ? end - start : undefined;
  return { id, modelType, trainedAtMs: start ?? end, trainedMs, body: model };
}

/** The documents only say that there is a list: of names, or of objects with one. */
function classNameIn(entry: unknown): readonly string[] {
  const name = v.safeParse(ClassName, isRecord(entry) ? (entry.name ?? entry.class) : entry);
  return name.success ? [name.output] : [];
}

function toVersion(version: unknown): VersionBody | undefined {
  const parsed = v.safeParse(VersionFields, version);
  if (!isRecord(version) || !parsed.success) return undefined;
  const { id, images, generating, progress, splits, exports, classes } = parsed.output;
  return {
    number: id,
    images,
    generating: generating ?? false,
    progress,
    splits: { train: splits?.train, valid: splits?.valid, test: splits?.test },
    exports: exports ?? [],
    classes: (classes ?? []).flatMap(classNameIn),
    preprocessing: isRecord(version.preprocessing) ? version.preprocessing : undefined,
    augmentation: isRecord(version.augmentation) ? version.augmentation : undefined,
    model: toVersionModel(version.model),
    trainResults: readTrainResults(version.train),
  };
}

/**
 * Reads one dataset version.
 * @throws ShapeError
 */
export function readVersion(body: unknown): VersionBody {
  const version = toVersion(isRecord(body) ? body.version : undefined);
  if (version === undefined) throw unexpected('a dataset version', body);
  return version;
}

/**
 * Reads the versions of a project, highest first (docs/roboflow-api.md#project-generate-and-export).
 * @throws ShapeError if there are elements and none could be read
 */
export function readProjectVersions(body: unknown): readonly VersionBody[] {
  const versions = isRecord(body) ? body.versions : undefined;
  if (!Array.isArray(versions)) throw unexpected('a project with its versions', body);
  const read = versions.flatMap((version) => toVersion(version) ?? []);
  if (versions.length > 0 && read.length === 0) throw unexpected('a project with its versions', body);
  return read.sort((a, b) => b.number - a.number);
}

/**
 * Reads the number of the version that was generated, which may come as a string (docs/roboflow-api.md#project-generate-and-export).
 * @throws ShapeError
 */
export function readGenerated(body: unknown): number {
  const parsed = v.safeParse(v.looseObject({ version: VersionNumber }), body);
  if (!parsed.success) throw unexpected('the number of a generated version', body);
  return parsed.output.version;
}

/** How far an export is: 202 while it is built, with its progress (docs/roboflow-api.md#project-generate-and-export). */
export interface ExportBody {
  readonly ready: boolean;
  readonly progress: number | undefined;
}

/**
 * Reads the answer of an export route, where the status says whether it is ready.
 * @throws ShapeError if it claims to be ready without an export
 */
export function readExport(body: unknown, status: number): ExportBody {
  const ready = status === 200;
  if (ready && !(isRecord(body) && (isRecord(body.export) || typeof body.link === 'string')))
    throw unexpected('an export', body);
  const parsed = v.safeParse(v.looseObject({ progress: lenient(Fraction) }), body);
  return { ready, progress: parsed.success ? parsed.output.progress : undefined };
}

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
