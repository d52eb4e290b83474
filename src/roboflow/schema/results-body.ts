import * as v from 'valibot';
import { isRecord } from '../../lib/json.ts';
import { knownMap } from '../../lib/known-map.ts';
import {
  beganIn,
  Count,
  lenient,
  NonEmpty,
  readAs,
  textOf,
  unexpected,
  VersionNumber,
  Word,
} from './shape.ts';
import { phaseOf } from './training-body.ts';

const ResultsFields = v.looseObject({
  trainingId: lenient(NonEmpty),
  versionId: lenient(VersionNumber),
  status: lenient(Word),
  modelType: lenient(NonEmpty),
  modelGroup: lenient(NonEmpty),
  modelCount: lenient(Count),
  models: lenient(v.array(v.unknown())),
  recommendedByHardware: v.optional(v.unknown()),
});

/** `training/results` as far as it matters here: what is undefined was not said; models stay unread until their scale is known. */
export type ResultsBody = Readonly<ReturnType<typeof readResults>>;

/** Reads a training's results (docs/internals/roboflow-api.md#training-results). */
export function readResults(body: unknown) {
  const fields = readAs(ResultsFields, body);
  if (fields === undefined || (fields.status ?? fields.trainingId ?? fields.models) === undefined)
    throw unexpected('the results of a training', body);
  const { trainingId, versionId, status, modelType, modelGroup, modelCount, models = [] } = fields;
  const versionInId = trainingId === undefined ? undefined : versionInPath(trainingId);
  return {
    trainingId,
    /** Every version that they name. */
    versions: [versionInId, versionId].filter((version) => version !== undefined),
    phase: phaseOf(status ?? 'unknown'),
    /** The API's own word for the phase. */
    status,
    modelType,
    modelGroup,
    /** How many there are to be in the end. */
    modelCount,
    models: models.filter(isRecord),
    recommended: textMap(fields.recommendedByHardware),
  };
}

const RowFields = v.looseObject({
  url: NonEmpty,
  version: lenient(VersionNumber),
  modelType: lenient(NonEmpty),
  group: lenient(NonEmpty),
});

/** A row of the models list: `url` is `workspace/slug`, or `workspace/project/version`; `group` the search. Metrics stay unread. */
export type ModelRow = Readonly<NonNullable<ReturnType<typeof toModelRow>>>;

/** Reads the models list: a bare array, of which only rows with a url name a model (docs/internals/roboflow-api.md#models). */
export function readModelRows(body: unknown): readonly ModelRow[] {
  if (!Array.isArray(body)) throw unexpected('a list of models', body);
  return body.flatMap((row) => toModelRow(row) ?? []);
}

function toModelRow(row: unknown) {
  const body = readAs(RowFields, row);
  if (body === undefined) return undefined;
  const { url, modelType, group } = body;
  const version = versionInPath(url) ?? body.version;
  return { url, version, modelType, group, createdAtMs: beganIn(body), body };
}

/** The version in `workspace/project/7`, as older urls and ids have it; newer ones are opaque (docs/internals/roboflow-api.md#words-and-ids). */
function versionInPath(path: string): number | undefined {
  return path.split('/').length === 3 ? readAs(VersionNumber, path) : undefined;
}

function textMap(value: unknown): ReadonlyMap<string, string> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return knownMap(entries.map(([name, each]) => [name, textOf(each)]));
}
