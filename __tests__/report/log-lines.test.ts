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
      '  broken   mAP50 78.4 %, wanted 80 % or more: 1.6 points short',
      '  ok       only warns: recall 81.0 %, wanted 80 % or more',
      '  ok       latency on T4 3.4 ms, limit 5 ms',
      '  unknown  precision >= 50: precision was not reported; reported: mAP50, recall, latency',
    ]);
  });

  test('is not there if nothing was judged', () => {
    expect(logLines(undecided('the training failed'))).toEqual([]);
  });
});
