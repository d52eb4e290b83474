import { describe, expect, test } from 'vitest';
import { formatRule } from '../../src/gate/rules.ts';
import { enough, type Given, inputs, key, mistakes, mistakesOf } from './given.ts';

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
    ['t4 <= 0', valid],
    ['t4 <= 0.0 ms', valid],
    ['t4 <= -1', valid],
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
    'baseline: is empty, but a rule in thresholds compares with it; set it to a version number, to "previous", or to the path of a results file';
  test.each<[name: string, given: Given, expected: string]>([
    ['is needed by a rule that compares with it', { thresholds: 'map50 >= baseline' }, needed],
    [
      'is needed by a warning that compares with it',
      { thresholds: 'map50 >= 80\nwarn: recall >= baseline - 1' },
      needed,
    ],
    [
      'is no typo',
      { baseline: 'previuos' },
      'baseline: "previuos" is not valid, and there is no such file; did you mean "previous"?',
    ],
    ['is not "0"', { baseline: '0' }, 'baseline: "0" is no number of a dataset version; those begin at 1'],
    ['is not "06"', { baseline: '06' }, 'baseline: "06" is no number of a dataset version; those begin at 1'],
  ])('%s', (_, given, expected) => {
    expect(mistakes(given)).toEqual([expected]);
  });

  test('may be the version that is trained: a training there is compared with the one before', () => {
    expect(inputs({ baseline: '7', version: '7' }).baseline).toEqual({ kind: 'version', version: 7 });
  });

  test.each(['./2', 'v6', '6.0', '-6', 'latest', 'production/results.json', 'previuos.json'])(
    'is a file that is not there yet: "%s"',
    (baseline) => {
      expect(inputs({ baseline }).baseline).toEqual({ kind: 'file', path: baseline, past: undefined });
    },
  );
});

describe('rules in a file', () => {
  const text = '# of the main branch\r\nmap50 >= 80\r\n\r\nwarn: recall[a#b] >= 70 # for now\r\n';
  const files = { 'gate/rules.txt': text, '2': 'map50 >= 2', 'no comparison': 'map50 >= 3' };

  test.each<[thresholds: string, rules: readonly string[]]>([
    ['gate/rules.txt', ['map50 >= 80', 'warn: recall[a#b] >= 70']],
    ['\n# as on main\n  gate/rules.txt # see there\n', ['map50 >= 80', 'warn: recall[a#b] >= 70']],
    ['\u{feff}gate/rules.txt\r\n', ['map50 >= 80', 'warn: recall[a#b] >= 70']],
    ['2', ['map50 >= 2']],
    ['no comparison', ['map50 >= 3']],
    ['map50 ≥ 80', ['map50 >= 80']],
    ['# nothing\n\n', []],
  ])('%j gives its rules', (thresholds, rules) => {
    expect(inputs({ thresholds }, files).rules.map(formatRule)).toEqual(rules);
  });

  const meant =
    'is neither a rule, which needs one comparison, as in "map50 >= 80", nor a file that can be read';
  test.each<[name: string, thresholds: string, files: Given, ...expected: readonly string[]]>([
    ['is not there', 'gate.txt', {}, `thresholds: "gate.txt" ${meant}: there is no such file`],
    ['is a rule cut short', 'map50', {}, `thresholds: "map50" ${meant}: there is no such file`],
    [
      'has no rule',
      'a',
      { a: '# none yet\n\n' },
      'thresholds, a: has no rule; write one a line, such as "map50 >= 80"',
    ],
    ['is empty', 'a', { a: '' }, 'thresholds, a: has no rule; write one a line, such as "map50 >= 80"'],
    [
      'has mistakes',
      'a',
      { a: 'map50 >= 0.8\r\n\r\nlatency <= 10 %\r\nmap50 >= 80' },
      'thresholds, a, line 1: "map50 >= 0.8": metrics are percentages; write 80, not 0.8',
      'thresholds, a, line 3: "latency <= 10 %": % does not fit latency, which is in ms',
    ],
    [
      'names another file',
      'a',
      { a: 'b', b: 'map50 >= 80' },
      'thresholds, a, line 1: "b": a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"',
    ],
    [
      'is one of several lines',
      'gate.txt\nmap50 >= 80',
      { 'gate.txt': 'map50 >= 80' },
      'thresholds, line 1: "gate.txt": a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"',
    ],
    [
      'compares with a baseline that is not named',
      'a',
      { a: 'map50 >= baseline' },
      'baseline: is empty, but a rule in thresholds compares with it; set it to a version number, to "previous", or to the path of a results file',
    ],
  ])('is a mistake if it %s', (_, thresholds, given, ...expected) => {
    expect(mistakes({ thresholds }, given)).toEqual(expected);
  });

  test('shows no key that was pasted into it', () => {
    const [line] = mistakesOf({ ...enough, thresholds: 'a' }, { a: `map50 >= ${key}` });
    expect(line).toMatch(/^thresholds, a, line 1: /);
    expect(line).not.toContain(key);
  });
});
