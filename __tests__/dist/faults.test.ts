import { describe, expect, test } from 'vitest';
import type { Effect, FaultAction } from '../../simulator/faults.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { brief } from '../flow/scenes.ts';
import { errorsOf, expectNoKey, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

/** A fault on a request that has had no effect, or has. */
type Kind = (effect: Effect) => FaultAction;

/**
 * Every kind of fault that a request can meet, each on another read, and the last one of three on a start that took effect.
 * All of them in all places, on both routes, are tried in `flow/faults.test.ts`.
 */
const KINDS: readonly (readonly [version: Kind, list: Kind, poll: Kind])[] = [
  [
    (effect) => ({ kind: 'status', status: 503, headers: { 'retry-after': '20' }, effect }),
    (effect) => ({ kind: 'html', status: 200, effect }),
    (effect) => ({ kind: 'reset', effect }),
  ],
  [
    (effect) => ({ kind: 'empty', effect }),
    (effect) => ({ kind: 'garbage', effect }),
    (effect) => ({ kind: 'hang', effect }),
  ],
  [
    (effect) => ({ kind: 'json', body: { hello: 'world' }, effect }),
    (effect) => ({ kind: 'stall', effect }),
    (effect) => ({ kind: 'cut', effect }),
  ],
];

const ROWS = KINDS.map(([version, list, poll], index) => {
  const faults: Fault[] = [
    { route: 'version', nth: 1, do: version('before') },
    { route: 'list', nth: 1, do: list('before') },
    { route: 'poll', nth: 1, do: poll('before') },
    { route: 'start', nth: 1, do: poll('after') },
  ];
  return {
    route: index === 1 ? ('jobs' as const) : ('trainings' as const),
    faults,
    kind: poll('after').kind,
  };
});

describe('faults of each kind', () => {
  test.concurrent.for(ROWS)(
    'on reads, and on a start that took effect, change nothing: $kind of the start, $route',
    async ({ route, faults }) => {
      await using simulator = await startTimed({ scenario: brief('fine-tune'), routes: route, faults });
      const result = await runAgainst(simulator, { inputs: { route } });
      expect(errorsOf(result)).toEqual([]);
      expect(result.exitCode).toBe(0);
      expect(result.outputs).toMatchObject({ outcome: 'passed', map50: '84.2' });
      expect(simulator.started()).toHaveLength(1);
      expectNoKey(result, simulator);
    },
  );
});
