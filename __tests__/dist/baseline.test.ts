import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { brief } from '../flow/scenes.ts';
import { errorsOf, expectNoKey, type RunResult, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

/** The new training reaches 84.2 of mAP50, that of version 6 reached 80.9. Neither says anything of mAP75. */
async function runWith(thresholds: string, faults: readonly Fault[] = [], skips = true): Promise<RunResult> {
  await using simulator = await startTimed({ scenario: brief('fine-tune'), faults });
  const onMissing = skips ? { 'on-missing-baseline': 'skip' } : {};
  const result = await runAgainst(simulator, { inputs: { baseline: 'previous', thresholds, ...onMissing } });
  expectNoKey(result, simulator);
  return { ...result, outputs: { ...result.outputs, started: String(simulator.started().length) } };
}

describe('each rule has its own baseline', () => {
  test.concurrent.for([
    ['map50 >= baseline + 50', 'failed'],
    ['map50 >= baseline + 50\nwarn: map75 >= baseline', 'failed'],
    ['map50 >= baseline + 50\nf1[helmet] >= baseline', 'failed'],
    ['map50 >= 90\nf1[helmet] >= baseline', 'failed'],
    ['map50 >= baseline + 3\nf1[helmet] >= baseline', 'passed'],
    ['map50 >= baseline + 3\nmap75 >= baseline', 'undecided'],
  ] as const)('%s: %s', async ([thresholds, outcome]) => {
    // The first list only tells that the key may read evaluations.
    const notEvaluated: Fault = { route: 'evals', nth: 2, do: { kind: 'json', body: { evals: [] } } };
    const result = await runWith(thresholds, thresholds.includes('f1') ? [notEvaluated] : []);
    expect(result.outputs).toMatchObject({ outcome, started: '1' });
    expect(result.exitCode).toBe(outcome === 'passed' ? 0 : 1);
  });

  test.concurrent('and without "skip" one that is missing is an error before the start', async () => {
    const result = await runWith('map50 >= baseline - 1\nmap75 >= baseline', [], false);
    expect(result.outputs).toMatchObject({ outcome: 'undecided', started: '0' });
    expect(errorsOf(result).join('\n')).toContain('There is no baseline for "map75 >= baseline"');
  });

  test.concurrent.for([
    ['a refusal', { route: 'evals', nth: [2, 99], do: { kind: 'status', status: 403 } }],
    ['a conflict', { route: 'eval', do: { kind: 'status', status: 409 } }],
    ['an outage', { route: 'evals', do: { kind: 'status', status: 503 } }],
    ['a reset connection', { route: 'eval', do: { kind: 'reset' } }],
    ['a page of a proxy', { route: 'evals', do: { kind: 'html', status: 200 } }],
  ] as const satisfies readonly (readonly [string, Fault])[])(
    'and %s on its evaluation is never a missing one',
    async ([, fault]) => {
      const result = await runWith('map50 >= baseline - 1\nf1[helmet] >= baseline - 1', [fault]);
      expect(result.outputs).toMatchObject({ outcome: 'undecided', started: '0' });
      expect(result.exitCode).toBe(1);
      expect(errorsOf(result).join('\n')).toMatch(
        /"f1\[helmet\] >= baseline - 1" cannot be judged: .*version 6/,
      );
      const warns = await runWith('map50 >= baseline + 50\nwarn: f1[helmet] >= baseline - 1', [fault]);
      expect(warns.outputs).toMatchObject({ outcome: 'failed', started: '1' });
    },
  );
});
