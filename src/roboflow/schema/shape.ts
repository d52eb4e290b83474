import * as v from 'valibot';
import { withoutCalls } from '../../lib/crash-text.ts';
import { clipped } from '../../lib/fit-text.ts';
import { isRecord, type JsonObject } from '../../lib/json.ts';

/** A body that is no answer of the route it came from. The message shows what came. */
export class ShapeError extends Error {
  override name = 'ShapeError';
}

/** Whatever comes, garbage in an optional field must not hide the rest: it counts as absent. */
export function lenient<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

/** An object of which no field is read here. */
export const JsonFields = v.custom<JsonObject>(isRecord);

const TextOrNumber = v.union([v.string(), v.pipe(v.number(), v.finite())]);
const trimmed = v.transform((value: string | number) => String(value).trim());

/** A text that says something; ids and versions also come as numbers. */
export const NonEmpty = v.pipe(TextOrNumber, trimmed, v.nonEmpty());

/** The name of a class as it came, blanks at its ends included: rules name it exactly. */
export const ClassName = v.pipe(TextOrNumber, v.transform(String), v.nonEmpty());

/** One word for people, such as a status; in a log it is not to stand in the way of the rest. */
export const Word = v.pipe(
  NonEmpty,
  v.transform((text) => clipped(text, LONGEST_WORD)),
);

/** In characters. */
const LONGEST_WORD = 100;

/** A number, also if it comes as a string. */
const Numeric = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.trim(), v.nonEmpty())]),
  v.transform(Number),
  v.finite(),
);

/** The number of a dataset version, from whatever form its id has. */
export const VersionNumber = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.transform(lastSegment), v.nonEmpty(), v.transform(Number))]),
  v.integer(),
  v.minValue(1),
);

/** Version ids come as `7`, `"7"` and `"workspace/project/7"`. */
function lastSegment(id: string): string {
  return id.trim().split('/').at(-1) ?? '';
}

/** By how much of a whole their sums may be off, as floating point has it: 1.0000000000000002 is 1, and 1.01 is not reported. */
const ROUNDING = 1e-9;

/** `value` if it is from 0 to `highest`; what is beyond by rounding alone is put right. Undefined for all else. */
export function withinRange(value: number, highest: number): number | undefined {
  const slack = highest * ROUNDING;
  return value >= -slack && value <= highest + slack ? Math.min(Math.max(value, 0), highest) : undefined;
}

/** No inference is faster than 100 ns or slower than 11 days; such a value is a mistake or in another unit. */
const SHORTEST_MS = 1e-4;
const LONGEST_MS = 1e9;

/** How long an inference takes, in milliseconds. */
export const InferenceMs = v.pipe(Numeric, v.minValue(SHORTEST_MS), v.maxValue(LONGEST_MS));

/** A share, 0 to 1. */
export const Fraction = v.pipe(
  Numeric,
  v.transform((value) => withinRange(value, 1)),
  v.number(),
);

/** What is dated out of these years was not dated: as by a 0 while it is queued, or in another unit. */
const EARLIEST_MS = Date.UTC(2015, 0);
const LATEST_MS = Date.UTC(2100, 0);

/** An epoch: seconds as versions have them, or milliseconds. */
const Epoch = v.pipe(
  Numeric,
  v.transform((value) => (value < 1e11 ? value * 1000 : value)),
);

/** A date as text, which is in UTC if it does not name its time zone. */
const DateText = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(60),
  v.transform((text) => Date.parse(namesZone(text) ? text : `${text}Z`)),
);

/** Also of a date alone, which is in UTC anyway. */
function namesZone(text: string): boolean {
  return /(?:Z|GMT|UTC?|[+-]\d\d(?::?\d\d)?)(?: \([^()]*\))?$/i.test(text);
}

/** An ISO date, or any other that JavaScript reads, or an epoch; in epoch milliseconds. */
export const Moment = v.pipe(v.union([Epoch, DateText]), v.minValue(EARLIEST_MS), v.maxValue(LATEST_MS));

/** Under which names answers tell when something began, the most exact first: of a training also when its row was made. */
const BEGINNINGS = ['start', 'started', 'startedAt', 'startTime', 'createdAt', 'created', 'createTime'];
const ENDS = ['end', 'ended', 'endedAt', 'endTime', 'finishedAt', 'completedAt'];

/** When what `body` tells of began, in epoch ms: the first readable date under any of the names in use, in any spelling. */
export function beganIn(body: JsonObject): number | undefined {
  return firstMoment(body, BEGINNINGS);
}

/** When it ended, in the same way. */
export function endedIn(body: JsonObject): number | undefined {
  return firstMoment(body, ENDS);
}

function firstMoment(body: JsonObject, names: readonly string[]): number | undefined {
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
  const dates = names.flatMap((wanted) =>
    Object.entries(body).flatMap(([name, value]) => (plain(name) === plain(wanted) ? [value] : [])),
  );
  return dates.map((date) => readAs(Moment, date)).find((ms) => ms !== undefined);
}

/** In characters; what is longer is no message, but a body that something put into one. */
export const LONGEST_MESSAGE = 2_000;

/** No document names the field of a failure's reason, so every likely one is looked at (docs/internals/roboflow-api.md#d15-why-a-training-failed). */
export function reasonIn(body: JsonObject): string | undefined {
  const nested = isRecord(body.train) ? [body.train.error, body.train.message] : [];
  for (const candidate of [body.error, body.message, body.reason, body.failureReason, ...nested]) {
    const text = isRecord(candidate) ? candidate.message : candidate;
    if (typeof text === 'string' && text.trim() !== '')
      return clipped(withoutCalls(text.trim()), LONGEST_MESSAGE);
  }
  return undefined;
}

/** A whole number. */
export const Whole = v.pipe(Numeric, v.integer());

/** How many of something. */
export const Count = v.pipe(Whole, v.minValue(0));

/** What `schema` reads of `value`; undefined if it is of another shape. */
export function readAs<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> | undefined {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}

/** What {@link NonEmpty} reads, or undefined. */
export function textOf(value: unknown): string | undefined {
  return readAs(NonEmpty, value);
}

/** The error for `body`, which is not what was `wanted`; it shows the beginning of what came. */
export function unexpected(wanted: string, body: unknown): ShapeError {
  return new ShapeError(`not ${wanted} but ${clipped(JSON.stringify(body) ?? 'nothing', 200)}`);
}

/** `value`, which was read of `body`. Throws ShapeError if there is none. */
export function required<Value>(value: Value | undefined, wanted: string, body: unknown): Value {
  if (value === undefined) throw unexpected(wanted, body);
  return value;
}

/** A field of what may be no object. */
export function fieldOf(body: unknown, name: string): unknown {
  return isRecord(body) ? body[name] : undefined;
}

/** What can be read of the elements of `list`. Throws ShapeError if it is none, or has elements and none can be read. */
export function elementsOf<Value>(
  list: unknown,
  read: (element: unknown) => Value | undefined,
  wanted: string,
  body: unknown,
): Value[] {
  const values = Array.isArray(list) ? list.flatMap((element) => read(element) ?? []) : [];
  if (!Array.isArray(list) || (list.length > 0 && values.length === 0)) throw unexpected(wanted, body);
  return values;
}
