import { describe, expect, test } from 'vitest';
import type { Effect, FaultAction } from '../../simulator/faults.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { brief } from '../flow/scenes.ts';
import { errorsOf, expectNoKey, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

/** Every kind of fault that a request can meet; the whole table of them is tried in `flow/faults.test.ts`. */
const KINDS: readonly ((effect: Effect) => FaultAction)[] = [
  (effect) => ({ kind: 'status', status: 503, headers: { 'retry-after': '20' }, effect }),
  (effect) => ({ kind: 'html', status: 200, effect }),
  (effect) => ({ kind: 'reset', effect }),
  (effect) => ({ kind: 'cut', effect }),
  (effect) => ({ kind: 'stall', effect }),
  (effect) => ({ kind: 'hang', effect }),
  (effect) => ({ kind: 'empty', effect }),
  (effect) => ({ kind: 'garbage', effect }),
  (effect) => ({ kind: 'json', body: { hello: 'world' }, effect }),
];

const READS = ['version', 'list', 'poll', 'models'] as const;

describe('faults of one kind', () => {
  test.concurrent.for(
    KINDS.map((faulty, index) => {
      const route = index % 2 === 0 ? ('jobs' as const) : ('trainings' as const);
      return { route, before: faulty('before'), after: faulty('after') };
    }),
  )('on every read, and on a start that took effect, change nothing: $before.kind, $route', async (row) => {
    const { route, before, after } = row;
    const faults: Fault[] = [
      ...READS.map((read) => ({ route: read, nth: 1, do: before })),
      { route: 'start', nth: 1, do: after },
    ];
    await using simulator = await startTimed({ scenario: brief('fine-tune'), routes: route, faults });
    const result = await runAgainst(simulator, { inputs: { route } });
    expect(errorsOf(result)).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ outcome: 'passed', map50: '84.2' });
    expect(simulator.started()).toHaveLength(1);
    expectNoKey(result, simulator);
  });
});

test.concurrent('a refusal for good ends undecided at once', async () => {
  const faults: Fault[] = [{ route: 'start', do: { kind: 'status', status: 402 } }];
  await using simulator = await startTimed({ scenario: brief('fine-tune'), faults });
  const result = await runAgainst(simulator);
  expect(result.exitCode).toBe(1);
  expect(result.outputs.outcome).toBe('undecided');
  expect(errorsOf(result)).toEqual([expect.stringContaining('answered 402')]);
  expect(simulator.requests.filter(({ route }) => route === 'start')).toHaveLength(1);
});
