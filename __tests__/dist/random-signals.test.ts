import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { endless, leftRunning } from '../flow/scenes.ts';
import { runs, SEEDS } from '../setup/seeds.ts';
import { interrupt } from './interrupt.ts';
import { expectNoKey } from './run.ts';

/** Of each seed. */
const RUNS = runs(2);

/** Faults that keep a start long enough under way for a signal to meet it there. */
const startFault: fc.Arbitrary<readonly Fault[]> = fc.constantFrom<readonly Fault[]>(
  [],
  [{ route: 'start', nth: 1, do: { kind: 'hang' } }],
  [{ route: 'start', nth: 1, do: { kind: 'hang', effect: 'after' } }],
  [{ route: 'start', nth: 1, do: { kind: 'cut', effect: 'after' } }],
  [{ route: 'start', nth: 1, do: { kind: 'status', status: 502, effect: 'after' } }],
  [{ route: 'start', nth: [1, 2], do: { kind: 'status', status: 429 } }],
  [{ route: 'list', nth: [2, 3], do: { kind: 'html', status: 502 } }],
);

const cases = fc.record({
  signal: fc.constantFrom('SIGINT', 'SIGTERM', 'SIGKILL'),
  request: fc.integer({ min: 1, max: 12 }),
  onCancel: fc.constantFrom('cancel', 'stop'),
  route: fc.constantFrom('auto', 'jobs', 'trainings'),
  faults: startFault,
});

describe.each(SEEDS)('an interruption at any moment (TEST_SEED=%i)', (seed) => {
  test.concurrent.for(fc.sample(cases, { numRuns: RUNS, seed }))(
    '$signal at request $request leaves nothing running, on-cancel: $onCancel, route: $route',
    async ({ signal, request, onCancel, route, faults }) => {
      const interruption = {
        scenario: endless(),
        signal,
        at: (_: unknown, count: number) => count === request,
        faults,
        inputs: { 'on-cancel': onCancel, route },
      } as const;
      await interrupt(interruption, ({ main, post, simulator }) => {
        expect(main.exitCode).not.toBe(0);
        expect(main.outputs.outcome).toBe('undecided');
        expect(post.exitCode).toBe(0);
        expect(simulator.started().length).toBeLessThanOrEqual(1);
        expect(leftRunning(simulator)).toEqual([]);
        expectNoKey(main, simulator);
        expectNoKey(post, simulator);
      });
    },
  );
});
