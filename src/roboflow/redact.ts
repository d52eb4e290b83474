/** What stands where a key stood. */
const MASK = '***';

/** A shorter key is no secret, and taking it out would take texts apart. */
const SHORTEST_KEY = 6;

/** `text` without `key`, plain or as it looks inside a URL. */
export function redacted(text: string, key: string): string {
  if (key.length < SHORTEST_KEY) return text;
  return keyForms(key).reduce((clean, form) => clean.replaceAll(form, MASK), text);
}

/** The forms in which `key` can show up in texts; each is to be registered with the runner's masks. */
export function keyForms(key: string): readonly string[] {
  if (key === '') return [];
  const inQuery = new URLSearchParams({ key }).toString().slice('key='.length);
  return [...new Set([key, encodeURIComponent(key), inQuery, JSON.stringify(key).slice(1, -1)])];
}
