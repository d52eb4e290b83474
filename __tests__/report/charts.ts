import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { projectRoot } from '../../simulator/runner.ts';
import type { Judged } from '../../src/report/conclusion.ts';
import { renderReport } from '../../src/report/report.ts';
import { model, target } from '../build.ts';
import { judgedRuns } from './arbitraries.ts';
import { facts, judged } from './cases.ts';

const golden = path.join(projectRoot, '__tests__', 'report', 'golden');

/** Models on the given hardware, whose latency and accuracy are the pairs. */
export function measured(
  byHardware: Readonly<Record<string, readonly (readonly [number, number])[]>>,
  family?: 'stock',
) {
  return Object.entries(byHardware).flatMap(([hardware, pairs]) =>
    pairs.map(([ms, accuracy], index) =>
      model({
        id: `${family ?? 'm'}-${hardware}-${index}`,
        family,
        metrics: { 'map50-95': accuracy },
        latency: { [hardware]: ms },
      }),
    ),
  );
}

/** Three models of a search, each better and slower than the one before. */
export const usual = measured({
  T4: [
    [2, 50],
    [5, 61.2],
    [9, 63],
  ],
});
/** A slow and a fast model. */
export const rising = (from: number) =>
  [
    [from, 40],
    [from * 2, 55],
  ] as const;

/** Charts made for what they could get wrong. */
export const made: Readonly<Record<string, Judged>> = {
  'one hardware': judged({ models: usual }),
  'six hardware, of which four are drawn': judged({
    models: measured({ A: rising(1), B: rising(2), C: rising(3), D: rising(4), E: rising(5), F: rising(6) }),
  }),
  'the target asked for first, of six': judged({
    models: measured({ A: rising(1), B: rising(2), C: rising(3), D: rising(4), E: rising(5), F: rising(6) }),
    targets: [target('F')],
  }),
  'stock models and a threshold': judged({
    models: [
      ...usual,
      ...measured(
        {
          T4: [
            [3, 45],
            [7, 58],
          ],
        },
        'stock',
      ),
    ],
    thresholds: 'map50-95 >= 60',
  }),
  'a threshold above all models': judged({ models: usual, thresholds: 'map50-95 >= 99.9' }),
  'a threshold below all models': judged({ models: usual, thresholds: 'map50-95 >= 2' }),
  'a threshold of 0': judged({ models: usual, thresholds: 'map50-95 >= 0' }),
  'accuracies of 0 and 100 %': judged({
    models: measured({
      T4: [
        [1, 0],
        [2, 100],
      ],
    }),
  }),
  'equal latencies and one more': judged({
    models: measured({
      T4: [
        [4, 50],
        [4, 55],
        [4, 60],
        [4.001, 61],
      ],
    }),
  }),
  'one huge latency': judged({
    models: measured({
      T4: [
        [1, 40],
        [2, 50],
        [250_000, 90],
      ],
    }),
  }),
  'the longest latency that is taken for one': judged({
    models: measured({
      T4: [
        [1, 40],
        [999_999_999, 50],
      ],
    }),
  }),
  'latencies below a thousandth': judged({
    models: measured({
      T4: [
        [0.0001, 40],
        [0.0002, 50],
      ],
    }),
  }),
  'hardware of one model beside one of many': judged({
    models: [...usual, ...measured({ AI1: [[60, 55]] })],
  }),
  'names that mean something to Mermaid': judged({
    models: measured({
      '"] line [1, 2': rising(1),
      '%%{init: {"theme": "forest"}}%%': rising(2),
      '```\n\n# Passed': rising(3),
      '<script>alert(1)</script>': rising(4),
    }),
  }),
  perplexity: judged({
    models: [2, 3, 4].map((ms) =>
      model({ id: `acme/vlm-${ms}`, metrics: { perplexity: 12 - ms }, latency: { T4: ms, L4: 2 * ms } }),
    ),
    thresholds: 'perplexity <= 9',
  }),
};

/** A report with a chart, and what it is called here. */
export interface Chart {
  readonly name: string;
  readonly report: string;
}

/** The chart in a report. */
export const MERMAID = /^```mermaid\n([\s\S]*?)\n```$/m;

async function goldenReports(): Promise<readonly Chart[]> {
  const files = (await readdir(golden)).toSorted();
  return Promise.all(
    files.map(async (file) => ({
      name: `golden ${file}`,
      report: await readFile(path.join(golden, file), 'utf8'),
    })),
  );
}

/** Charts of random results, the same each time. */
export const random = fc
  .sample(judgedRuns, { numRuns: 200, seed: 4 })
  .map((conclusion, index) => ({ name: `random ${index}`, report: renderReport(conclusion, facts) }))
  .filter(({ report }) => MERMAID.test(report))
  .slice(0, 15);
export const charts: readonly Chart[] = [
  ...Object.entries(made).map(([name, conclusion]) => ({ name, report: renderReport(conclusion, facts) })),
  ...(await goldenReports()).filter(({ report }) => MERMAID.test(report)),
  ...random,
];

/** The chart of a report with its legend, and nothing else of it. */
export function chartOf({ name, report }: Chart) {
  const [fence = '', source = ''] = MERMAID.exec(report) ?? [];
  const legend =
    report
      .slice(report.indexOf(fence) + fence.length)
      .trim()
      .split('\n')[0] ?? '';
  return { name, fence, source, legend, squares: legend.match(/[🟦🟧🟩🟪⬜🟥]/gu) ?? [] };
}
