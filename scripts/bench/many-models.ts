import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { median } from './quantile.ts';

export const MODEL_COUNTS = [10, 100, 1_000, 10_000];
const RUNS = 5;

/** What the child process that judges many models measures. */
export interface ModelsFigure {
  readonly decideMs: number;
  readonly reportMs: number;
  readonly reportBytes: number;
  readonly emptyPeakMb: number;
  readonly peakMb: number;
}

/** Each run in a process of its own, since the peak of memory is that of a whole process. */
export function reportManyModels(): void {
  for (const count of MODEL_COUNTS) {
    const figures = Array.from({ length: RUNS }, () => judged(count));
    const middle = (value: (figure: ModelsFigure) => number) => median(figures.map(value)).toFixed(0);
    const times = `decision ${middle(({ decideMs }) => decideMs)} ms, report ${middle(({ reportMs }) => reportMs)} ms`;
    const size = `${middle(({ reportBytes }) => reportBytes)} bytes of report`;
    const peaks = `${middle(({ peakMb }) => peakMb)} MB at most (${middle(({ emptyPeakMb }) => emptyPeakMb)} MB before there was any model)`;
    console.log(`${count} models: ${times}, ${size}, ${peaks}`);
  }
}

function judged(count: number): ModelsFigure {
  const script = path.join(import.meta.dirname, 'judge-many-models.ts');
  return JSON.parse(execFileSync(process.execPath, [script, String(count)], { encoding: 'utf8' }));
}
