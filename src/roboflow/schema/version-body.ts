import * as v from 'valibot';
import { isRecord } from '../../lib/json.ts';
import { knownMap } from '../../lib/known-map.ts';
import {
  beganIn,
  ClassName,
  Count,
  elementsOf,
  endedIn,
  Fraction,
  fieldOf,
  JsonFields,
  lenient,
  NonEmpty,
  readAs,
  required,
  textOf,
  unexpected,
  VersionNumber,
  Whole,
} from './shape.ts';

const VersionFields = v.looseObject({
  id: VersionNumber,
  images: lenient(Count),
  generating: lenient(v.boolean()),
  progress: lenient(Fraction),
  splits: lenient(v.looseObject({ train: lenient(Count), valid: lenient(Count), test: lenient(Count) })),
  exports: lenient(v.array(v.string())),
  classes: v.optional(v.unknown()),
  preprocessing: lenient(JsonFields),
  augmentation: lenient(JsonFields),
});

/** A dataset version, as far as it matters here (docs/internals/roboflow-api.md#version); what is undefined was not said. */
export type VersionBody = Readonly<NonNullable<ReturnType<typeof toVersion>>>;

/** The one model that an older version carries; its metrics stay unread until their scale is known. */
export type VersionModel = Readonly<NonNullable<ReturnType<typeof toVersionModel>>>;

const ModelFields = v.looseObject({ id: NonEmpty, modelType: lenient(NonEmpty) });

function toVersionModel(model: unknown) {
  const body = readAs(ModelFields, model);
  if (body === undefined) return undefined;
  const { id, modelType } = body;
  const [start, end] = [beganIn(body), endedIn(body)];
  const trainedMs = start !== undefined && end !== undefined && start < end ? end - start : undefined;
  /** `trainedAtMs` is when its training began, or else when it ended; `trainedMs` is from its beginning to its end. */
  return { id, modelType, trainedAtMs: start ?? end, trainedMs, body };
}

/** How many objects each class has, as far as that is said. It can come negative. */
type ObjectCounts = ReadonlyMap<string, number>;

/** The documents only say that there is a list: of names, of objects with one and at times a count, or an object of counts. */
function classesIn(classes: unknown): { readonly names: readonly string[]; readonly objects: ObjectCounts } {
  const entries: readonly (readonly [unknown, unknown])[] = isRecord(classes)
    ? Object.entries(classes)
    : (Array.isArray(classes) ? classes : []).map((entry: unknown) =>
        isRecord(entry) ? [entry.name ?? entry.class, entry.count] : [entry, undefined],
      );
  const read = entries.flatMap(([entry, count]) => {
    const name = readAs(ClassName, entry);
    return name === undefined ? [] : [{ name, count: readAs(Whole, count) }];
  });
  return {
    names: read.map(({ name }) => name),
    objects: knownMap(read.map(({ name, count }) => [name, count])),
  };
}

type ProjectFields = ReturnType<typeof projectIn>;

function toVersion(version: unknown, project: ProjectFields) {
  const fields = readAs(VersionFields, version);
  if (fields === undefined) return undefined;
  const { id: number, images, generating = false, progress, splits, preprocessing, augmentation } = fields;
  const { names: classes, objects } = classesIn(fields.classes);
  return {
    ...project,
    number,
    images,
    generating,
    /** Of its generation, 0 to 1. */
    progress,
    /** Images by split. */
    splits: { train: splits?.train, valid: splits?.valid, test: splits?.test },
    exports: fields.exports ?? [],
    classes,
    objects,
    preprocessing,
    augmentation,
    model: toVersionModel(fields.model),
    trainResults: readTrainResults(fields.train),
  };
}

/** `projectObjects` is what the project counts today: a version is a snapshot. */
function projectIn(body: unknown) {
  const project = fieldOf(body, 'project');
  const { objects } = classesIn(fieldOf(project, 'classes'));
  return { projectType: textOf(fieldOf(project, 'type')), projectObjects: objects };
}

/** Reads one dataset version. */
export function readVersion(body: unknown): VersionBody {
  return required(toVersion(fieldOf(body, 'version'), projectIn(body)), 'a dataset version', body);
}

/** Reads the versions of a project, highest first. Throws ShapeError if none of its elements can be read. */
export function readProjectVersions(body: unknown): readonly VersionBody[] {
  const project = projectIn(body);
  const read = (version: unknown) => toVersion(version, project);
  const versions = elementsOf(fieldOf(body, 'versions'), read, 'a project with its versions', body);
  return versions.sort((a, b) => b.number - a.number);
}

/** Reads the number of the version that was generated, which may come as a string (docs/internals/roboflow-api.md#project-generate-and-export). */
export function readGenerated(body: unknown): number {
  const number = readAs(VersionNumber, fieldOf(body, 'version'));
  return required(number, 'the number of a generated version', body);
}

/** Reads the answer of an export route: 202 while it is built. Throws ShapeError if it claims to be ready without an export. */
export function readExport(body: unknown, status: number) {
  const ready = status === 200;
  if (ready && !isRecord(fieldOf(body, 'export')) && typeof fieldOf(body, 'link') !== 'string')
    throw unexpected('an export', body);
  return { ready, progress: readAs(Fraction, fieldOf(body, 'progress')) };
}

const Row = v.object({
  class: ClassName,
  targets: lenient(Count),
  precision: lenient(Fraction),
  recall: lenient(Fraction),
  map50: lenient(Fraction),
  map95: lenient(Fraction),
});

/** What a version's own training results say of one class, or of all, on one split. Fractions, 0 to 1; `map95` is mAP50-95. */
export type TrainResultsRow = Readonly<v.InferOutput<typeof Row>>;

/** The rows by split: `valid`, `test`. Empty if the version has none (docs/internals/roboflow-api.md#version). */
export type TrainResults = ReadonlyMap<string, readonly TrainResultsRow[]>;

/** Whether a row stands for all classes. */
export function isOfAll(row: TrainResultsRow): boolean {
  return row.class.toLowerCase() === 'all';
}

/** Reads `version.train.results`, where figures are fractions in texts. */
export function readTrainResults(train: unknown): TrainResults {
  const splits = readAs(JsonFields, fieldOf(fieldOf(train, 'results'), 'class_map')) ?? {};
  const rowsOf = (list: unknown) => {
    const all: readonly unknown[] = Array.isArray(list) ? list : [];
    const rows = all.flatMap((row) => readAs(Row, row) ?? []);
    // Without one of them the others are not every class.
    return rows.length === all.length ? rows : rows.filter(isOfAll);
  };
  return new Map(Object.entries(splits).map(([split, rows]) => [split, rowsOf(rows)]));
}
