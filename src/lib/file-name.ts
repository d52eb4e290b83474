import { createHash } from 'node:crypto';

/** In characters; every file system takes that, with an ending. */
const LONGEST = 100;

/** Names that Windows keeps for devices, whatever their ending. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name for a file that belongs to `id`, which may come from anywhere: letters, digits, dots, dashes and underscores, no path,
 * never hidden. Slashes become dashes. If more of the id is lost, a part of its SHA-256 keeps it apart from others.
 */
export function fileNameFor(id: string, ending: string): string {
  const plain = id.replaceAll('/', '-');
  const safe = plain
    .replace(/[^a-z0-9._-]+/gi, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[^a-z0-9]+/i, '')
    .slice(0, LONGEST);
  if (safe !== '' && safe === plain && !DEVICES.test(safe)) return `${safe}${ending}`;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 12);
  return `${['file', safe, digest].filter((part) => part !== '').join('-')}${ending}`;
}
