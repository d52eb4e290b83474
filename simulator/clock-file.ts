import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { timeOfFile } from '../src/lib/virtual-clock.ts';

/** A virtual time that a simulator and the steps that ask it go by. */
export interface ClockFile extends AsyncDisposable {
  /** For a step's `TRAIN_GATE_CLOCK`. */
  readonly file: string;
  /** For the simulator's `now`. */
  now(): number;
  /** Lets time pass without anybody sleeping, as while a request hangs. */
  pass(ms: number): void;
}

/** Makes the file of a virtual clock. */
export async function createClockFile(startMs: number = Date.now()): Promise<ClockFile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clock-'));
  const file = path.join(folder, 'clock');
  await writeFile(file, '');
  const time = timeOfFile(file);
  time.write(startMs);
  return {
    file,
    now: time.read,
    pass: (ms) => time.write(time.read() + ms),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
