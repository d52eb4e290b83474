import fc from 'fast-check';
import type { StarsResult, WeightsResult } from '../../src/report/conclusion.ts';
import { names } from './arbitraries.ts';

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

/** What became of the models of a training that passed. */
export const afterGate = fc.record({
  weights: fc.option(weights, { nil: undefined }),
  stars: fc.option(stars, { nil: undefined }),
});
