import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { brief, endless } from '../flow/scenes.ts';
import { expectNoKey, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

describe('the key', () => {
  test.concurrent('is masked before anything else is written, also as it looks in a URL', async () => {
    const key = 'k+y/with=odd&signs';
    await using simulator = await startTimed({ scenario: endless(), key });
    const result = await runAgainst(simulator, { inputs: { 'api-key': key, wait: 'none' } });
    const lines = result.stdout.split('\n');
    expect(lines[0]).toBe(`::add-mask::${key}`);
    expect(lines).toContain('::add-mask::k%252By%252Fwith%253Dodd%2526signs');
    expect(result.outputs.outcome).toBe('started');
  });

  test.concurrent('shows nowhere when servers repeat it, in debug logs either', async () => {
    const key = 'zq7XK2m9TfWb4LpR0sVd';
    const faults: Fault[] = [
      { route: 'list', nth: 1, do: { kind: 'status', status: 503, body: `<p>Bearer ${key}</p>` } },
      { route: 'poll', nth: 1, do: { kind: 'json', body: { key } } },
      { route: 'results', do: { kind: 'status', status: 401, body: { error: { message: key, code: key } } } },
    ];
    await using simulator = await startTimed({ scenario: brief('fine-tune'), key, faults, routes: 'jobs' });
    const inputs = { 'api-key': key, route: 'jobs' };
    const result = await runAgainst(simulator, { inputs, env: { RUNNER_DEBUG: '1' } });
    expect(result.outputs.outcome).toBe('undecided');
    expectNoKey(result, simulator, key);
    expectNoKey(result, simulator, key.slice(0, 8));
  });
});
