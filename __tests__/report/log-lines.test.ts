import { describe, expect, test } from 'vitest';
import { undecided } from '../../src/report/conclusion.ts';
import { logGroups } from '../../src/report/log-groups.ts';
import { logLines } from '../../src/report/log-lines.ts';
import { classFigures, model, splitFigures, target } from '../build.ts';
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
      '  L4: no model was measured on L4',
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

describe('the details in the log', () => {
  const withClasses = (count: number) =>
    model({
      id: 'only',
      metrics: { map50: 70 },
      details: {
        figures: [
          splitFigures(
            'valid',
            {},
            Array.from({ length: count }, (_, at) =>
              classFigures(`class ${at}`, at, { recall: 60 + at / 100, map50: 50 }),
            ),
          ),
        ],
        lack: undefined,
      },
    });

  test('are the classes, a line each, weakest first', () => {
    const conclusion = judged({ models: [withClasses(4)], thresholds: 'recall[*] >= 60.02' });
    expect(logGroups(conclusion)).toEqual([
      {
        title: "Classes, weakest first (validation, from the version's training results)",
        lines: [
          'class 1: recall 60.01 % breaks a rule, mAP50 50.0 %, 1 object',
          'class 2: recall 60.0 %, mAP50 50.0 %, 2 objects',
          'class 3: recall 60.03 %, mAP50 50.0 %, 3 objects',
        ],
      },
    ]);
  });

  test('are no more than 500 classes', () => {
    const [{ lines } = { lines: [] }] = logGroups(judged({ models: [withClasses(603)] }));
    expect(lines).toHaveLength(501);
    expect(lines.at(-1)).toBe('and 102 more, all in the results file');
  });

  test('are the ten best models of a search', () => {
    const models = Array.from({ length: 12 }, (_, at) =>
      model({ id: `m${at}`, metrics: at === 0 ? {} : { map50: 60 + at }, latency: { T4: at + 1 } }),
    );
    const [group] = logGroups(judged({ models }));
    expect(group?.title).toBe('Models, best first');
    expect(group?.lines).toHaveLength(11);
    expect(group?.lines[0]).toBe('m11: mAP50 71.0 %, T4 12.0 ms');
    expect(group?.lines.at(-1)).toBe('and 2 more, all in the results file');
    const [few] = logGroups(judged({ models: models.slice(0, 2) }));
    expect(few?.lines).toEqual(['m1: mAP50 61.0 %, T4 2.0 ms', 'm0: T4 1.0 ms']);
  });

  test('are not there if there is nothing to tell', () => {
    expect(logGroups(judged())).toEqual([]);
    expect(logGroups(undecided('the training failed'))).toEqual([]);
  });
});
