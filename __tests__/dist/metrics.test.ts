import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../simulator/simulator.ts';
import { errorsOf, expectNoKey, routeOf, runAgainst, warningsOf } from './run.ts';
import { brief } from './scenes.ts';

const SPEED = 300;

/** Every line that the runner would take for a command. */
function commandsIn(log: string): readonly string[] {
  return log.split('\n').filter((line) => /^\s*::|##\[/.test(line));
}

describe('metrics', () => {
  test.concurrent('that come a minute late are waited for', async () => {
    await using simulator = await startSimulator({ scenario: brief('late-metrics'), speed: SPEED });
    const result = await runAgainst(simulator, { speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ outcome: 'passed', map50: '84.2' });
    expectNoKey(result, simulator);
  });

  test.concurrent('that never come leave a rule that needs them undecided', async () => {
    await using simulator = await startSimulator({ scenario: brief('no-metrics'), speed: SPEED });
    const result = await runAgainst(simulator, { speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({
      outcome: 'undecided',
      'job-status': 'complete',
      'model-id': '',
      map50: '',
      'deploy-matrix': '{"include":[]}',
    });
    expect(errorsOf(result)).toEqual(['map50 >= 80: no finished model with metrics was reported']);
    expect(result.summary.split('\n')[0]).toBe('## ⚠️ Not judged: mAP50 was not reported');
    expect(simulator.started()).toHaveLength(1);
  });

  test.concurrent('that never come leave it undecided with fail-build: false too', async () => {
    await using simulator = await startSimulator({ scenario: brief('no-metrics'), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { 'fail-build': 'false' }, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
  });

  test.concurrent('that never come do not matter to a rule that only warns', async () => {
    await using simulator = await startSimulator({ scenario: brief('no-metrics'), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { thresholds: 'warn: map50 >= 80' }, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.outcome).toBe('passed');
    expect(warningsOf(result)).toEqual(['map50 >= 80: no finished model with metrics was reported']);
  });

  test.concurrent('other than the one that a rule needs are listed', async () => {
    await using simulator = await startSimulator({ scenario: brief('fine-tune'), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { thresholds: 'map75 >= 50' }, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(errorsOf(result)).toEqual([
      'map75 >= 50: map75 was not reported for acme/hard-hats-7-rfdetr-nano-6669; reported: map50 84.2, map50-95 61.7, precision 88.4, recall 79.6',
    ]);
  });

  test.concurrent('are not needed where there are no rules', async () => {
    await using simulator = await startSimulator({ scenario: brief('no-metrics'), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { thresholds: '' }, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.outcome).toBe('passed');
    expect(result.summary.split('\n')[0]).toBe('## ✅ Passed: the training succeeded');
  });

  test.concurrent('of a run that was stopped early do not pass without rules', async () => {
    await using simulator = await startSimulator({ scenario: brief('stopped-early'), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { thresholds: '' }, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
  });
});

describe('hostile text', () => {
  test.concurrent('gives no workflow command but our own, and no number that is none', async () => {
    await using simulator = await startSimulator({ scenario: brief('hostile'), speed: SPEED });
    const result = await runAgainst(simulator, {
      inputs: { 'model-type': 'rfdetr-nas-parent' },
      speed: SPEED,
    });
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({
      outcome: 'undecided',
      map50: '',
      'map50-95': '81.5',
      precision: '',
    });
    expect(commandsIn(result.stdout)).toEqual([
      expect.stringMatching(/^::add-mask::/),
      expect.stringMatching(/^::error::map50 >= 80: map50 was not reported for /),
    ]);
    expect(routeOf(simulator)).toContain('POST /acme/hard-hats/jobs');
    expectNoKey(result, simulator);
  });

  test.concurrent('in the reason of a failure stays one annotation', async () => {
    const scenario = brief('hostile', { end: 'failed', endsAt: 0.5 });
    await using simulator = await startSimulator({ scenario, speed: SPEED });
    const result = await runAgainst(simulator, {
      inputs: { 'model-type': 'rfdetr-nas-parent' },
      speed: SPEED,
    });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(commandsIn(result.stdout)).toEqual([
      expect.stringMatching(/^::add-mask::/),
      expect.stringMatching(/^::error::Undecided: training job_\w+ failed: /),
    ]);
  });
});
