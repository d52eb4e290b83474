import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { projectRoot } from '../../simulator/runner.ts';
import { median } from './quantile.ts';

export const PROCESS_RUNS = 21;

/** All commands by turns, so that whatever else the machine does falls on all alike. */
export async function reportStartTimes(): Promise<void> {
  const temp = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const files = ['output', 'state', 'summary'].map((name) => path.join(temp, name));
  const [output = '', state = '', summary = ''] = files;
  for (const file of files) await writeFile(file, '');
  const env = {
    'INPUT_API-KEY': 'key',
    INPUT_PROJECT: 'project',
    INPUT_VERSION: 'seven',
    'INPUT_MODEL-TYPE': 'rfdetr-nano',
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: output,
    GITHUB_STATE: state,
    GITHUB_STEP_SUMMARY: summary,
  };
  const wrongInput: number[] = [];
  const coreAlone: number[] = [];
  const nodeAlone: number[] = [];
  for (let run = 0; run < PROCESS_RUNS; run += 1) {
    wrongInput.push(await timeOf([path.join(projectRoot, 'dist/index.js')], env, 1));
    coreAlone.push(await timeOf(['-e', "import('@actions/core')"], {}, 0));
    nodeAlone.push(await timeOf(['-e', '0'], {}, 0));
  }
  const [action, core, node] = [median(wrongInput), median(coreAlone), median(nodeAlone)];
  console.log(`dist/index.js with a wrong input: ${action.toFixed(1)} ms`);
  console.log(`node -e "import('@actions/core')": ${core.toFixed(1)} ms`);
  console.log(`node -e 0: ${node.toFixed(1)} ms`);
  console.log(
    `ratio: ${(action / core).toFixed(2)} (goal: at most 1.2), ${(action / node).toFixed(1)} to node -e 0`,
  );
}

function timeOf(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  exitCode: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === exitCode) resolve(performance.now() - startMs);
      else reject(new Error(`${args.join(' ')} ended with ${code}, not ${exitCode}`));
    });
  });
}
