import { createHash, type Hash } from 'node:crypto';
import { mkdir, mkdtemp, open, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { diskFailure, noRoom } from './disk-failure.ts';
import { inBlocks } from './in-blocks.ts';

/** A file that is whole. */
export interface WholeFile {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** A file that grows under a temporary name until it is whole. All of it throws TrainGateError if the disk does not do it. */
export interface PartFile {
  /** How many bytes it has. */
  readonly bytes: number;
  /** Makes sure that the disk has room for so many bytes more. */
  reserve(bytes: number): Promise<void>;
  /** Copies them: when it resolves, nobody needs them any more. */
  write(chunk: Uint8Array): Promise<void>;
  /** Throws away what it has. */
  restart(): Promise<void>;
  /** Moves it to its own name, in place of a file that is there, and closes it. */
  finish(): Promise<WholeFile>;
  /** Removes it, unless it is finished. Never throws. */
  discard(): Promise<void>;
}

/**
 * Begins the file `name` in `folder`, which is made if it is not there. What there is of it lies in a hidden folder of a name
 * that nobody can guess, so that no link which lies there already can lead the bytes elsewhere.
 */
export async function beginFile(folder: string, name: string): Promise<PartFile> {
  const onDisk: OnDisk = (act) =>
    act().catch((error: unknown) => {
      throw diskFailure(name, error);
    });
  const { place, part, handle } = await openHidden(folder, name, onDisk);
  let hash: Hash = createHash('sha256');
  let bytes = 0;
  const blocks = inBlocks(async (block) => {
    await onDisk(() => handle.writeFile(block));
    hash.update(block);
  });
  return {
    get bytes() {
      return bytes;
    },
    reserve: async (more) => {
      const { bavail, bsize } = await onDisk(() => statfs(place));
      if (more > bavail * bsize)
        throw noRoom(name, `${more} bytes are to come, and ${bavail * bsize} are free`);
    },
    write: async (chunk) => {
      await blocks.add(chunk);
      bytes += chunk.length;
    },
    restart: async () => {
      if (bytes === 0) return;
      await onDisk(() => handle.truncate(0));
      blocks.drop();
      hash = createHash('sha256');
      bytes = 0;
    },
    finish: async () => {
      await blocks.flush();
      await onDisk(async () => {
        await handle.sync();
        await handle.close();
        await rename(part, path.join(folder, name));
        await rm(place, { recursive: true, force: true });
      });
      return { bytes, sha256: hash.digest('hex') };
    },
    discard: async () => {
      await handle.close().catch(() => {});
      await rm(place, { recursive: true, force: true }).catch(() => {});
    },
  };
}

/** Does something on the disk; what goes wrong is told in words. */
type OnDisk = <Value>(act: () => Promise<Value>) => Promise<Value>;

async function openHidden(folder: string, name: string, onDisk: OnDisk) {
  const place = await onDisk(async () => {
    await mkdir(folder, { recursive: true });
    return mkdtemp(path.join(folder, '.train-gate-'));
  });
  const part = path.join(place, name);
  const handle = await onDisk(() => open(part, 'ax')).catch(async (error) => {
    await rm(place, { recursive: true, force: true });
    throw error;
  });
  return { place, part, handle };
}
