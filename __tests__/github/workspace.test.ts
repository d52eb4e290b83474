import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findWorkspaceFolder } from '../../src/github/workspace.ts';

let place = '';
let workspace = '';
beforeAll(async () => {
  place = await realpath(await mkdtemp(path.join(tmpdir(), 'folders-')));
  workspace = path.join(place, 'workspace');
  await mkdir(path.join(workspace, 'there', 'inner'), { recursive: true });
  await mkdir(path.join(place, 'workspace-next'));
  await writeFile(path.join(workspace, 'file'), '');
  await symlink(path.join(workspace, 'there'), path.join(workspace, 'linked'));
  await symlink(place, path.join(workspace, 'out'));
  await symlink(path.join(place, 'nowhere'), path.join(workspace, 'dangling'));
  await symlink(workspace, path.join(place, 'alias'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

describe('a folder for files', () => {
  it.each([
    ['there', 'there'],
    ['there/', 'there'],
    ['./there/inner', 'there/inner'],
    ['there/../new', 'new'],
    ['new/deep/er', 'new/deep/er'],
    ['linked', 'there'],
    ['linked/new', 'there/new'],
    ['.', '.'],
    ['..there', '..there'],
  ])('%s is taken', (folder, fromWorkspace) => {
    expect(findWorkspaceFolder(folder, workspace)).toEqual({
      path: path.join(workspace, fromWorkspace),
      fromWorkspace,
    });
  });

  it('may be named by its whole path, also through a link to the workspace', () => {
    const expected = { path: path.join(workspace, 'new'), fromWorkspace: 'new' };
    expect(findWorkspaceFolder(path.join(workspace, 'new'), workspace)).toEqual(expected);
    const alias = path.join(place, 'alias');
    expect(findWorkspaceFolder(path.join(alias, 'new'), alias)).toEqual(expected);
  });

  it.each([
    ['..', 'it lies outside of the workspace'],
    ['../workspace-next', 'it lies outside of the workspace'],
    ['/', 'it lies outside of the workspace'],
    ['/nowhere/at/all', 'it lies outside of the workspace'],
    ['out', 'it lies outside of the workspace'],
    ['out/new/deep', 'it lies outside of the workspace'],
    ['file', 'file is not a folder'],
    ['file/new', 'file is not a folder'],
    ['dangling', 'is a link that leads nowhere'],
    ['dangling/new', 'is a link that leads nowhere'],
  ])('%s is refused', (folder, why) => {
    expect(() => findWorkspaceFolder(folder, workspace)).toThrow(why);
  });

  // The kernel refuses it to everybody, also to root.
  it.skipIf(process.platform !== 'linux')('that cannot be written to is refused', () => {
    expect(() => findWorkspaceFolder('sys/new', '/proc')).toThrow('sys cannot be written to');
  });
});
