/** A JSON object whose fields are not read yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether `value` is a JSON object. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined if `text` is not JSON, not even as Python writes it; JSON itself has no undefined. A byte order mark before it is passed over. */
export function parseJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  return parsed(json) ?? (/NaN|Infinity/.test(json) ? parsed(quoteBareNumbers(json)) : undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Python's `json.dumps` writes these bare. As texts they are no numbers either, and are shown as they came. A text that
 * never closes is passed over as one, which is no JSON then, but is found out at once.
 */
function quoteBareNumbers(text: string): string {
  return text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|-?\bInfinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

/** More levels than any answer of the API has; whatever goes through a value level by level can bear these. */
const MOST_LEVELS = 100;

/** Whether `value`, which was parsed from JSON, has more levels than can be read. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth < MOST_LEVELS && level.length > 0; depth += 1)
    level = level.flatMap(containersIn);
  return level.length > 0;
}

function containersIn(value: unknown): readonly unknown[] {
  const inner = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  return inner.filter((each) => typeof each === 'object' && each !== null);
}
