import { describe, expect, test } from 'vitest';
import { undecided } from '../../src/report/conclusion.ts';
import { logLines } from '../../src/report/log-lines.ts';
import { model, target } from '../build.ts';
import { judged } from './cases.ts';

describe('the verdict in the log', () => {
  test('is the heading, then a line for each rule', () => {
    const models = [
      model({ id: 'fast', metrics: { map50: 61.2, recall: 70 }, latency: { T4: 3.4 } }),
      model({ id: 'large', metrics: { map50: 78.4, recall: 81 }, latency: { T4: 12.1 } }),
    ];
    const thresholds = 'map50 >= 80\nwarn: recall >= 80\nlatency@t4 <= 5\nprecision >= 50';
    const targets = [target('T4', 5), target('L4')];
    expect(logLines(judged({ models, thresholds, targets }))).toEqual([
      '⚠️ Not judged: precision was not reported',
      '  broken   map50 78.4, wanted >= 80 (short by 1.6)',
      '  ok       only warns: recall 81, wanted >= 80',
      '  ok       latency@t4 3.4 ms, wanted <= 5 ms',
      '  unknown  precision >= 50: precision was not reported; reported: mAP50, recall, latency',
    ]);
  });

  test('is not there if nothing was judged', () => {
    expect(logLines(undecided('the training failed'))).toEqual([]);
  });
});
