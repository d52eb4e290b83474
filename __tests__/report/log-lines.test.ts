import { describe, expect, test } from 'vitest';
import { undecided } from '../../src/report/conclusion.ts';
import { logLines } from '../../src/report/log-lines.ts';
import { model, target } from '../build.ts';
import { judged } from './cases.ts';

describe('the verdict in the log', () => {
  test('is the heading, then a line for each rule and each pick', () => {
    const models = [
      model({ id: 'fast', metrics: { map50: 61.2, recall: 70 }, latency: { T4: 3.4 } }),
      model({ id: 'large', metrics: { map50: 78.4, recall: 81 }, latency: { T4: 12.1 } }),
    ];
    const thresholds = 'map50 >= 80\nwarn: recall >= 80\nlatency@t4 <= 5\nprecision >= 50';
    const targets = [target('T4', 5), target('L4')];
    expect(logLines(judged({ models, thresholds, targets }))).toEqual([
      '⚠️ Not judged: precision was not reported',
      '  broken   mAP50 ≥ 80 %: 78.4 %',
      '  ok       recall ≥ 80 % (only warns): 81.0 %',
      '  ok       latency on T4 ≤ 5 ms: 3.4 ms',
      '  unknown  precision ≥ 50 %: no value',
      '  T4: fast, mAP50 61.2 %, 3.4 ms',
      '  L4: no model was measured on L4; measured: T4',
    ]);
  });

  test('has no more than 20 picks', () => {
    const targets = Array.from({ length: 23 }, (_, index) => target(`GPU ${index}`));
    const lines = logLines(judged({ models: [model({ id: 'a', metrics: { map50: 70 } })], targets }));
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('  and 3 more hardware targets');
  });

  test('is not there if nothing was judged', () => {
    expect(logLines(undecided('the training failed'))).toEqual([]);
  });
});
