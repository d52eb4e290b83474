import { clipped } from './fit-text.ts';

const MASK = '***';

/** A shorter text is no key, and replacing it would make other texts unreadable. */
const SHORTEST_KEY = 6;

/** `text` with `***` in place of `key`, in each of the forms in which the key can travel. */
export function redacted(text: string, key: string): string {
  return redactorOf(key)(text);
}

/** The same for many texts. */
export function redactorOf(key: string): (text: string) => string {
  // The longest first: if one form contains another, nothing of it may be left.
  const forms = key.length < SHORTEST_KEY ? [] : keyForms(key).toSorted((a, b) => b.length - a.length);
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, MASK), text);
}

/** The start of `text`, without `key`, also if JSON escapes hide it: enough to recognise the error page of a proxy. */
export function redactedExcerpt(text: string, key: string): string {
  return clipped(redacted(withoutEscapes(text), key).replace(/\s+/g, ' ').trim(), 120);
}

/** Printable ASCII is all that a key consists of. */
function withoutEscapes(text: string): string {
  return text.replace(/\\u00([2-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The forms in which `key` can travel, for the runner's masks, which cover base64 themselves (docs/internals/github.md#text-and-secrets). */
export function keyForms(key: string): readonly string[] {
  if (key === '') return [];
  const inQuery = new URLSearchParams({ key }).toString().slice('key='.length);
  const inJson = JSON.stringify(key).slice(1, -1);
  return [...new Set([key, encodeURIComponent(key), inQuery, inJson])];
}
