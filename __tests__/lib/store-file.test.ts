import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFailure, storeFile } from '../../src/lib/store-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The words in pieces; `after` is called when all are taken. */
async function* pieces(words: readonly string[], after: () => void = () => {}) {
  for (const word of words) yield Buffer.from(word);
  after();
}

describe('a file that is stored', () => {
  it('has its name only when it is whole, in a folder that is made for it', async () => {
    const inner = path.join(folder, 'a', 'b');
    let wasThere = true;
    const chunks = pieces(['abc', 'def'], () => {
      wasThere = existsSync(path.join(inner, 'model.pt'));
    });
    expect(await storeFile(inner, 'model.pt', chunks)).toEqual({ bytes: 6, sha256: sha256('abcdef') });
    expect(wasThere).toBe(false);
    expect(await readdir(inner)).toEqual(['model.pt']);
    expect(await readFile(path.join(inner, 'model.pt'), 'utf8')).toBe('abcdef');
  });

  it('takes the place of an older one, and the last of two stays', async () => {
    await writeFile(path.join(folder, 'model.pt'), 'much longer than the next');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* late() {
      await held;
      yield Buffer.from('late');
    }
    const second = storeFile(folder, 'model.pt', late());
    await storeFile(folder, 'model.pt', pieces(['early']));
    expect(await readFile(path.join(folder, 'model.pt'), 'utf8')).toBe('early');
    release();
    await second;
    expect(await readFile(path.join(folder, 'model.pt'), 'utf8')).toBe('late');
    expect(await readdir(folder)).toEqual(['model.pt']);
  });

  it('leaves nothing if it does not come whole, and what was there stays', async () => {
    await writeFile(path.join(folder, 'model.pt'), 'older');
    const cut = pieces(['abc'], () => {
      throw new Error('the connection was cut');
    });
    await expect(storeFile(folder, 'model.pt', cut)).rejects.toThrow('the connection was cut');
    expect(await readdir(folder)).toEqual(['model.pt']);
    expect(await readFile(path.join(folder, 'model.pt'), 'utf8')).toBe('older');
  });

  it('cannot be put where a folder has its name, and leaves nothing', async () => {
    await mkdir(path.join(folder, 'model.pt'));
    await expect(storeFile(folder, 'model.pt', pieces(['abc']))).rejects.toThrow(
      /^model\.pt could not be written: /,
    );
    expect(await readdir(folder)).toEqual(['model.pt']);
  });

  it('cannot be put in a folder that is none', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(storeFile(path.join(folder, 'file'), 'model.pt', pieces([]))).rejects.toThrow(
      /^model\.pt could not be written: /,
    );
  });
});

describe('what the file system refuses', () => {
  it.skipIf(!existsSync('/dev/full'))('is told as a full disk if it is one', async () => {
    const full = await open('/dev/full', 'w');
    const error = await full.writeFile('abc').catch((reason: unknown) => reason);
    await full.close();
    expect(diskFailure('model.pt', error)).toMatchObject({
      message: 'There is no room on the disk for model.pt: the disk says ENOSPC.',
      hint: expect.stringContaining('Free some space'),
    });
  });

  it('is told as it comes if it is anything else', () => {
    const error = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
    expect(diskFailure('model.pt', error).message).toBe(
      'model.pt could not be written: EROFS: read-only file system',
    );
  });
});
