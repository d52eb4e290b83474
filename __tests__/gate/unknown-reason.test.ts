import { describe, expect, test } from 'vitest';
import { missingPickReason } from '../../src/report/words/reasons.ts';
import { model, target } from '../build.ts';
import { baselineOf, judged, missing, reasonOf, type Trial } from './judged.ts';

describe('why a rule cannot be judged', () => {
  test.each<{ name: string; trial: Trial; reason: string }>([
    {
      name: 'lists what was reported',
      trial: { rules: 'f1 >= 2' },
      reason:
        'f1 was not reported for nano; reported: map50-95 55, map50 80, recall 70, latency@T4 4 ms, latency@Orin 12 ms',
    },
    {
      name: 'shows a value that came but could not be read',
      trial: {
        rules: 'f1 >= 2',
        models: [model({ id: 'm', metrics: { map50: 80 }, unreadable: [{ name: 'f1', raw: '"NaN"' }] })],
      },
      reason: 'f1 was not reported for m; reported: map50 80 (f1 came as "NaN")',
    },
    {
      name: 'leaves out values of other metrics that could not be read',
      trial: {
        rules: 'f1 >= 2',
        models: [model({ id: 'm', metrics: { map50: 80 }, unreadable: [{ name: 'recall', raw: '140' }] })],
      },
      reason: 'f1 was not reported for m; reported: map50 80',
    },
    {
      name: 'names the hardware that was measured',
      trial: { rules: 'map50@L4 >= 2' },
      reason: 'no model was measured on L4; measured: T4, Orin',
    },
    {
      name: 'suggests the hardware that was meant',
      trial: {
        rules: 'map50@jetsn >= 2',
        models: [model({ metrics: { map50: 80 }, latency: { Jetson: 4 } })],
      },
      reason: 'no model was measured on jetsn; measured: Jetson; did you mean "Jetson"?',
    },
    {
      name: 'says that nothing was measured',
      trial: { rules: 'map50@L4 >= 2', models: [model({ metrics: { map50: 80 } })] },
      reason: 'no model was measured on L4; no latency was reported at all',
    },
    {
      name: 'names the fastest model if the budget rules all out',
      trial: { rules: 'map50@T4 >= 2', targets: [target('T4', 3)] },
      reason: 'no model is within 3 ms on T4 (the fastest takes 4 ms)',
    },
    {
      name: 'says that there is no model',
      trial: { rules: 'map50 >= 2', models: [] },
      reason: 'no finished model with metrics was reported',
    },
    {
      name: 'says that no baseline was asked for',
      trial: { rules: 'map50 >= baseline' },
      reason: 'no baseline was asked for',
    },
    {
      name: 'says why there is no baseline',
      trial: {
        rules: 'map50 >= baseline',
        baseline: { kind: 'missing', reason: 'no training has succeeded on version 3' },
      },
      reason: 'there is no baseline: no training has succeeded on version 3',
    },
    {
      name: 'says why there is no baseline if the workflow skips that',
      trial: {
        rules: 'map50 >= baseline',
        baseline: missing,
        onMissingBaseline: 'skip',
      },
      reason: 'there is no baseline: no lower version was trained',
    },
    {
      name: 'says what the baseline lacks',
      trial: {
        rules: 'recall >= baseline',
        baseline: baselineOf([model({ id: 'old', metrics: { map50: 70 } })]),
      },
      reason:
        'the baseline, version 3, does not report it: recall was not reported for old; reported: map50 70',
    },
    {
      name: 'says that the baseline has no model',
      trial: { rules: 'recall >= baseline', baseline: baselineOf([]) },
      reason: 'the baseline, version 3, does not report it: no finished model with metrics was reported',
    },
  ])('$name', ({ trial, reason }) => {
    expect(reasonOf(judged(trial))).toBe(reason);
  });

  test('does not say that nothing was measured on a hardware that was', () => {
    const models = [
      model({ id: 'a', metrics: { 'map50-95': 60 }, latency: { T4: 50 } }),
      model({ id: 'b', latency: { T4: 5 } }),
    ];
    const [pick] = judged({ models, targets: [target('T4', 10)], targetsGiven: true }).picks;
    if (pick?.kind !== 'missing') throw new Error('a pick was made');
    expect(missingPickReason(pick)).not.toContain('no model was measured on T4');
  });
});
