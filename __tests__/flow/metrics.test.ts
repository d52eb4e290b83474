import { describe, expect, test } from 'vitest';
import { expectNoKey } from './no-key.ts';
import { brief } from './scenes.ts';
import { openWorld } from './world.ts';

describe('metrics', () => {
  test.each([
    ['that come a minute late are waited for', 'late-metrics', 'map50 >= 80', 'passed'],
    ['are not needed if there are no rules', 'no-metrics', '', 'passed'],
    ['of a training that was stopped early do not pass without rules', 'stopped-early', '', 'undecided'],
  ] as const)('%s', async (_, scenario, thresholds, outcome) => {
    await using world = await openWorld({ scenario: brief(scenario) });
    const result = await world.main({ thresholds });
    expect(result.outputs.get('outcome')).toBe(outcome);
    expect(result.exitCode).toBe(outcome === 'passed' ? 0 : 1);
    const heading = '## ✅ Trained, no metrics were reported; no rules, nothing was judged';
    if (scenario === 'no-metrics') expect(result.summaryText.split('\n')[0]).toBe(heading);
    expectNoKey(world, result);
  });

  test('that never come leave a rule that needs them undecided, also with fail-build: false', async () => {
    await using world = await openWorld({ scenario: brief('no-metrics') });
    const result = await world.main({ 'fail-build': 'false' });
    expect(result.exitCode).toBe(1);
    expect(result.given).toMatchObject({
      outcome: 'undecided',
      'job-status': 'finished',
      'model-id': '',
      map50: '',
      'deploy-matrix': '{"include":[]}',
    });
    const id = result.given['job-id'];
    expect(result.failures).toEqual([
      `map50 >= 80: no metrics were reported. Judge this training again with job-id: ${id}, once that is there or the inputs are changed: that starts no new one. ${result.given.url}`,
    ]);
    expect(result.summaryText.split('\n')[0]).toBe('## ⚠️ Not judged: no metrics were reported');
    expect(world.simulator.started()).toHaveLength(1);
  });

  test('that never come do not matter to a rule that only warns', async () => {
    await using world = await openWorld({ scenario: brief('no-metrics') });
    const result = await world.main({ thresholds: 'warn: map50 >= 80' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('outcome')).toBe('passed');
    expect(result.warnings).toEqual([
      `No metrics of training ${result.given['job-id']} are reported yet. What is there is judged.`,
      'map50 >= 80: no metrics were reported',
    ]);
  });
});
