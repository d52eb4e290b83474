import { didYouMean } from '../lib/suggest.ts';
import type { VersionChoice } from '../training/training.ts';
import type { Reader } from './reader.ts';

/**
 * The `version` input, with `preprocessing` and `augmentation` for a new one. Undefined if it is empty.
 * @param isRequired whether it is a mistake to leave it empty
 */
export function readVersion(reader: Reader, isRequired: boolean): VersionChoice | undefined {
  const text = reader.text('version');
  const value = text?.toLowerCase();
  const preprocessing = reader.object('preprocessing');
  const augmentation = reader.object('augmentation');
  if (value === 'new') return { kind: 'new', preprocessing, augmentation };
  for (const name of ['preprocessing', 'augmentation'])
    if (reader.text(name) !== undefined)
      reader.mistake(name, 'counts only with "version: new"; leave it out, or generate a new version');
  if (value === undefined && isRequired)
    reader.mistake(
      'version',
      'is empty; set it to the number of a dataset version, to "latest" or to "new" (only with job-id may it be empty)',
    );
  if (value === undefined) return undefined;
  if (value === 'latest') return { kind: 'latest' };
  const number = parseVersionNumber(value);
  if (number !== undefined) return { kind: 'number', number };
  reader.mistake(
    'version',
    `"${text}" is not valid; valid: the number of a dataset version, such as 7, "latest" or "new"${didYouMean(value, ['latest', 'new'])}`,
  );
  return undefined;
}

/** The number of a dataset version, undefined if `text` is no such number. */
export function parseVersionNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
