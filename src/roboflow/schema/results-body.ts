import * as v from 'valibot';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import type { Phase } from '../../training/training.ts';
import { beganIn, Count, lenient, NonEmpty, textOf, unexpected, VersionNumber, Word } from './shape.ts';
import { phaseOf } from './status-words.ts';

const ResultsBody = v.looseObject({
  trainingId: lenient(NonEmpty),
  versionId: lenient(VersionNumber),
  status: lenient(Word),
  modelType: lenient(NonEmpty),
  modelGroup: lenient(NonEmpty),
  modelCount: lenient(Count),
  models: lenient(v.array(v.unknown())),
  recommendedByHardware: v.optional(v.unknown()),
});

/** `training/results` as far as it matters here; models stay unread until their scale is known. */
export interface ResultsBody {
  readonly trainingId: string | undefined;
  /** Every version that they name. */
  readonly versions: readonly number[];
  readonly phase: Phase;
  /** The API's own word for the phase. */
  readonly status: string | undefined;
  readonly modelType: string | undefined;
  readonly modelGroup: string | undefined;
  /** How many there are to be in the end; undefined if it does not say. */
  readonly modelCount: number | undefined;
  readonly models: readonly JsonObject[];
  readonly recommended: ReadonlyMap<string, string>;
}

/** Results that tell nothing. */
export const NO_RESULTS: ResultsBody = {
  trainingId: undefined,
  versions: [],
  phase: 'unknown',
  status: undefined,
  modelType: undefined,
  modelGroup: undefined,
  modelCount: undefined,
  models: [],
  recommended: new Map(),
};

/**
 * Reads a training's results (docs/roboflow-api.md#training-results).
 * @throws ShapeError
 */
export function readResults(body: unknown): ResultsBody {
  const parsed = v.safeParse(ResultsBody, body);
  if (
    !parsed.success ||
    (parsed.output.status ?? parsed.output.trainingId ?? parsed.output.models) === undefined
  )
    throw unexpected('the results of a training', body);
  const { trainingId, versionId, status, modelType, modelGroup, modelCount, models, recommendedByHardware } =
    parsed.output;
  const versionInId = trainingId === undefined ? undefined : versionInPath(trainingId);
  return {
    trainingId,
    versions: [versionInId, versionId].filter((version) => version !== undefined),
    phase: status === undefined ? 'unknown' : phaseOf(status),
    status,
    modelType,
    modelGroup,
    modelCount,
    models: (models ?? []).filter(isRecord),
    recommended: textMap(recommendedByHardware),
  };
}

/** A row of the models list, as far as it tells whose it is; its metrics stay unread until their scale is known. */
export interface ModelRow {
  /** `workspace/slug`, or `workspace/project/version` of the older kind. */
  readonly url: string;
  readonly version: number | undefined;
  readonly modelType: string | undefined;
  /** The architecture search that it is a model of. */
  readonly group: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAtMs: number | undefined;
  readonly body: JsonObject;
}

const RowFields = v.looseObject({
  url: NonEmpty,
  version: lenient(VersionNumber),
  modelType: lenient(NonEmpty),
  group: lenient(NonEmpty),
});

/**
 * Reads the models list: a bare array, of which only rows with a url name a model (docs/roboflow-api.md#models).
 * @throws ShapeError
 */
export function readModelRows(body: unknown): readonly ModelRow[] {
  if (!Array.isArray(body)) throw unexpected('a list of models', body);
  return body.flatMap((row) => toModelRow(row) ?? []);
}

function toModelRow(row: unknown): ModelRow | undefined {
  const parsed = v.safeParse(RowFields, row);
  if (!isRecord(row) || !parsed.success) return undefined;
  const { url, version, modelType, group } = parsed.output;
  return {
    url,
    version: versionInPath(url) ?? version,
    modelType,
    group,
    createdAtMs: beganIn(row),
    body: row,
  };
}

/** The version in `workspace/project/7`, as older urls and ids have it; newer ones are opaque (docs/roboflow-api.md#words-and-ids). */
function versionInPath(path: string): number | undefined {
  const parsed = v.safeParse(VersionNumber, path.split('/').length === 3 ? path : undefined);
  return parsed.success ? parsed.output : undefined;
}

function textMap(value: unknown): ReadonlyMap<string, string> {
  if (!isRecord(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, text]) => {
      const read = textOf(text);
      return read === undefined ? [] : [[name, read] as const];
    }),
  );
}
