import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { timeOfFile } from '../src/lib/virtual-clock.ts';

/** A virtual time that a simulator and the steps that ask it go by. */
export interface ClockFile {
  /** For a step's `TRAIN_GATE_CLOCK`. */
  readonly file: string;
  /** For the simulator's `now`. */
  now(): number;
  /** Lets time pass without anybody sleeping, as while a request hangs. */
  pass(ms: number): void;
}

/** Makes the file of a virtual clock, or sets the time of one that is there. */
export async function writeClockFile(file: string, startMs: number): Promise<ClockFile> {
  await writeFile(file, '');
  const time = timeOfFile(file);
  time.write(startMs);
  return { file, now: time.read, pass: (ms) => time.write(time.read() + ms) };
}

/** A virtual clock in a folder of its own, which goes with it. */
export async function createClockFile(startMs: number = Date.now()): Promise<ClockFile & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clock-'));
  return {
    ...(await writeClockFile(path.join(folder, 'clock'), startMs)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
