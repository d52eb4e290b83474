import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../simulator/runner.ts';
import { scenarios } from '../simulator/scenarios.ts';
import { defaultKey, startSimulator } from '../simulator/simulator.ts';

// Roboflow's own client, in a virtual environment of its own, against the simulator. Needs Python 3.9 or newer with venv.

const tests = path.join(projectRoot, '__tests__', 'client');
const environment = path.join(projectRoot, 'node_modules', '.cache', 'roboflow-client');
const python = path.join(environment, 'bin', 'python');

/** Ends the script if the command fails. */
async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`${path.basename(command)} ${args.join(' ')} ended with ${code}`);
}

await run('python3', ['-m', 'venv', environment]);
await run(python, [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--disable-pip-version-check',
  '-r',
  path.join(tests, 'requirements.txt'),
]);

/** Each request takes so long, so that trainings end within some looks. */
const minutesARequest = 5;
let requests = 0;
const startedAtMs = Date.now();
const home = await mkdtemp(path.join(os.tmpdir(), 'roboflow-client-'));
const simulator = await startSimulator({
  scenario: {
    ...scenarios['fine-tune'],
    planOf: { 'rfdetr-nas-parent': scenarios.nas.plan },
  },
  now: () => startedAtMs + requests * minutesARequest * 60_000,
  onAnswer: () => {
    requests += 1;
  },
});
try {
  await run(python, ['-W', 'ignore', '-m', 'unittest', 'discover', '--start-directory', tests], {
    API_URL: simulator.url,
    SIMULATOR_KEY: defaultKey,
    // No configuration of the person who runs this.
    HOME: home,
    ROBOFLOW_CONFIG_DIR: path.join(home, 'config.json'),
  });
} finally {
  await simulator.close();
  await rm(home, { recursive: true, force: true });
}
