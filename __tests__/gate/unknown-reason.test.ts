import { describe, expect, test } from 'vitest';
import { whyNoPick } from '../../src/report/words/unknown-words.ts';
import { model, target } from '../build.ts';
import { named, rows } from '../rows.ts';
import { baselineOf, judged, missing, reasonOf, type Trial } from './judged.ts';

describe('why a rule cannot be judged', () => {
  const odd = (name: string, raw: string) => [
    model({ id: 'm', metrics: { map50: 80 }, unreadable: [{ name, raw }] }),
  ];
  const given: Readonly<Record<string, Trial>> = {
    '': {},
    'an unreadable F1': { models: odd('f1', '"NaN"') },
    'an unreadable recall': { models: odd('recall', '140') },
    Jetson: { models: [model({ metrics: { map50: 80 }, latency: { Jetson: 4 } })] },
    'no latency': { models: [model({ metrics: { map50: 80 } })] },
    'T4 <= 3': { targets: [target('T4', 3)] },
    'no model': { models: [] },
    missing: { baseline: missing },
    'missing, skipped': { baseline: missing, onMissingBaseline: 'skip' },
    'old without recall': { baseline: baselineOf([model({ id: 'old', metrics: { map50: 70 } })]) },
    'old without a model': { baseline: baselineOf([]) },
  };
  test.each(
    rows(`
    lists what was reported | f1 >= 2 | | F1 was not reported; reported: mAP50-95, mAP50, recall, latency
    shows a value that came but could not be read | f1 >= 2 | an unreadable F1 | F1 was not reported; came as "NaN"; reported: mAP50
    leaves out values of other metrics that could not be read | f1 >= 2 | an unreadable recall | F1 was not reported; reported: mAP50
    names the hardware that was measured | map50@L4 >= 2 | | no model was measured on L4; measured: T4, Orin
    lists the hardware that was measured | map50@jetsn >= 2 | Jetson | no model was measured on jetsn; measured: Jetson
    says that nothing was measured | map50@L4 >= 2 | no latency | no model was measured on L4; no latency was reported at all
    names the fastest model if the budget rules all out | map50@T4 >= 2 | T4 <= 3 | no model is within 3 ms on T4; the fastest takes 4 ms
    says that there is no model | map50 >= 2 | no model | no metrics were reported
    says that no baseline was asked for | map50 >= baseline | | no baseline is named to compare with
    says why there is no baseline | map50 >= baseline | missing | no baseline: no lower version was trained
    says why there is no baseline if the workflow skips that | map50 >= baseline | missing, skipped | no baseline: no lower version was trained
    says what the baseline lacks | recall >= baseline | old without recall | version 3 cannot be compared with: recall was not reported; reported: mAP50
    says that the baseline has no model | recall >= baseline | old without a model | version 3 cannot be compared with: no metrics were reported
    `),
  )('%s', (_, text, trial, reason) => {
    expect(reasonOf(judged({ rules: text, ...named(given, trial) }))).toBe(reason);
  });

  test('does not say that nothing was measured on a hardware that was', () => {
    const models = [
      model({ id: 'a', metrics: { 'map50-95': 60 }, latency: { T4: 50 } }),
      model({ id: 'b', latency: { T4: 5 } }),
    ];
    const [pick] = judged({ models, targets: [target('T4', 10)] }).picks;
    if (pick?.kind !== 'missing') throw new Error('a pick was made');
    expect(whyNoPick(pick)).not.toContain('no model was measured on T4');
  });
});
