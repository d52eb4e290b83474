import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { endless } from '../flow/scenes.ts';
import { interrupt } from './interrupt.ts';
import { errorsOf, expectNoKey, runAgainst, warningsOf } from './run.ts';
import { startTimed } from './timed.ts';

describe('the post step', () => {
  test.concurrent('warns of a training that it could not end, and does not fail', async () => {
    // Workspace, project, list, version, list, start and the look are main's; all after that are of the post step.
    const faults: Fault[] = [{ route: 'any', nth: [8, 9_999], do: { kind: 'status', status: 500 } }];
    const at = ({ route }: { readonly route: unknown }) => route === 'poll';
    const interruption = {
      scenario: endless(),
      routes: 'jobs',
      inputs: { route: 'jobs' },
      faults,
      at,
    } as const;
    await interrupt({ ...interruption, signal: 'SIGKILL' }, ({ post, simulator }) => {
      expect(post.exitCode).toBe(0);
      expect(errorsOf(post)).toEqual([]);
      expect(warningsOf(post)).toEqual([expect.stringContaining('is still running')]);
      expectNoKey(post, simulator);
    });
  });

  test.concurrent.for([
    { name: 'no state at all', state: {} },
    { name: 'a state that is no JSON', state: { start: '{"phase":"star' } },
  ])('does not fail on $name', async ({ state }) => {
    await using simulator = await startTimed({ scenario: endless() });
    const post = await runAgainst(simulator, { entry: 'post', state });
    expect(post.exitCode).toBe(0);
    expect(errorsOf(post)).toEqual([]);
    expect(simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
