import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createClockFile } from '../../simulator/clock-file.ts';
import { projectRoot, runStep } from '../../simulator/runner.ts';
import { defaultKey, startSimulator } from '../../simulator/simulator.ts';

const SIZES_MB = [0, 1, 100, 1_000];

/** Writes the peak of memory of the process that it is loaded into, in kilobytes, when that ends. */
const PEAK = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.PEAK_FILE,String(process.resourceUsage().maxRSS)))`;

/** What a process has that does nothing, by what it runs. */
const IDLE = ['0', "import('@actions/core')"];

/** The peak of memory of `dist/index.js` when it stores weights of some sizes, 0: none; each in a process of its own. */
export async function reportDownloads(): Promise<void> {
  for (const script of IDLE) console.log(`node -e "${script}": ${idlePeakMb(script).toFixed(0)} MB at most`);
  for (const sizeMb of SIZES_MB) {
    const { seconds, peakMb } = await downloaded(sizeMb);
    console.log(`${sizeMb} MB of weights: ${peakMb.toFixed(0)} MB at most, ${seconds.toFixed(1)} s`);
  }
}

function idlePeakMb(script: string): number {
  const told = `process.on('exit', () => console.log(process.resourceUsage().maxRSS)); ${script}`;
  return megabytes(execFileSync(process.execPath, ['-e', told], { cwd: projectRoot, encoding: 'utf8' }));
}

async function downloaded(sizeMb: number): Promise<{ readonly seconds: number; readonly peakMb: number }> {
  await using clock = await createClockFile();
  const files = { sizeBytes: Math.max(sizeMb, 1) * 1_000_000 };
  await using simulator = await startSimulator({ scenario: 'fine-tune', now: clock.now, files });
  const finished = simulator.trainings.find(({ origin, version }) => origin === 'seed' && version === 6);
  if (finished === undefined) throw new Error('the scenario has no finished training on version 6');
  const inputs = {
    'api-key': defaultKey,
    'api-url': simulator.url,
    project: 'acme/hard-hats',
    version: '6',
    'job-id': finished.id,
    weights: sizeMb === 0 ? '' : 'weights',
  };
  const peakFile = path.join(path.dirname(clock.file), 'peak');
  const env = { TRAIN_GATE_CLOCK: clock.file, NODE_OPTIONS: `--import "${PEAK}"`, PEAK_FILE: peakFile };
  const beganMs = performance.now();
  const { exitCode, stdout, temp } = await runStep({ inputs, env });
  if (exitCode !== 0) throw new Error(`the step failed:\n${stdout}`);
  const seconds = (performance.now() - beganMs) / 1000;
  await rm(path.join(temp, 'weights'), { recursive: true, force: true });
  return { seconds, peakMb: megabytes(await readFile(peakFile, 'utf8')) };
}

function megabytes(kilobytes: string): number {
  return (Number(kilobytes) * 1024) / 1_000_000;
}
