import fc from 'fast-check';
import { goldenReports } from '../../scripts/preview.ts';
import type { Judged } from '../../src/report/conclusion.ts';
import { renderReport } from '../../src/report/report.ts';
import { model, target } from '../build.ts';
import { facts, judged } from './cases.ts';

/** Models on the given hardware, whose latency and accuracy are the pairs. */
export function measured(byHardware: Readonly<Record<string, readonly (readonly [number, number])[]>>) {
  return Object.entries(byHardware).flatMap(([hardware, pairs]) =>
    pairs.map(([ms, accuracy], index) =>
      model({
        id: `m-${hardware}-${index}`,
        metrics: { 'map50-95': accuracy },
        latency: { [hardware]: ms },
      }),
    ),
  );
}

/** Latencies and accuracies, by turns. */
export function pairs(...numbers: readonly number[]): readonly (readonly [number, number])[] {
  return numbers.flatMap((ms, at) => (at % 2 === 0 ? [[ms, numbers[at + 1] ?? 0] as const] : []));
}

/** Three models of a search, each better and slower than the one before. */
export const usual = measured({ T4: pairs(2, 50, 5, 61.2, 9, 63) });

/** Fine-tunes. */
const onServerless = measured({ serverless: pairs(31.6, 61.7, 44.2, 64.9, 66.3, 68.1) });

/** A slow and a fast model. */
export const rising = (from: number) => pairs(from, 40, from * 2, 55);

/** Rules with both bounds on one hardware. */
export const both = (least: number, mostMs: number) => `map50-95@T4 >= ${least}\nlatency@T4 <= ${mostMs} ms`;

/** Charts made for what they could get wrong. */
export const made: Readonly<Record<string, Judged>> = {
  'both bounds, neither held by the pick': judged({ models: usual, thresholds: both(80, 4) }),
  'both bounds, with an offer next to the bound': judged({ models: usual, thresholds: both(61, 5) }),
  'both bounds, with an offer next to the pick': judged({
    models: measured({ T4: pairs(4, 60, 4.9, 62.9, 5.1, 63) }),
    thresholds: both(50, 5),
  }),
  'both bounds, met to the digit': judged({
    models: measured({ T4: pairs(3, 55, 5, 60) }),
    thresholds: both(60, 5),
  }),
  'a budget and a bound': judged({
    models: usual,
    thresholds: 'map50-95@T4 >= 60',
    targets: [target('T4', 4)],
  }),
  'strict bounds': judged({ models: usual, thresholds: 'map50-95@T4 > 60\nlatency@T4 < 7 ms' }),
  'a limit alone': judged({ models: usual, thresholds: 'latency@T4 <= 5 ms' }),
  'a limit alone, with an offer next to the pick': judged({
    models: measured({ T4: pairs(4, 60, 4.9, 62.9, 5.1, 63) }),
    thresholds: 'latency@T4 <= 5 ms',
  }),
  'on Serverless, with a budget': judged({ models: onServerless, targets: [target('serverless', 60)] }),
  'on Serverless, with both': judged({
    models: onServerless,
    thresholds: 'map50-95@serverless >= 65\nlatency@serverless <= 12.55 ms',
  }),
  'a history of long names': {
    ...judged({ models: [model({ metrics: { map50: 99.9 } })] }),
    history: [100, 101, 102, 103, 104, 105, 106].map((version) => ({
      version,
      metrics: new Map([['map50', version - 30.1]]),
    })),
  },
  'a history of equals': {
    ...judged({ models: [model({ metrics: { map50: 80 } })] }),
    history: [1, 2, 3].map((version) => ({ version, metrics: new Map([['map50', 80]]) })),
  },
};

/** The version that the facts name is 7; histories of later versions need a later one. */
export function factsFor({ history = [] }: Judged) {
  return { ...facts, version: Math.max(7, ...history.map(({ version }) => version + 1)) };
}

/** One chart of a report: its source, and the line below it. */
export interface Chart {
  readonly name: string;
  readonly fence: string;
  readonly source: string;
  readonly legend: string;
}

const MERMAID = /^```mermaid\n([\s\S]*?)\n```$/gm;

/** The charts of a report. */
export function chartsIn(name: string, report: string): readonly Chart[] {
  return [...report.matchAll(MERMAID)].map(([fence, source = ''], index) => {
    const after = report.slice(report.indexOf(fence) + fence.length).trim();
    return {
      name: index === 0 ? name : `${name}, second`,
      fence,
      source,
      legend: after.split('\n')[0] ?? '',
    };
  });
}

/** Charts of random results, the same each time. */
const tenths = (min: number, max: number) => fc.integer({ min, max }).map((whole) => whole / 10);
const bounded = fc.record({
  points: fc.array(fc.tuple(tenths(10, 300), tenths(200, 900)), { minLength: 4, maxLength: 30 }),
  least: tenths(300, 800),
  mostMs: tenths(50, 250),
});
export const random: readonly Chart[] = fc
  .sample(bounded, { numRuns: 100, seed: 4 })
  .map(({ points, least, mostMs }) =>
    judged({ models: measured({ T4: points }), thresholds: both(least, mostMs) }),
  )
  .flatMap((conclusion, index) => chartsIn(`random ${index}`, renderReport(conclusion, facts)))
  .slice(0, 15);

export const madeCharts: readonly Chart[] = Object.entries(made).flatMap(([name, conclusion]) =>
  chartsIn(name, renderReport(conclusion, factsFor(conclusion))),
);

export const goldenCharts: readonly Chart[] = [...(await goldenReports())].flatMap(([name, report]) =>
  chartsIn(`golden ${name}`, report),
);

/** Each different chart once, with its legend: many reports have the same, and to draw one takes a browser's time. */
export const charts: readonly Chart[] = [
  ...new Map(
    [...madeCharts, ...goldenCharts, ...random]
      .toReversed()
      .map((chart) => [`${chart.source}\n${chart.legend}`, chart] as const),
  ).values(),
].toReversed();
