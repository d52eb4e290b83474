import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../simulator/faults.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { brief } from '../flow/scenes.ts';
import { runs, SEEDS } from '../setup/seeds.ts';
import { expectNoKey, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

/** Of each seed. */
const RUNS = runs(2);

const effect = fc.constantFrom('before' as const, 'after' as const);

const action: fc.Arbitrary<FaultAction> = fc.oneof(
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(400, 401, 403, 404, 425, 429) }),
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(408, 500, 502, 503), effect }),
  fc.record({ kind: fc.constant('html' as const), status: fc.constantFrom(200, 502), effect }),
  fc.record({
    kind: fc.constantFrom('reset' as const, 'cut' as const, 'empty' as const, 'garbage' as const),
    effect,
  }),
  fc.record({ kind: fc.constantFrom('hang' as const, 'stall' as const), effect }),
);

const fault: fc.Arbitrary<Fault> = fc
  .record({
    route: fc.constantFrom('root', 'version', 'list', 'start', 'poll', 'results', 'models'),
    first: fc.integer({ min: 1, max: 4 }),
    more: fc.integer({ min: 0, max: 1 }),
    action,
  })
  .map(({ route, first, more, action: what }) => ({ route, nth: [first, first + more] as const, do: what }));

const cases = fc.record({
  scenario: fc.constantFrom('fine-tune', 'fine-tune-short', 'nas-older', 'failed', 'no-metrics'),
  route: fc.constantFrom('auto', 'jobs', 'trainings'),
  faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
});

describe.each(SEEDS)('random faults on dist (TEST_SEED=%i)', (seed) => {
  const drawn = fc
    .sample(cases, { numRuns: RUNS, seed })
    .map((each, index) => ({ ...each, number: index + 1 }));
  test.concurrent.for(drawn)(
    'never two trainings, never green without judgement: $number, $scenario, route: $route',
    async ({ scenario, route, faults }) => {
      await using simulator = await startTimed({ scenario: brief(scenario), faults });
      const inputs = { route, ...(scenario === 'nas-older' && { 'model-type': 'rfdetr-nas-parent' }) };
      const result = await runAgainst(simulator, { inputs });
      const isGood = scenario === 'fine-tune' || scenario === 'nas-older';
      expect(simulator.started().length).toBeLessThanOrEqual(1);
      expect(result.exitCode).toBe(result.outputs.outcome === 'passed' ? 0 : 1);
      expect(isGood ? ['passed', 'undecided'] : ['failed', 'undecided']).toContain(result.outputs.outcome);
      if (result.exitCode === 0) {
        const [own] = simulator.started();
        expect([own?.jobId, own?.id]).toContain(result.outputs['job-id']);
        expect(result.outputs.map50).toBe(scenario === 'fine-tune' ? '84.2' : '89.95');
      }
      expectNoKey(result, simulator);
    },
  );
});
