import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { median } from './quantile.ts';

export const MODELS = 10_000;
const MODEL_RUNS = 5;

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
  const figures = Array.from({ length: MODEL_RUNS }, () => {
    const script = path.join(import.meta.dirname, 'judge-many-models.ts');
    const figure: ModelsFigure = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }));
    return figure;
  });
  const middle = (value: (figure: ModelsFigure) => number) => median(figures.map(value)).toFixed(0);
  console.log(`decision: ${middle(({ decideMs }) => decideMs)} ms`);
  console.log(`report: ${middle(({ reportMs }) => reportMs)} ms`);
  console.log(`report's size: ${middle(({ reportBytes }) => reportBytes)} bytes`);
  console.log(
    `peak memory of the process: ${middle(({ peakMb }) => peakMb)} MB (before there was any model: ${middle(({ emptyPeakMb }) => emptyPeakMb)} MB)`,
  );
}
