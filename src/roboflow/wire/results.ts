import * as v from 'valibot';
import { isRecord, type JsonObject } from '../../json.ts';
import { lenient, NonEmpty, textOf, unexpected } from './shape.ts';

const ResultsBody = v.looseObject({
  trainingId: lenient(NonEmpty),
  status: lenient(NonEmpty),
  modelType: lenient(NonEmpty),
  modelGroup: lenient(NonEmpty),
  models: lenient(v.array(v.unknown())),
  recommendedByHardware: v.optional(v.unknown()),
});

/** `training/results` as far as it matters here; models stay unread until their scale is known. */
export interface ResultsBody {
  readonly trainingId: string | undefined;
  readonly modelType: string | undefined;
  readonly modelGroup: string | undefined;
  readonly models: readonly JsonObject[];
  readonly recommended: ReadonlyMap<string, string>;
}

/**
 * Reads a run's results (API reference, 2.5).
 * @throws ShapeError
 */
export function readResults(body: unknown): ResultsBody {
  const parsed = v.safeParse(ResultsBody, body);
  if (
    !parsed.success ||
    (parsed.output.status ?? parsed.output.trainingId ?? parsed.output.models) === undefined
  )
    throw unexpected('the results of a training', body);
  const { trainingId, modelType, modelGroup, models, recommendedByHardware } = parsed.output;
  return {
    trainingId,
    modelType,
    modelGroup,
    models: (models ?? []).filter(isRecord),
    recommended: textMap(recommendedByHardware),
  };
}

/**
 * Reads the models list: a bare array (API reference, 2.8).
 * @throws ShapeError
 */
export function readModelRows(body: unknown): readonly JsonObject[] {
  if (!Array.isArray(body)) throw unexpected('a list of models', body);
  return body.filter(isRecord);
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
