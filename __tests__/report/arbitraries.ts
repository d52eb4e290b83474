import fc from 'fast-check';
import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { ACCURACY_METRICS } from '../../src/gate/metric.ts';
import type { StarsResult, WeightsResult } from '../../src/report/after-gate.ts';
import type { Judged, TrainingFacts } from '../../src/report/conclusion.ts';
import { model } from '../build.ts';
import { facts, judged } from './cases.ts';
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
const hardwareNames = fc.oneof({ weight: 3, arbitrary: plainNames }, { weight: 1, arbitrary: names });
const percent = fc.oneof(
  fc.constantFrom(0, 100, 50, 99.99, 0.004),
  fc.double({ min: 0, max: 100, noNaN: true }),
);
/** Down to what no clock measures, and up to the longest that is taken for a latency. */
const latencies = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0.5, max: 80, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(5, 5, 5, 0.0004, 1e-9, 250_000, 999_999_999) },
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
      perplexity: latencies,
    },
    optional,
  ),
  unreadable: fc.array(fc.record({ name: names, raw: names }), { maxLength: 2 }),
});

function modelsOn(hardware: readonly string[]) {
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
const thresholds = fc.array(
  fc.oneof(
    ruleLines.map(
      ({ warn, metric, at, comparison, bound }) => `${warn}${metric}${at} ${comparison} ${bound}`,
    ),
    fc.constantFrom('latency <= 10', 'latency@T4 < 5 ms', 'latency@T4 <= baseline + 1', 'perplexity <= 4'),
  ),
  { maxLength: 6 },
);

const targets = fc.option(
  fc.uniqueArray(
    fc.record({
      hardware: hardwareNames,
      budgetMs: fc.option(fc.constantFrom(0.1, 5, 20), { nil: undefined }),
    }),
    { maxLength: 5, selector: ({ hardware }) => hardware.trim().toLowerCase() },
  ),
  { nil: undefined },
);

const weights: fc.Arbitrary<WeightsResult> = fc.oneof(
  fc.record({
    kind: fc.constant('stored' as const),
    modelId: names,
    file: names,
    bytes: fc.nat(),
    sha256: fc.constant('a'.repeat(64)),
  }),
  fc.record({ kind: fc.constant('failed' as const), modelId: names, reason: names, next: names }),
);

const stars: fc.Arbitrary<StarsResult> = fc.record({
  starred: fc.array(names, { maxLength: 30 }),
  refused: fc.array(fc.record({ modelId: names, reason: names }), { maxLength: 30 }),
  nothing: fc.option(names, { nil: undefined }),
});

/** Any run that the gate could have judged, with hostile names in it and a baseline of any kind. */
export const judgedRuns: fc.Arbitrary<Judged> = fc
  .uniqueArray(hardwareNames, { maxLength: 7 })
  .chain((hardware) =>
    fc.record({
      models: modelsOn(hardware),
      before: fc.option(modelsOn(hardware)),
      reason: names,
      recommends: fc.boolean(),
      skips: fc.boolean(),
      lines: thresholds,
      targets,
      hardware: fc.constant(hardware),
      after: fc.record({
        weights: fc.option(weights, { nil: undefined }),
        stars: fc.option(stars, { nil: undefined }),
      }),
    }),
  )
  .map(({ models, before, reason, recommends, skips, lines, targets: asked, hardware, after }) => ({
    ...judged({
      models,
      recommended: recommends ? Object.fromEntries(hardware.map((name) => [name, models[0]?.id ?? ''])) : {},
      thresholds: lines.join('\n'),
      ...(asked !== undefined && { targets: asked }),
      baseline:
        before === null
          ? { kind: skips ? 'skipped' : 'missing', reason }
          : {
              kind: 'training',
              version: 6,
              modelType: 'rfdetr-nano',
              results: { models: before, recommended: new Map() },
            },
    }),
    ...after,
  }));

/** Facts of a run with hostile texts wherever they come from outside. */
export const runFacts: fc.Arbitrary<TrainingFacts> = fc
  .record({ project: names, jobId: names, modelType: names, status: names, route: names, source: names })
  .map((texts) => ({ ...facts, ...texts }));
