import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/lib/make-folder.ts';
import { rows } from '../rows.ts';

test.each(
  rows(`
  there
  new
  new/below/it
  link/below
  there/../new
  `),
)('a folder is made: %s', async (name = '') => {
  const root = await mkdtemp(path.join(tmpdir(), 'folder-'));
  await mkdir(path.join(root, 'there'));
  await symlink('there', path.join(root, 'link'));
  const folder = path.join(root, name);
  await Promise.all([makeFolder(folder), makeFolder(folder)]);
  expect(statSync(folder).isDirectory()).toBe(true);
  await rm(root, { recursive: true });
});

// Node's own `recursive` never ends on the first two.
test.each(
  rows(`
  /proc/none | ENOENT
  /proc/none/below/it | ENOENT
  file/below | ENOTDIR
  file/below/it | ENOTDIR
  broken-link | EEXIST
  `),
)('a folder that cannot be made is told by the system: %s', async (name = '', code) => {
  const root = await mkdtemp(path.join(tmpdir(), 'folder-'));
  await writeFile(path.join(root, 'file'), '');
  await symlink('none', path.join(root, 'broken-link'));
  await expect(makeFolder(path.resolve(root, name))).rejects.toMatchObject({ code });
  expect(existsSync(path.resolve(root, name))).toBe(false);
  await rm(root, { recursive: true });
});
