import * as v from 'valibot';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import { ShapeError, textOf } from './shape.ts';

const Address = v.object({ weightsUrl: v.pipe(v.string(), v.trim(), v.url()) });

/**
 * Reads the address of a model's weights (docs/roboflow-api.md#weights-and-stars).
 * @throws ShapeError that does not show what came, for it may hold a secret
 */
export function readWeightsUrl(body: unknown): URL {
  const parsed = v.safeParse(Address, body);
  if (!parsed.success || !URL.canParse(parsed.output.weightsUrl))
    throw new ShapeError(`not an address of weights but ${fieldsOf(body)}`);
  return new URL(parsed.output.weightsUrl);
}

function fieldsOf(body: unknown): string {
  if (!isRecord(body)) return body === undefined ? 'nothing' : `a value of type ${typeof body}`;
  return `an object with ${Object.keys(body).length} fields`;
}

/**
 * Whether a row of the models list says that its model is starred. The form of the field is not documented, so only what
 * cannot be anything else counts: a star that is sent again does no harm.
 */
export function isStarred({ favorites, favorite, starred }: JsonObject): boolean {
  return [favorites, favorite, starred].some(
    (value) => value === true || (Array.isArray(value) && value.length > 0),
  );
}

/** Why a star was not given although the answer is a 2xx; undefined if it was (docs/roboflow-api.md#weights-and-stars). */
export function readStarRefusal(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  if (body.success !== false && !body.error) return undefined;
  return textOf(body.message) ?? textOf(body.error) ?? 'Roboflow gives no reason';
}
