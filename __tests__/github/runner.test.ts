import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openRunner } from '../../src/github/runner.ts';

const outer = await mkdtemp(path.join(tmpdir(), 'runner-test-'));
const workspace = path.join(outer, 'workspace');
await mkdir(path.join(workspace, 'recipes'), { recursive: true });
await mkdir(`${workspace}-beside`);
await writeFile(path.join(workspace, 'recipes', 'fast.json'), '{"a": "ä"}');
await writeFile(path.join(workspace, 'just-fits.json'), 'x'.repeat(1024 * 1024));
await writeFile(path.join(workspace, 'too-large.json'), 'x'.repeat(1024 * 1024 + 1));
await writeFile(path.join(outer, 'secret.json'), '{"secret": true}');
await writeFile(path.join(`${workspace}-beside`, 'secret.json'), '{"secret": true}');
await symlink(path.join(outer, 'secret.json'), path.join(workspace, 'innocent.json'));
await symlink(outer, path.join(workspace, 'folder'));
await symlink(path.join(workspace, 'recipes', 'fast.json'), path.join(workspace, 'link.json'));
await symlink(path.join(workspace, 'nowhere'), path.join(workspace, 'dangling.json'));

afterAll(() => rm(outer, { recursive: true }));

const runner = openRunner({ GITHUB_WORKSPACE: workspace }, { rights: 'full' });

describe('a file of the workspace', () => {
  test.each(['recipes/fast.json', './recipes/fast.json', 'recipes/../recipes/fast.json', 'link.json'])(
    'is read by its path %s',
    (file) => {
      expect(runner.workspaceFile(file)).toBe('{"a": "ä"}');
    },
  );

  test('is read by its whole path', () => {
    expect(runner.workspaceFile(path.join(workspace, 'recipes', 'fast.json'))).toBe('{"a": "ä"}');
  });

  test('is read if the workspace itself is reached through a link', async () => {
    await symlink(workspace, path.join(outer, 'linked'));
    const linked = openRunner({ GITHUB_WORKSPACE: path.join(outer, 'linked') }, { rights: 'full' });
    expect(linked.workspaceFile('recipes/fast.json')).toBe('{"a": "ä"}');
  });

  test.each([
    { name: 'above it', file: '../secret.json' },
    { name: 'above it, by a detour', file: 'recipes/../../secret.json' },
    {
      name: 'beside it, in a folder whose name begins like its own',
      file: '../workspace-beside/secret.json',
    },
    { name: 'behind a link', file: 'innocent.json' },
    { name: 'behind a link to a folder', file: 'folder/secret.json' },
    { name: 'by its whole path', file: path.join(outer, 'secret.json') },
  ])('is none that lies $name', ({ file }) => {
    expect(() => runner.workspaceFile(file)).toThrow('it lies outside of the workspace');
  });

  test.each(['nothing.json', 'recipes/fast.json/x', 'dangling.json'])('is none if there is no %s', (file) => {
    expect(() => runner.workspaceFile(file)).toThrow('there is no such file');
  });

  test('is no folder', () => {
    expect(() => runner.workspaceFile('recipes')).toThrow();
  });

  test('is no larger than a mebibyte', () => {
    expect(runner.workspaceFile('just-fits.json')).toHaveLength(1024 * 1024);
    expect(() => runner.workspaceFile('too-large.json')).toThrow('it is larger than 1048576 bytes');
  });
});
