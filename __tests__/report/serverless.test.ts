import { expect, test } from 'vitest';
import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { renderReport } from '../../src/report/report.ts';
import { model, target } from '../build.ts';
import { facts, judged } from './cases.ts';
import { measured, pairs } from './charts.ts';
import { commentOf, strangersIn } from './strangers.ts';

test.each(hostileTexts.map((said) => [said]))(
  'Roboflow says without markup why it has no latency: %j',
  (said) => {
    const untimed = model({ metrics: { map50: 80 }, serverlessLack: { kind: 'untimed', said } });
    for (const thresholds of ['latency <= 60 ms', 'warn: latency@serverless <= 60 ms']) {
      const conclusion = judged({ models: [untimed], thresholds, targets: [target('serverless', 60)] });
      const report = renderReport(conclusion, facts);
      expect(report).toContain('it says: ');
      expect([...strangersIn(report), ...strangersIn(commentOf(conclusion, facts))]).toEqual([]);
    }
  },
);

test('what helps is told where only hardware needs it', () => {
  const lacking = model({ metrics: { map50: 80 }, serverlessLack: { kind: 'untimed' } });
  const conclusion = judged({ models: [lacking], targets: [target('serverless', 60)] });
  expect(renderReport(conclusion, facts)).toContain('Start an evaluation of it on Roboflow');
});

const axes = (report: string) => report.match(/(?<=x-axis ).*/g);
const both = measured({ T4: pairs(2, 50, 5, 61, 9, 63), serverless: pairs(31, 50, 44, 61, 66, 63) });

test.each<readonly [string, string, readonly string[] | null]>([
  [
    'one picture, of the first broken limit',
    'latency@T4 <= 9 ms\nlatency@serverless <= 60 ms',
    ['"31 to 60 ms" --> "60 to 66 ms"'],
  ],
  ['one picture, of a limit that holds', 'latency@T4 <= 9 ms', ['"5 to 9 ms" --> "over 9 ms"']],
  ['no picture without a limit', 'map50-95@serverless >= 60', null],
  ['no picture if something else is broken', 'latency@T4 <= 9 ms\nmap50-95 >= 99', null],
])('there is %s', (_, thresholds, expected) => {
  expect(axes(renderReport(judged({ models: both, thresholds }), facts))).toEqual(expected);
});
