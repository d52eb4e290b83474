/** Undefined where `text` is not JSON, not even as Python writes it; JSON itself has no undefined. */
export function parseJson(text: string): unknown {
  return parsed(text) ?? parsed(quoteBareNumbers(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Python's `json.dumps` writes these bare. As texts they are no numbers either, and are shown as they came. */
function quoteBareNumbers(text: string): string {
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}
