import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FaultAction, RouteName } from '../../simulator/faults.ts';
import { defaultKey, type Fault } from '../../simulator/simulator.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { runs, SEEDS } from '../setup/seeds.ts';
import { leftRunning } from './scenes.ts';
import { REACHED, runsIn, severalTypes } from './several-world.ts';
import { openWorld } from './world.ts';

const effect = fc.constantFrom('before' as const, 'after' as const);
const action: fc.Arbitrary<FaultAction> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(400, 402, 403, 404, 409, 429, 502),
  }),
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(500, 502, 504), effect }),
  fc.record({
    kind: fc.constantFrom('reset' as const, 'cut' as const, 'garbage' as const, 'hang' as const),
    effect,
  }),
);
const place = fc.constantFrom<RouteName>('list', 'start', 'start', 'start', 'poll', 'models', 'version');
const fault: fc.Arbitrary<Fault> = fc
  .record({
    route: place,
    first: fc.integer({ min: 1, max: 9 }),
    more: fc.integer({ min: 0, max: 2 }),
    action,
  })
  .map(({ route, first, more, action: what }) => ({ route, nth: [first, first + more] as const, do: what }));
const faults = fc.array(fault, { maxLength: 4 });

const TYPES = Object.keys(REACHED);
const types = fc.shuffledSubarray(TYPES, { minLength: 2 });
const settings = fc.record({
  faults,
  types,
  route: fc.constantFrom('jobs' as const, 'trainings' as const, 'trainings' as const),
  maxParallel: fc.integer({ min: 1, max: 3 }),
  /** Which of them makes a model. */
  withModel: fc.subarray(TYPES),
  chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

describe.each(SEEDS)('several trainings in any order, with any faults (TEST_SEED=%i)', (seed) => {
  const parameters = { seed, numRuns: runs(10), endOnFailure: true };

  test('are never more than there are types, and no verdict leaves one unsaid', async () => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(settings, fc.boolean(), async (given, forEach) => {
        const reached = Object.fromEntries(
          Object.entries(REACHED).filter(([type]) => given.withModel.includes(type)),
        );
        const { route, chance } = given;
        const scenario = severalTypes(reached);
        await using world = await openWorld({ route, scenario, faults: given.faults, chance: () => chance });
        const step = await world.main({
          'model-type': given.types.join('\n'),
          'max-parallel': String(given.maxParallel),
          thresholds: forEach ? 'each: map50 >= 70' : 'map50 >= 80',
        });
        const started = world.simulator.started().map(({ modelType }) => modelType);
        expect(new Set(started).size).toBe(started.length);
        expect(started.every((type) => given.types.includes(type))).toBe(true);
        const outcome = step.outputs.get('outcome');
        expect(step.exitCode === 0).toBe(outcome === 'passed');
        expect(step.written()).not.toContain(defaultKey);
        const runs = runsIn(step.outputs);
        expect(runs.map((run) => run['model-type'])).toEqual(given.types);
        const judged = runs.filter(({ map50 }) => map50 !== null);
        for (const run of judged) expect(run.map50).toBe(REACHED[run['model-type']]?.map50);
        if (outcome !== 'passed') return;
        passed += 1;
        if (forEach) expect(judged).toHaveLength(runs.length);
        // Whatever has no model is named in a warning.
        for (const run of runs.filter(({ map50 }) => map50 === null))
          expect(step.written()).toContain(run['model-type']);
        expect(judged.map((run) => run['model-type'])).toContain(step.outputs.get('model-type'));
      }),
      parameters,
    );
    expect(passed).toBeGreaterThan(0);
  });

  test('leave nothing of ours running that nobody is told of, whenever they are interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.integer({ min: 1, max: 45 }), async (given, request) => {
        const controller = new AbortController();
        let count = 0;
        const long = 10_000 * 60_000;
        const scenario = severalTypes(REACHED, { trainMs: long, refundWindowMs: long });
        await using world = await openWorld({
          route: given.route,
          scenario,
          faults: given.faults,
          onAnswer: () => {
            count += 1;
            if (count === request) controller.abort(new InterruptedError('SIGINT'));
          },
        });
        const inputs = {
          'model-type': given.types.join('\n'),
          'max-parallel': String(given.maxParallel),
          timeout: '20m',
          'on-timeout': 'cancel',
        };
        const step = await world.main(inputs, controller.signal);
        expect(step.exitCode).toBe(1);
        const post = await world.post(step);
        expect(world.simulator.started().length).toBeLessThanOrEqual(given.types.length);
        const running = leftRunning(world.simulator);
        const told = [...step.failures, ...step.warnings, ...post.warnings].join('\n');
        if (running.length > 0) expect(told).toMatch(/app\.roboflow\.com|still running|could not be judged/);
      }),
      parameters,
    );
  });
});
