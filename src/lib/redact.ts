import { ANSI } from './ansi.ts';
import { clipped } from './clip.ts';
import { isRecord } from './json.ts';

/** What stands where a key stood. */
const MASK = '***';

/** A shorter key is no secret, and taking it out would take texts apart. */
const SHORTEST_KEY = 6;

/** `text` without `key`: plain, as it looks inside a URL, JSON, HTML or base64, and where clean-up would make it whole. */
export function redacted(text: string, key: string): string {
  return without(formsOf(key), text);
}

/**
 * Parsed JSON without `key` in any of its texts and names. Only after parsing do all texts read as they will be shown:
 * before, every letter may stand there as an escape.
 */
export function redactedJson(value: unknown, key: string): unknown {
  return jsonWithout(formsOf(key), value);
}

function jsonWithout(forms: readonly string[], value: unknown): unknown {
  if (typeof value === 'string') return without(forms, value);
  if (Array.isArray(value)) return value.map((each) => jsonWithout(forms, each));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [without(forms, name), jsonWithout(forms, each)]),
  );
}

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/** What is written later is shown without characters of no width, in logs also without colours. */
function without(forms: readonly string[], text: string): string {
  const clean = forms.reduce((rest, form) => rest.replaceAll(form, MASK), text);
  if (clean.search(INVISIBLE) === -1) return clean;
  const shown = [clean.replace(INVISIBLE, ''), clean.replace(ANSI, '').replace(INVISIBLE, '')];
  const telling = shown.find((each) => forms.some((form) => each.includes(form)));
  return telling === undefined ? clean : without(forms, telling);
}

/** The beginning of a text that is not JSON, enough to recognise a proxy's page by; escapes in it may spell the key. */
export function redactedExcerpt(text: string, key: string): string {
  const plain = text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return clipped(redacted(plain, key).replace(/\s+/g, ' ').trim(), 120);
}

/** Everything that is taken out of texts for `key`; longer forms first, where one holds another. */
function formsOf(key: string): readonly string[] {
  if (key.length < SHORTEST_KEY) return [];
  return [...new Set([...keyForms(key), ...htmlForms(key), ...base64Forms(key)])].sort(
    (a, b) => b.length - a.length,
  );
}

/** The forms of `key` to register with the runner's masks, which knows its base64 by itself (docs/github.md#text-and-secrets). */
export function keyForms(key: string): readonly string[] {
  if (key === '') return [];
  const inUrl = encodeURIComponent(key);
  const inQuery = new URLSearchParams({ key }).toString().slice('key='.length);
  const inJson = JSON.stringify(key).slice(1, -1);
  const lowerCase = [inUrl, inQuery].map((form) => form.replace(/%../g, (code) => code.toLowerCase()));
  return [...new Set([key, inUrl, inQuery, ...lowerCase, inJson, inJson.replaceAll('/', '\\/')])];
}

/** Escapers differ in what they do about quotes. */
function htmlForms(key: string): readonly string[] {
  const inText = key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const inAttribute = inText.replaceAll('"', '&quot;');
  return [
    inText,
    inAttribute,
    ...['&#39;', '&#x27;', '&apos;'].map((quote) => inAttribute.replaceAll("'", quote)),
  ];
}

/** What is the same wherever `key` stands in an encoded text, as behind `Bearer `: three bytes are four letters there. */
function base64Forms(key: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(key)]);
    const whole = { from: Math.ceil((offset * 8) / 6), to: Math.floor((bytes.length * 8) / 6) };
    return (['base64', 'base64url'] as const).map((encoding) =>
      bytes.toString(encoding).slice(whole.from, whole.to),
    );
  });
}
