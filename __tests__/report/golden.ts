import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { projectRoot } from '../../simulator/runner.ts';

/**
 * Reports as files to open and read. After a wanted change of the report `UPDATE_GOLDEN=1 npx vitest run __tests__/report/golden`
 * writes them anew, and a second time those beside another; the difference is then to be read.
 */
export const folder = path.join(projectRoot, '__tests__', 'report', 'golden');
const updating = process.env.UPDATE_GOLDEN === '1';

/** Reports that nearly repeat another: of each only what one of the two has and the other not is kept. */
const BESIDE: Readonly<Record<string, string>> = {
  'fine-tune-without-rules': 'fine-tune',
  'fine-tune-latency': 'fine-tune',
  'late-metrics': 'fine-tune',
  'unknown-status': 'fine-tune',
  'stopped-early': 'fine-tune',
  trainings: 'fine-tune',
  'nas-too-slow': 'nas-without-rules',
  'nas-over-budget': 'nas-without-rules',
  'nas-passed-over': 'nas-without-rules',
  'nas-no-model-holds-all': 'nas-without-rules',
  'nas-passed': 'nas',
  'nas-too-inaccurate': 'nas',
  'nas-out-of-reach': 'nas',
  'metric-missing': 'failed-beside-previous',
  'class-unknown': 'classes-passed',
  'classes-failed': 'classes-passed',
  'classes-weakest-failed': 'classes-passed',
  'class-without-objects': 'classes-passed',
  'classes-not-evaluated': 'passed-beside-previous',
  'several-classes': 'several-passed',
  'several-none-holds': 'several-passed',
  'several-each-without-model': 'several-one-without-model',
  'several-search-too-slow': 'several-with-search',
  'comment-checked': 'checked',
};

/** The lines that `other` lacks, and those that only `other` has. */
function differences(report: string, other: string): string {
  const lines = (text: string, sign: string, beside: readonly string[]) =>
    text
      .split('\n')
      .filter((line) => !beside.includes(line))
      .map((line) => `${sign} ${line}\n`);
  const gone = lines(other, '-', report.split('\n'));
  return [...gone, ...lines(report, '+', other.split('\n'))].join('');
}

/** The file of a report. */
export function fileOf(name: string): string {
  return `${name}${BESIDE[name] === undefined ? '.md' : '.diff'}`;
}

/** Holds a report against its file. */
export async function expectGolden(name: string, report: string): Promise<void> {
  const read = (file: string) => readFile(path.join(folder, file), 'utf8');
  const other = BESIDE[name];
  const text = other === undefined ? report : differences(report, await read(fileOf(other)));
  if (updating) await writeFile(path.join(folder, fileOf(name)), text);
  expect(text).toBe(await read(fileOf(name)));
}
