import { isRecord } from '../json.ts';
import { clipped } from './clip.ts';

/** What stands where a key stood. */
const MASK = '***';

/** A shorter key is no secret, and taking it out would take texts apart. */
const SHORTEST_KEY = 6;

/** `text` without `key`, plain or as it looks inside a URL or JSON. */
export function redacted(text: string, key: string): string {
  if (key.length < SHORTEST_KEY) return text;
  return keyForms(key).reduce((clean, form) => clean.replaceAll(form, MASK), text);
}

/**
 * Parsed JSON without `key` in any of its texts and names. Only after parsing do all texts read as they will be shown:
 * before, every letter may stand there as an escape.
 */
export function redactedJson(value: unknown, key: string): unknown {
  if (typeof value === 'string') return redacted(value, key);
  if (Array.isArray(value)) return value.map((each) => redactedJson(each, key));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [redacted(name, key), redactedJson(each, key)]),
  );
}

/** The beginning of a text that is not JSON, enough to recognise a proxy's page by; escapes in it may spell the key. */
export function redactedExcerpt(text: string, key: string): string {
  const plain = text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return clipped(redacted(plain, key).replace(/\s+/g, ' ').trim(), 120);
}

/** The forms in which `key` can show up in texts; each is to be registered with the runner's masks. */
export function keyForms(key: string): readonly string[] {
  if (key === '') return [];
  const inUrl = encodeURIComponent(key);
  const inQuery = new URLSearchParams({ key }).toString().slice('key='.length);
  const inJson = JSON.stringify(key).slice(1, -1);
  const lowerCase = [inUrl, inQuery].map((form) => form.replace(/%../g, (code) => code.toLowerCase()));
  return [...new Set([key, inUrl, inQuery, ...lowerCase, inJson, inJson.replaceAll('/', '\\/')])];
}
