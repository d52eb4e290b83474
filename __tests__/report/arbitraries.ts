import fc from 'fast-check';
import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { ACCURACY_METRICS } from '../../src/gate/metric.ts';
import type { Model } from '../../src/gate/model.ts';
import { model } from '../build.ts';
import { pieces } from './pieces.ts';

/** Names that do harm where they can; long ones among them. */
export const names: fc.Arbitrary<string> = fc.oneof(
  fc.array(pieces, { minLength: 1, maxLength: 10 }).map((parts) => parts.join('')),
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.tuple(pieces, fc.integer({ min: 50, max: 400 })).map(([piece, count]) => piece.repeat(count)),
);

const plainNames = fc.constantFrom(
  'T4',
  't4',
  'Jetson Orin NX',
  'AI1',
  'gpu',
  'L4',
  'A10G',
  'Raspberry Pi 5',
);
export const hardwareNames = fc.oneof({ weight: 3, arbitrary: plainNames }, { weight: 1, arbitrary: names });
/** In percent. */
export const percent = fc.oneof(
  fc.constantFrom(0, 100, 50, 99.99, 0.004),
  fc.double({ min: 0, max: 100, noNaN: true }),
);
/** From the shortest to the longest that is taken for a latency. */
const latencies = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0.5, max: 80, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(5, 5, 5, 0.0004, 1e-4, 250_000, 999_999_999) },
);
const optional = { requiredKeys: [] } satisfies { requiredKeys: [] };

const modelParts = fc.record({
  type: fc.option(names, { nil: undefined }),
  family: fc.constantFrom(undefined, 'child' as const, 'stock' as const),
  finished: fc.constantFrom(true, true, true, false),
  metrics: fc.record(
    {
      'map50-95': percent,
      map50: percent,
      map75: percent,
      precision: percent,
      recall: percent,
      accuracy: percent,
      perplexity: fc.double({ min: 0.5, max: 1e6, noNaN: true }),
    },
    optional,
  ),
  unreadable: fc.array(fc.record({ name: names, raw: names }), { maxLength: 2 }),
});

/** Any models, measured on some of `hardware`. */
export function modelsOn(hardware: readonly string[]): fc.Arbitrary<readonly Model[]> {
  const latency = fc
    .array(fc.option(latencies), { minLength: hardware.length, maxLength: hardware.length })
    .map((values) =>
      Object.fromEntries(
        hardware.flatMap((name, index) => (values[index] == null ? [] : [[name, values[index]]])),
      ),
    );
  return fc
    .array(fc.record({ id: names, parts: modelParts, latency }), { maxLength: 30 })
    .map((all) =>
      all.map(({ id, parts, latency: ms }, index) => model({ ...parts, id: `${id}${index}`, latency: ms })),
    );
}

const ruleLines = fc.record({
  warn: fc.constantFrom('', '', 'warn: '),
  metric: fc.constantFrom(...ACCURACY_METRICS.filter((metric) => metric !== 'perplexity')),
  at: fc.constantFrom('', '', '@T4', '@Jetson Orin NX', '@nowhere'),
  comparison: fc.constantFrom('>=', '>', '<=', '<'),
  bound: fc.constantFrom('0', '2', '49.5', '80', '100', 'baseline', 'baseline - 0.5', 'baseline + 3'),
});
export const thresholds = fc.array(
  fc.oneof(
    ruleLines.map(
      ({ warn, metric, at, comparison, bound }) => `${warn}${metric}${at} ${comparison} ${bound}`,
    ),
    fc.constantFrom('latency <= 10', 'latency@T4 < 5 ms', 'latency@T4 <= baseline + 1', 'perplexity <= 4'),
  ),
  { maxLength: 6 },
);

export const targets = fc.option(
  fc.uniqueArray(
    fc.record({
      hardware: hardwareNames,
      budgetMs: fc.option(fc.constantFrom(0.1, 5, 20), { nil: undefined }),
    }),
    { maxLength: 5, selector: ({ hardware }) => hardware.trim().toLowerCase() },
  ),
  { nil: undefined },
);
