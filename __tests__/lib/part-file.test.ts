import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFailure } from '../../src/lib/disk-failure.ts';
import { beginFile } from '../../src/lib/part-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'part-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = (text: string) => Buffer.from(text);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a file that grows', () => {
  it('has its name only when it is whole, in a folder that is made for it', async () => {
    const inner = path.join(folder, 'a', 'b');
    const part = await beginFile(inner, 'model.pt');
    await part.write(bytes('abc'));
    await part.write(bytes('def'));
    expect(part.bytes).toBe(6);
    expect(existsSync(path.join(inner, 'model.pt'))).toBe(false);
    expect(await part.finish()).toEqual({ bytes: 6, sha256: sha256('abcdef') });
    await part.discard();
    expect(await readdir(inner)).toEqual(['model.pt']);
    expect(await readFile(path.join(inner, 'model.pt'), 'utf8')).toBe('abcdef');
  });

  it('can begin again', async () => {
    const part = await beginFile(folder, 'model.pt');
    await part.write(bytes('much longer than the next'));
    await part.restart();
    await part.write(bytes('short'));
    expect(await part.finish()).toEqual({ bytes: 5, sha256: sha256('short') });
    expect(await readFile(path.join(folder, 'model.pt'), 'utf8')).toBe('short');
  });

  it('leaves nothing if it is discarded, and what was there stays', async () => {
    await writeFile(path.join(folder, 'model.pt'), 'older');
    const part = await beginFile(folder, 'model.pt');
    await part.write(bytes('abc'));
    await part.discard();
    await part.discard();
    expect(await readdir(folder)).toEqual(['model.pt']);
    expect(await readFile(path.join(folder, 'model.pt'), 'utf8')).toBe('older');
  });

  it('two of one name do not meet, and the last one stays', async () => {
    const [one, other] = [await beginFile(folder, 'model.pt'), await beginFile(folder, 'model.pt')];
    await one.write(bytes('one'));
    await other.write(bytes('other'));
    await one.finish();
    await other.finish();
    expect(await readFile(path.join(folder, 'model.pt'), 'utf8')).toBe('other');
  });

  it('says before that the disk has no room', async () => {
    const part = await beginFile(folder, 'model.pt');
    await expect(part.reserve(1)).resolves.toBeUndefined();
    await expect(part.reserve(2 ** 60)).rejects.toThrow(
      /^There is no room on the disk for model\.pt: \d+ bytes/,
    );
    await part.discard();
  });

  it('says that it cannot be put where a folder has its name, and leaves nothing', async () => {
    await mkdir(path.join(folder, 'model.pt'));
    const part = await beginFile(folder, 'model.pt');
    await part.write(bytes('abc'));
    await expect(part.finish()).rejects.toThrow(/^model\.pt could not be written: /);
    await part.discard();
    expect(await readdir(folder)).toEqual(['model.pt']);
  });

  it('says that its folder is none', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(beginFile(path.join(folder, 'file'), 'model.pt')).rejects.toThrow(
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
