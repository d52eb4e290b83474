import { createHash } from 'node:crypto';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf, TrainGateError } from './errors.ts';
import { makeFolder } from './make-folder.ts';

/** A file that is whole. */
export interface StoredFile {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/**
 * Stores what `chunks` give as the file `name` in `folder`, which is made if it is not there, in place of a file that is there. Until
 * it is whole it lies in a hidden folder of a name that nobody can guess, so that no link which lies there already can lead the
 * bytes elsewhere; if it does not come whole, nothing of it stays.
 * @throws TrainGateError if the disk does not do it; what `chunks` throws as it is
 */
export async function storeFile(
  folder: string,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  await onDisk(name, () => makeFolder(folder));
  const hidden = await onDisk(name, () => mkdtemp(path.join(folder, '.train-gate-')));
  try {
    const part = path.join(hidden, name);
    const stored = await written(part, name, chunks);
    await onDisk(name, () => rename(part, path.join(folder, name)));
    return stored;
  } finally {
    await rm(hidden, { recursive: true, force: true }).catch(() => {});
  }
}

function onDisk<Value>(name: string, act: () => Promise<Value>): Promise<Value> {
  return act().catch((error: unknown) => {
    throw diskFailure(name, error);
  });
}

async function written(part: string, name: string, chunks: AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await onDisk(name, () => open(part, 'ax'));
  try {
    for await (const chunk of chunks) {
      await onDisk(name, () => file.writeFile(chunk));
      hash.update(chunk);
      bytes += chunk.length;
    }
    await onDisk(name, () => file.sync());
  } finally {
    await file.close().catch(() => {});
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** What to tell a person of `error`, by which the file system refused to write the file `name`. */
export function diskFailure(name: string, error: unknown): TrainGateError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const hint = isFull
    ? 'Free some space before this step, or use a runner with a larger disk.'
    : 'Check that its folder can be written to, and that nothing but a file has its name.';
  const message = isFull
    ? `There is no room on the disk for ${name}: the disk says ${code}.`
    : `${name} could not be written: ${reasonOf(error)}`;
  return new TrainGateError(message, { hint, cause: error });
}

/** In characters; every file system takes that, with an ending. */
const LONGEST = 100;

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
  if (safe !== '' && safe === plain) return `${safe}${ending}`;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 12);
  return `${['file', safe, digest].filter((part) => part !== '').join('-')}${ending}`;
}
