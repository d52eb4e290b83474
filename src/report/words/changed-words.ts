import { isRecord, type JsonObject } from '../../lib/json.ts';
import { code } from '../markdown/markdown.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { DatasetFacts } from '../training-facts.ts';
import { counted, NBSP } from './numbers.ts';
import { imagesWords } from './words.ts';

/** More are counted. */
const MOST_NAMES = 3;
const MOST_SETTINGS = 5;
const MOST_VALUES = 2;

/** What is another in one dataset version than in an earlier one, as ready-made Markdown. What either does not tell is not there. */
export interface Changed {
  /** Of all splits, if any differs; undefined: as before. */
  readonly images: string | undefined;
  /** Classes, preprocessing and augmentation, a phrase each. */
  readonly others: readonly string[];
}

/** What changed between two dataset versions. */
export function changedWords(now: DatasetFacts | undefined, before: DatasetFacts | undefined): Changed {
  if (now === undefined || before === undefined) return { images: undefined, others: [] };
  const words = imagesWords(now.images, before.images);
  const haveChanged = words !== imagesWords(now.images);
  return {
    images: haveChanged ? `images: ${words}` : undefined,
    others: [
      ...classWords(now.classes, before.classes),
      ...settingsWords('preprocessing', now.preprocessing, before.preprocessing),
      ...settingsWords('augmentation', now.augmentation, before.augmentation),
    ],
  };
}

function classWords(now: readonly string[], before: readonly string[]): readonly string[] {
  if (now.length === 0 || before.length === 0) return [];
  const without = (some: readonly string[], others: readonly string[]) => {
    const left = new Set(others);
    return some.filter((name) => !left.has(name));
  };
  return [...namesWords(without(now, before), 'new'), ...namesWords(without(before, now), 'gone')];
}

function namesWords(names: readonly string[], what: string): readonly string[] {
  if (names.length === 0) return [];
  if (names.length > MOST_NAMES) return [`${names.length}${NBSP}classes ${what}`];
  return [`class${names.length === 1 ? '' : 'es'} ${names.map(MARKDOWN.name).join(', ')} ${what}`];
}

function settingsWords(
  what: string,
  now: JsonObject | undefined,
  before: JsonObject | undefined,
): readonly string[] {
  if (now === undefined || before === undefined) return [];
  const [is, was] = [bySetting(now), bySetting(before)];
  const changes = [...new Set([...is.keys(), ...was.keys()])].flatMap((key) => {
    const { name = '', value } = is.get(key) ?? { ...was.get(key), value: undefined };
    return changeWords(name, value, was.get(key)?.value);
  });
  if (changes.length === 0) return [];
  const isMany = changes.length > MOST_SETTINGS;
  return [`${what}: ${isMany ? `${counted(changes.length, 'setting')} changed` : changes.join(', ')}`];
}

/** Names come in kebab case and in camel case (docs/internals/roboflow-api.md#version). */
function bySetting(settings: JsonObject) {
  const key = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return new Map(Object.entries(settings).map(([name, value]) => [key(name), { name, value }]));
}

/** `mosaic off`, `resize width 640 (was 512)`: how one setting changed. */
function changeWords(name: string, is: unknown, was: unknown): readonly string[] {
  const setting = MARKDOWN.name(name);
  if (isOn(is) !== isOn(was)) return [`${setting} ${isOn(is) ? 'on' : 'off'}`];
  if (!isOn(is)) return [];
  const [now, before] = [valuesIn(is), valuesIn(was)];
  const changed = [...new Set([...now.keys(), ...before.keys()])].filter(
    (path) => now.get(path) !== before.get(path),
  );
  if (changed.length === 0) return [];
  if (changed.length > MOST_VALUES) return [`${setting} changed`];
  const shown = (value: string | undefined) => (value === undefined ? 'none' : code(value));
  const values = changed.map((path) => {
    const part = path === '' ? '' : `${MARKDOWN.name(path)} `;
    return `${part}${shown(now.get(path))} (was ${shown(before.get(path))})`;
  });
  return [`${setting} ${values.join(', ')}`];
}

function isOn(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !isRecord(value) || value.enabled !== false;
}

/** The values of a setting by their names; of a plain one by none. */
function valuesIn(setting: unknown): ReadonlyMap<string, string> {
  const entries = isRecord(setting) ? Object.entries(setting) : [['', setting] as const];
  return new Map(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
