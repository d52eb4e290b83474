import { describe, expect, test } from 'vitest';
import { type Given, inputs, mistakes } from './given.ts';

describe('hardware', () => {
  test.each<{ text: string; expected: readonly (readonly [string, number | undefined])[] }>([
    { text: '', expected: [] },
    { text: 't4', expected: [['t4', undefined]] },
    {
      text: 't4,l4',
      expected: [
        ['t4', undefined],
        ['l4', undefined],
      ],
    },
    {
      text: 't4\nl4\n',
      expected: [
        ['t4', undefined],
        ['l4', undefined],
      ],
    },
    {
      text: 't4\r\nl4 <= 5 ms\r\n',
      expected: [
        ['t4', undefined],
        ['l4', 5],
      ],
    },
    { text: 't4 <= 10 ms', expected: [['t4', 10]] },
    { text: 't4<=10ms', expected: [['t4', 10]] },
    { text: 't4 <= 7.5', expected: [['t4', 7.5]] },
    { text: 'T4 <= 10 MS', expected: [['T4', 10]] },
    {
      text: 'Jetson Orin Nano <= 33.3 ms, t4',
      expected: [
        ['Jetson Orin Nano', 33.3],
        ['t4', undefined],
      ],
    },
    { text: '# edge\nt4 # cloud\n\n,', expected: [['t4', undefined]] },
    { text: 't4 # the cloud, not the edge', expected: [['t4', undefined]] },
  ])('"$text" is read', ({ text, expected }) => {
    expect(inputs({ hardware: text }).targets.map(({ hardware, budgetMs }) => [hardware, budgetMs])).toEqual(
      expected,
    );
  });

  const valid =
    'is not valid; write a hardware name such as t4, or one with a latency budget such as "t4 <= 10 ms"';
  const budget = 'has a budget that no model can meet; write one above 0 ms, such as "t4 <= 10 ms"';
  test.each<{ text: string; problem: string; meant?: string }>([
    { text: 't4 <= 2,5', problem: valid, meant: 't4 <= 2.5 ms' },
    { text: 't4 <= 7,5 ms', problem: valid, meant: 't4 <= 7.5 ms' },
    { text: 't4 10 ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 10ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 'Jetson Orin 8 33.3 ms', problem: valid, meant: 'Jetson Orin 8 <= 33.3 ms' },
    { text: 't4: 10 ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4:10', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 @ 10 ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 < 10 ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 ≤ 10ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 =< 10 ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 &lt;= 10 ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 = 10', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 == 10', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 >= 10 ms', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 < 2,5', problem: valid, meant: 't4 <= 2.5 ms' },
    { text: 't4 <= 10 msec', problem: valid, meant: 't4 <= 10 ms' },
    { text: 't4 <= 10 s', problem: valid },
    { text: 't4 <= 10 ms t5', problem: valid },
    { text: 't4 <=', problem: valid },
    { text: 't4:', problem: valid },
    { text: '<= 10 ms', problem: valid },
    { text: '10 ms', problem: valid },
    { text: '10ms', problem: valid },
    { text: '10', problem: valid },
    { text: 't4 <= 0', problem: budget },
    { text: 't4 <= 0.0 ms', problem: budget },
    { text: 't4 <= -1', problem: budget },
    { text: 't4 < 0 ms', problem: valid },
  ])('"$text" is refused', ({ text, problem, meant }) => {
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
    expect(mistakes({ hardware: text })).toEqual([`hardware: "${text}" ${problem}${hint}`]);
    if (meant !== undefined) expect(mistakes({ hardware: `${meant}\nx 1 ms` })).toHaveLength(1);
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
  test.each<{ name: string; given: Given; expected: unknown }>([
    { name: 'is none by default', given: {}, expected: undefined },
    { name: 'may be a version', given: { baseline: '6' }, expected: { kind: 'version', version: 6 } },
    { name: 'may be the previous one', given: { baseline: ' PREVIOUS ' }, expected: { kind: 'previous' } },
    {
      name: 'can be set without a rule that needs it',
      given: { baseline: 'previous', thresholds: 'map50 >= 80' },
      expected: { kind: 'previous' },
    },
    {
      name: 'may have the number of a version that is not known yet',
      given: { baseline: '7', version: 'latest' },
      expected: { kind: 'version', version: 7 },
    },
  ])('$name', ({ given, expected }) => {
    expect(inputs(given).baseline).toEqual(expected);
  });

  test.each<{ name: string; given: Given; expected: readonly string[] }>([
    {
      name: 'is needed by a rule that compares with it',
      given: { thresholds: 'map50 >= baseline' },
      expected: [
        'baseline: is empty, but a rule in thresholds compares with it; set it to a version number or to "previous"',
      ],
    },
    {
      name: 'is needed by a warning that compares with it',
      given: { thresholds: 'map50 >= 80\nwarn: recall >= baseline - 1' },
      expected: [
        'baseline: is empty, but a rule in thresholds compares with it; set it to a version number or to "previous"',
      ],
    },
    {
      name: 'is not the version that is trained',
      given: { baseline: '7', version: '7' },
      expected: ['baseline: "7" is the version to train; set another one, or "previous"'],
    },
    {
      name: 'is not the version that is attached to',
      given: { baseline: '7', version: '7', 'job-id': 'job_x1' },
      expected: ['baseline: "7" is the version to train; set another one, or "previous"'],
    },
    {
      name: 'is no typo',
      given: { baseline: 'previuos' },
      expected: [
        'baseline: "previuos" is not valid; valid: the number of a dataset version, or "previous"; did you mean "previous"?',
      ],
    },
    ...['0', '-6', '6.0', '06', 'v6', 'latest', 'best'].map((baseline) => ({
      name: `is not "${baseline}"`,
      given: { baseline },
      expected: [
        `baseline: "${baseline}" is not valid; valid: the number of a dataset version, or "previous"`,
      ],
    })),
  ])('$name', ({ given, expected }) => {
    expect(mistakes(given)).toEqual(expected);
  });
});
