import { execFileSync } from 'node:child_process';
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

const temp = path.join(outer, 'temp');
await mkdir(path.join(temp, 'train-gate-1'), { recursive: true });
await writeFile(path.join(temp, 'train-gate-1', 'results.json'), '{}');
await writeFile(path.join(workspace, 'with-mark.json'), '\u{FEFF}{"a": "ä"}');
await writeFile(path.join(workspace, 'latin1.json'), Buffer.from([0x22, 0xe4, 0x22]));
await symlink(path.join(temp, 'train-gate-1'), path.join(workspace, 'earlier'));
execFileSync('mkfifo', [path.join(workspace, 'pipe.json')]);

const runner = openRunner({ GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp }, { rights: 'full' });
const MOST_BYTES = 1024 * 1024;

describe('a file that an input names', () => {
  test.each([
    'recipes/fast.json',
    './recipes/fast.json',
    'recipes/../recipes/fast.json',
    'link.json',
    'with-mark.json',
    path.join(workspace, 'recipes', 'fast.json'),
  ])('is read by its path %s', (file) => {
    expect(runner.inputFile(file, MOST_BYTES)).toBe('{"a": "ä"}');
  });

  test.each([
    path.join(temp, 'train-gate-1', 'results.json'),
    '../temp/train-gate-1/results.json',
    'earlier/results.json',
  ])('may be in the temporary folder of the runner: %s', (file) => {
    expect(runner.inputFile(file, MOST_BYTES)).toBe('{}');
  });

  test('is read if the workspace itself is reached through a link', async () => {
    await symlink(workspace, path.join(outer, 'linked'));
    const linked = openRunner({ GITHUB_WORKSPACE: path.join(outer, 'linked') }, { rights: 'full' });
    expect(linked.inputFile('recipes/fast.json', MOST_BYTES)).toBe('{"a": "ä"}');
    expect(() => linked.inputFile(path.join(temp, 'train-gate-1', 'results.json'), MOST_BYTES)).toThrow(
      'outside',
    );
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
    { name: 'above it, and is not there', file: '../nothing.json' },
    { name: 'behind a link to a folder, and is not there', file: 'folder/nothing.json' },
    { name: 'in the system', file: '/dev/zero' },
  ])('is none that lies $name', ({ file }) => {
    expect(() => runner.inputFile(file, MOST_BYTES)).toThrow('it lies outside of the workspace');
  });

  test.each([
    ['dangling.json', 'is a link that leads nowhere'],
    ['recipes', 'it is no regular file'],
    ['pipe.json', 'it is no regular file'],
    ['latin1.json', 'not valid for encoding utf-8'],
    ['too-large.json', 'it is larger than 1048576 bytes'],
  ])('is not %s: %s', (file, why) => {
    expect(() => runner.inputFile(file, MOST_BYTES)).toThrow(why);
  });

  test.each([
    'nothing.json',
    'no/folder/nothing.json',
    'recipes/fast.json/x',
    path.join(temp, 'nothing.json'),
  ])('may not be there: %s', (file) => {
    expect(runner.inputFile(file, MOST_BYTES)).toBeUndefined();
  });

  test('is as large as it may be', () => {
    expect(runner.inputFile('just-fits.json', MOST_BYTES)).toHaveLength(MOST_BYTES);
    expect(runner.inputFile('too-large.json', 2 * MOST_BYTES)).toHaveLength(MOST_BYTES + 1);
  });
});

test.each([
  ['github-hosted', 6 * 60 * 60_000],
  ['self-hosted', undefined],
  ['', undefined],
])('a job on a runner that is %j may run for %s ms', (kind, ms) => {
  expect(openRunner({ RUNNER_ENVIRONMENT: kind }, { rights: 'full' }).longestJobMs).toBe(ms);
});

test.each([
  ['full', undefined],
  ['fork', 'fork'],
  ['dependabot', 'dependabot'],
] as const)('a run with the rights %s has its secrets withheld from: %s', (rights, from) => {
  expect(openRunner({}, { rights }).withheldFrom()).toBe(from);
});
