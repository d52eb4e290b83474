/** A JSON object whose fields are not read yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether `value` is a JSON object. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined if `text` is no JSON, also as Python writes it, or nests too deep. `inTexts` is done to each text and name in it. */
export function parseJson(text: string, inTexts: (text: string) => string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  const bare = /NaN|Infinity/.test(json) ? quoteBareNumbers(json) : json;
  return parsed(json, inTexts) ?? (bare === json ? undefined : parsed(bare, inTexts));
}

function parsed(text: string, inTexts: (text: string) => string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'string') return inTexts(value);
      if (!isRecord(value) || Object.keys(value).every((name) => inTexts(name) === name)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [inTexts(name), each]));
    });
  } catch {
    return undefined;
  }
}

/** Python's `json.dumps` writes these bare; they become texts. A text that never closes is passed over as one. */
function quoteBareNumbers(text: string): string {
  return text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|-?\bInfinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}
