import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256OfWeights } from '../../simulator/simulator.ts';
import { brief } from '../flow/scenes.ts';
import { errorsOf, expectNoKey, type RunResult, runAgainst } from './run.ts';
import { startTimed, type TimedSimulator } from './timed.ts';

const MODEL = 'acme/hard-hats-7-rfdetr-nano-6669';
const FILE = 'weights/acme-hard-hats-7-rfdetr-nano-6669.pt';
const SIZE = 3_000_000;

/** The addresses are masked by the first line that has them, and stand nowhere else. */
function expectNoAddress(
  { stdout, summary, files, outputs }: RunResult,
  { downloads }: TimedSimulator,
): void {
  const lines = stdout.split('\n');
  const told = lines.filter((line) => !line.startsWith('::add-mask::')).join('\n');
  for (const { query } of downloads) {
    const signature = query.Signature ?? '';
    expect(signature).toHaveLength(32);
    expect(lines.some((line) => line.startsWith('::add-mask::http') && line.includes(signature))).toBe(true);
    expect([told, summary, JSON.stringify(outputs), ...files.values()].join('\n')).not.toContain(signature);
  }
}

async function inWorkspace(check: (workspace: string) => Promise<void>): Promise<void> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'workspace-'));
  await check(workspace);
  await rm(workspace, { recursive: true, force: true });
}

describe('weights on dist', () => {
  test('that are cut in the middle are those of the server, byte by byte', async () => {
    await using simulator = await startTimed({
      scenario: brief('fine-tune'),
      files: { sizeBytes: SIZE, redirects: true },
      faults: [{ route: 'signed-file', nth: 2, do: { kind: 'cut' } }],
    });
    await inWorkspace(async (workspace) => {
      const env = { GITHUB_WORKSPACE: workspace, RUNNER_DEBUG: '1' };
      const result = await runAgainst(simulator, { inputs: { weights: 'weights' }, env });
      expect(result.exitCode).toBe(0);
      const sha256 = sha256OfWeights(MODEL, { sizeBytes: SIZE });
      expect(JSON.parse(result.outputs.weights ?? '')).toEqual({
        [MODEL]: { file: FILE, bytes: SIZE, sha256 },
      });
      const stored = await readFile(path.join(workspace, FILE));
      expect(createHash('sha256').update(stored).digest('hex')).toBe(sha256);
      expect(await readdir(path.join(workspace, 'weights'))).toEqual([path.basename(FILE)]);
      expect(simulator.downloads.map(({ headers }) => headers.authorization)).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      expectNoKey(result, simulator);
      expectNoAddress(result, simulator);
    });
  });

  test('leave no file if the step is cancelled in the middle, and the outcome stays passed', async () => {
    let child: ChildProcess | undefined;
    await using simulator = await startTimed({
      scenario: brief('fine-tune'),
      faults: [{ route: 'signed-file', do: { kind: 'stall' } }],
      onAnswer: ({ route }) => {
        if (route !== 'signed-file') return undefined;
        child?.kill('SIGINT');
        return 'held';
      },
    });
    await inWorkspace(async (workspace) => {
      const onStart = (process: ChildProcess) => {
        child = process;
      };
      const env = { GITHUB_WORKSPACE: workspace };
      const result = await runAgainst(simulator, { inputs: { weights: 'weights' }, env, onStart });
      expect(result.exitCode).toBe(1);
      expect(result.outputs).toMatchObject({ outcome: 'passed', weights: '{}' });
      expect(errorsOf(result)).toEqual([expect.stringContaining('were not stored: Interrupted by SIGINT')]);
      expect((await readdir(workspace, { recursive: true })).filter((name) => name !== 'weights')).toEqual(
        [],
      );
      expectNoAddress(result, simulator);
    });
  });
});
