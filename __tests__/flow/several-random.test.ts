import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FaultAction, RouteName } from '../../simulator/faults.ts';
import { defaultKey, type Fault } from '../../simulator/simulator.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { runs, SEEDS } from '../setup/seeds.ts';
import { leftRunning } from './scenes.ts';
import { REACHED, runsIn, severalTypes } from './several-world.ts';
import type { RecordingRunner } from './step.ts';
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

/** What is said of a start that may have arrived. */
const DOUBTS =
  /in the middle of the start|If the start arrived|is not known|not clear whether|no clear answer|After an unclear/g;

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

  test('run on only if a person is told of them by their id, whenever a signal comes', async () => {
    const inputs = fc.record({
      wait: fc.constantFrom('job', 'none'),
      timeout: fc.constantFrom('1m', '20m'),
      'on-timeout': fc.constantFrom('cancel', 'stop', 'leave'),
      'on-cancel': fc.constantFrom('cancel', 'cancel', 'stop', 'leave'),
    });
    const signal = fc.constantFrom('SIGINT', 'SIGKILL');
    const moment = fc.integer({ min: 1, max: 60 });
    const some = fc.subarray(TYPES, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(settings, inputs, signal, moment, some, async (given, chosen, how, request, types) => {
        const controller = new AbortController();
        let killed: RecordingRunner | undefined;
        let count = 0;
        const long = 10_000 * 60_000;
        await using world = await openWorld({
          route: given.route,
          scenario: severalTypes(REACHED, { trainMs: long, refundWindowMs: long }),
          faults: given.faults,
          onAnswer: () => {
            count += 1;
            if (count !== request) return;
            if (how === 'SIGKILL') killed = world.runners.at(-1)?.snapshot();
            controller.abort(new InterruptedError(how));
          },
        });
        const ended = await world.main(
          { ...chosen, 'model-type': types.join('\n'), 'max-parallel': String(given.maxParallel) },
          controller.signal,
        );
        const step = killed ?? ended;
        const post = await world.post(step);
        const { simulator } = world;
        expect(simulator.started().length).toBeLessThanOrEqual(types.length);
        expect(post.summaryText.match(/The step ended early/g)?.length ?? 0).toBeLessThanOrEqual(1);

        const told = [...step.failures, ...step.warnings, ...post.warnings].join('\n');
        const left = step.outputs.get('outcome') === 'started' ? (step.outputs.get('runs') ?? '') : '';
        const running = simulator.started().filter(({ jobId }) => leftRunning(simulator).includes(jobId));
        const unnamed = running.filter(
          ({ id, jobId }) => ![id, jobId].some((each) => `${told}${left}`.includes(each)),
        );
        // Of a start whose answer nobody has, no id is known: that is told instead.
        expect(unnamed.length).toBeLessThanOrEqual(told.match(DOUBTS)?.length ?? 0);
        if (how === 'SIGKILL') return;
        const known = step.lines.flatMap((line) => /Started training (\S+):/.exec(line)?.[1] ?? []);
        for (const id of known) {
          expect(step.outputs.get('runs')).toContain(id);
          expect(step.summaryText).toContain(id);
        }
      }),
      parameters,
    );
  });
});
