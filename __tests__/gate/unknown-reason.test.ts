import { describe, expect, test } from 'vitest';
import { whyNoPick } from '../../src/report/words/unknown-words.ts';
import { model, target } from '../build.ts';
import { baselineOf, judged, missing, reasonOf, type Trial } from './judged.ts';

describe('why a rule cannot be judged', () => {
  test.each<{ name: string; trial: Trial; reason: string }>([
    {
      name: 'lists what was reported',
      trial: { rules: 'f1 >= 2' },
      reason: 'F1 was not reported; reported: mAP50-95, mAP50, recall, latency',
    },
    {
      name: 'shows a value that came but could not be read',
      trial: {
        rules: 'f1 >= 2',
        models: [model({ id: 'm', metrics: { map50: 80 }, unreadable: [{ name: 'f1', raw: '"NaN"' }] })],
      },
      reason: 'F1 was not reported; came as "NaN"; reported: mAP50',
    },
    {
      name: 'leaves out values of other metrics that could not be read',
      trial: {
        rules: 'f1 >= 2',
        models: [model({ id: 'm', metrics: { map50: 80 }, unreadable: [{ name: 'recall', raw: '140' }] })],
      },
      reason: 'F1 was not reported; reported: mAP50',
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
      reason: 'no model was measured on jetsn; measured: Jetson; did you mean Jetson?',
    },
    {
      name: 'says that nothing was measured',
      trial: { rules: 'map50@L4 >= 2', models: [model({ metrics: { map50: 80 } })] },
      reason: 'no model was measured on L4; no latency was reported at all',
    },
    {
      name: 'names the fastest model if the budget rules all out',
      trial: { rules: 'map50@T4 >= 2', targets: [target('T4', 3)] },
      reason: 'no model is within 3 ms on T4; the fastest takes 4 ms',
    },
    {
      name: 'says that there is no model',
      trial: { rules: 'map50 >= 2', models: [] },
      reason: 'no metrics were reported',
    },
    {
      name: 'says that no baseline was asked for',
      trial: { rules: 'map50 >= baseline' },
      reason: 'no baseline is named to compare with',
    },
    {
      name: 'says why there is no baseline',
      trial: {
        rules: 'map50 >= baseline',
        baseline: { kind: 'missing', reason: 'no training has succeeded on version 3' },
      },
      reason: 'no baseline: no training has succeeded on version 3',
    },
    {
      name: 'says why there is no baseline if the workflow skips that',
      trial: {
        rules: 'map50 >= baseline',
        baseline: missing,
        onMissingBaseline: 'skip',
      },
      reason: 'no baseline: no lower version was trained',
    },
    {
      name: 'says what the baseline lacks',
      trial: {
        rules: 'recall >= baseline',
        baseline: baselineOf([model({ id: 'old', metrics: { map50: 70 } })]),
      },
      reason: 'version 3 cannot be compared with: recall was not reported; reported: mAP50',
    },
    {
      name: 'says that the baseline has no model',
      trial: { rules: 'recall >= baseline', baseline: baselineOf([]) },
      reason: 'version 3 cannot be compared with: no metrics were reported',
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
    expect(whyNoPick(pick)).not.toContain('no model was measured on T4');
  });
});
