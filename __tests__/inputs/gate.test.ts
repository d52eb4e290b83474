import { describe, expect, test } from 'vitest';
import { type Given, inputs, mistakes } from './given.ts';

describe('hardware', () => {
  test.each<[text: string, expected: readonly string[]]>([
    ['', []],
    ['t4', ['t4']],
    ['t4,l4', ['t4', 'l4']],
    ['t4\nl4\n', ['t4', 'l4']],
    ['t4\r\nl4 <= 5 ms\r\n', ['t4', 'l4: 5']],
    ['t4 <= 10 ms', ['t4: 10']],
    ['t4<=10ms', ['t4: 10']],
    ['t4 <= 7.5', ['t4: 7.5']],
    ['T4 <= 10 MS', ['T4: 10']],
    ['Jetson Orin Nano <= 33.3 ms, t4', ['Jetson Orin Nano: 33.3', 't4']],
    ['# edge\nt4 # cloud\n\n,', ['t4']],
    ['t4 # the cloud, not the edge', ['t4']],
  ])('"%s" is read', (text, expected) => {
    const shown = inputs({ hardware: text }).targets.map(({ hardware, budgetMs }) =>
      budgetMs === undefined ? hardware : `${hardware}: ${budgetMs}`,
    );
    expect(shown).toEqual(expected);
  });

  const valid =
    'is not valid; write a hardware name such as t4, or one with a latency budget such as "t4 <= 10 ms"';
  const budget = 'has a budget that no model can meet; write one above 0 ms, such as "t4 <= 10 ms"';
  test.each<[text: string, problem: string]>([
    ['t4 <= 2,5', valid],
    ['t4 <= 7,5 ms', valid],
    ['t4 10 ms', valid],
    ['t4 10ms', valid],
    ['Jetson Orin 8 33.3 ms', valid],
    ['t4: 10 ms', valid],
    ['t4:10', valid],
    ['t4 @ 10 ms', valid],
    ['t4 < 10 ms', valid],
    ['t4 ≤ 10ms', valid],
    ['t4 =< 10 ms', valid],
    ['t4 &lt;= 10 ms', valid],
    ['t4 = 10', valid],
    ['t4 == 10', valid],
    ['t4 >= 10 ms', valid],
    ['t4 < 2,5', valid],
    ['t4 <= 10 msec', valid],
    ['t4 <= 10 s', valid],
    ['t4 <= 10 ms t5', valid],
    ['t4 <=', valid],
    ['t4:', valid],
    ['<= 10 ms', valid],
    ['10 ms', valid],
    ['10ms', valid],
    ['10', valid],
    ['t4 <= 0', budget],
    ['t4 <= 0.0 ms', budget],
    ['t4 <= -1', budget],
    ['t4 < 0 ms', valid],
  ])('"%s" is refused', (text, problem) => {
    expect(mistakes({ hardware: text })).toEqual([`hardware: "${text}" ${problem}`]);
  });

  test('with a decimal comma and a blank is not taken for a smaller budget and a second hardware', () => {
    expect(mistakes({ hardware: 't4 <= 2, 5' })).toEqual([`hardware: "5" ${valid}`]);
  });

  test.each(['RTX 4090', 'A100-80GB', 'iPhone 6s', 'gpu', 'Intel(R) Core', 'CPU x86/64', '4090 ti'])(
    'may be called "%s"',
    (hardware) => {
      expect(inputs({ hardware }).targets).toEqual([{ hardware, budgetMs: undefined }]);
    },
  );

  test('may be there once only, however it is spelled', () => {
    expect(mistakes({ hardware: 't4 <= 10 ms\nT4' })).toEqual([
      'hardware: "T4" is there twice; leave one of them out',
    ]);
  });
});

describe('the baseline', () => {
  test.each<[name: string, given: Given, expected: unknown]>([
    ['is none by default', {}, undefined],
    ['may be a version', { baseline: '6' }, { kind: 'version', version: 6 }],
    ['may be the previous one', { baseline: ' PREVIOUS ' }, { kind: 'previous' }],
    [
      'can be set without a rule that needs it',
      { baseline: 'previous', thresholds: 'map50 >= 80' },
      { kind: 'previous' },
    ],
    [
      'may have the number of a version that is not known yet',
      { baseline: '7', version: 'latest' },
      { kind: 'version', version: 7 },
    ],
  ])('%s', (_, given, expected) => {
    expect(inputs(given).baseline).toEqual(expected);
  });

  const needed =
    'baseline: is empty, but a rule in thresholds compares with it; set it to a version number or to "previous"';
  const same = 'baseline: "7" is the version to train; set another one, or "previous"';
  type Row = [name: string, given: Given, expected: string];

  test.each<Row>([
    ['is needed by a rule that compares with it', { thresholds: 'map50 >= baseline' }, needed],
    [
      'is needed by a warning that compares with it',
      { thresholds: 'map50 >= 80\nwarn: recall >= baseline - 1' },
      needed,
    ],
    ['is not the version that is trained', { baseline: '7', version: '7' }, same],
    ['is not the version that is attached to', { baseline: '7', version: '7', 'job-id': 'job_x1' }, same],
    [
      'is no typo',
      { baseline: 'previuos' },
      'baseline: "previuos" is not valid; valid: the number of a dataset version, or "previous"; did you mean "previous"?',
    ],
    ...['0', '-6', '6.0', '06', 'v6', 'latest', 'best'].map(
      (baseline): Row => [
        `is not "${baseline}"`,
        { baseline },
        `baseline: "${baseline}" is not valid; valid: the number of a dataset version, or "previous"`,
      ],
    ),
  ])('%s', (_, given, expected) => {
    expect(mistakes(given)).toEqual([expected]);
  });
});
