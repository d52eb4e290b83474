import { describe, expect, test } from 'vitest';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { formatRule, type Rule } from '../../src/gate/rules.ts';

const map50AtLeast80: Rule = {
  severity: 'fail',
  scope: 'best',
  metric: 'map50',
  ofClass: undefined,
  split: undefined,
  hardware: undefined,
  comparison: '>=',
  bound: { kind: 'value', value: 80 },
};

const one = (name: string) => ({ kind: 'one' as const, name });

describe('a line that is a rule', () => {
  test.each<[text: string, expected: Partial<Rule>]>([
    ['map50 >= 80', {}],
    ['  map50   >=   80  ', {}],
    ['map50>=80', {}],
    ['\tmap50\t>=\t80\t', {}],
    ['map50 ≥ 80', {}],
    ['mAP50≤80', { comparison: '<=' }],
    ['map50 >= 80%', {}],
    ['map50 >= 80 %', {}],
    ['map50 >= 80.0', {}],
    ['mAP@50 >= 80', {}],
    ['map50 > 80', { comparison: '>' }],
    ['map50 <= 80', { comparison: '<=' }],
    ['map50 < 80', { comparison: '<' }],
    ['map50 >= 0', { bound: { kind: 'value', value: 0 } }],
    ['map50 >= 1.5', { bound: { kind: 'value', value: 1.5 } }],
    ['map50 >= 80.123456', { bound: { kind: 'value', value: 80.123456 } }],
    ['map50 >= 100', { bound: { kind: 'value', value: 100 } }],
    ['mAP50-95 >= 80', { metric: 'map50-95' }],
    ['perplexity <= 0.5', { metric: 'perplexity', comparison: '<=', bound: { kind: 'value', value: 0.5 } }],
    ['perplexity <= 250', { metric: 'perplexity', comparison: '<=', bound: { kind: 'value', value: 250 } }],
    ['latency <= 10', { metric: 'latency', comparison: '<=', bound: { kind: 'value', value: 10 } }],
    ['latency <= 10ms', { metric: 'latency', comparison: '<=', bound: { kind: 'value', value: 10 } }],
    ['latency <= 0.5 MS', { metric: 'latency', comparison: '<=', bound: { kind: 'value', value: 0.5 } }],
    ['map50@t4 >= 80', { hardware: 't4' }],
    ['map50 @ T4 >= 80', { hardware: 'T4' }],
    ['mAP@50@t4 >= 80', { hardware: 't4' }],
    ['mAP@[.5:.95]@t4 >= 80', { metric: 'map50-95', hardware: 't4' }],
    ['map50@jetson orin nano >= 80', { hardware: 'jetson orin nano' }],
    ['map50@t4@rack 2 >= 80', { hardware: 't4@rack 2' }],
    ['map50@50 >= 80', { hardware: '50' }],
    ['map50@validation rig >= 80', { hardware: 'validation rig' }],
    ['map50@rig of training >= 80', { hardware: 'rig of training' }],
    ['map50@test >= 80', { split: 'test' }],
    ['mAP@50 @ Valid >= 80', { split: 'valid' }],
    ['mAP@50@test >= 80', { split: 'test' }],
    ['map50@validation >= 80', { split: 'valid' }],
    ['mAP@50 @ VAL >= 80', { split: 'valid' }],
    ['map50@testing >= 80', { split: 'test' }],
    ['recall[helmet]@val >= 80', { metric: 'recall', ofClass: one('helmet'), split: 'valid' }],
    ['map50 >= 0.5 %', { bound: { kind: 'value', value: 0.5 } }],
    ['recall[helmet] >= 80', { metric: 'recall', ofClass: one('helmet') }],
    ['recall [ helmet ]>=80', { metric: 'recall', ofClass: one('helmet') }],
    ['map50[*] >= 80', { ofClass: { kind: 'every' } }],
    ['map50["*"] >= 80', { ofClass: one('*') }],
    ['map50["a]b"] >= 80', { ofClass: one('a]b') }],
    [String.raw`map50["say \"hi\" \\"] >= 80`, { ofClass: one(String.raw`say "hi" \ `.trim()) }],
    ['map50[size 9" pipe] >= 80', { ofClass: one('size 9" pipe') }],
    ['map50[a"] >= 80', { ofClass: one('a"') }],
    ['map50[95] >= 80', { metric: 'map50', ofClass: one('95') }],
    ['recall[.5:.95] >= 80', { metric: 'recall', ofClass: one('.5:.95') }],
    ['mAP[.5:.95] >= 80', { metric: 'map50-95' }],
    ['map50[no.#1] >= 80 # as agreed', { ofClass: one('no.#1') }],
    ['map50[a >= b] >= 80', { ofClass: one('a >= b') }],
    ['map50[person]@test >= 80', { ofClass: one('person'), split: 'test' }],
    ['map50[person]@T4 >= 80', { ofClass: one('person'), hardware: 'T4' }],
    ['warn: mAP@[.5:.95][person] >= 80', { severity: 'warn', metric: 'map50-95', ofClass: one('person') }],
    ['# recall[helmet] >= 90\nmap50 >= 80', {}],
    ['warn: map50 >= 80', { severity: 'warn' }],
    ['warn:map50 >= 80', { severity: 'warn' }],
    ['WARN : map50 >= 80', { severity: 'warn' }],
    ['each: map50 >= 80', { scope: 'each' }],
    ['warn: each: map50 >= 80', { severity: 'warn', scope: 'each' }],
    ['Each :warn:map50 >= 80', { severity: 'warn', scope: 'each' }],
    ['each: recall[each: a] >= 80', { scope: 'each', metric: 'recall', ofClass: one('each: a') }],
    ['map50 >= baseline', { bound: { kind: 'baseline', offset: 0 } }],
    ['map50 >= Baseline', { bound: { kind: 'baseline', offset: 0 } }],
    ['map50 >= baseline - 0', { bound: { kind: 'baseline', offset: 0 } }],
    ['map50 >= baseline - 0.5', { bound: { kind: 'baseline', offset: -0.5 } }],
    ['map50 >= baseline-0.5', { bound: { kind: 'baseline', offset: -0.5 } }],
    ['map50 >= baseline + 1', { bound: { kind: 'baseline', offset: 1 } }],
    [
      'latency@T4 <= baseline + 1 ms',
      {
        metric: 'latency',
        hardware: 'T4',
        comparison: '<=',
        bound: { kind: 'baseline', offset: 1 },
      },
    ],
    ['map50 >= 80 # as agreed', {}],
    ['\u{feff}map50 >= 80\u{200b}', {}],
    ['map\u{ad}50 \u{2060}>= 8\u{200d}0', {}],
    ['\u{202a}map50 >= 80\u{202c}\0', {}],
    ['map50\u{a0}>=\u{2009}80', {}],
    ['map50 >= 80#as agreed', {}],
  ])('"%s" is read', (text, expected) => {
    expect(parseRules(text)).toEqual({ rules: [{ ...map50AtLeast80, ...expected }], mistakes: [] });
  });
});

describe('lines', () => {
  test.each([
    { name: 'an empty text', text: '' },
    { name: 'blank lines', text: '\n  \n\t\r\n' },
    { name: 'comments', text: '# one\n   # two\n#map50 >= 80' },
  ])('$name give neither rules nor mistakes', ({ text }) => {
    expect(parseRules(text)).toEqual({ rules: [], mistakes: [] });
  });

  test.each([
    { name: 'line feeds', end: '\n' },
    { name: 'carriage returns with line feeds', end: '\r\n' },
    { name: 'carriage returns', end: '\r' },
  ])(
    'a mistake has the number of its line, counted from 1 over blank lines and comments, with $name',
    ({ end }) => {
      const text = [
        ...['# gate', '', 'map50 >= 80', 'recall => 70 # typo', '', 'warn: f1 >= 60', 'nonsense'],
      ].join(end);
      const { rules, mistakes } = parseRules(text);
      expect(rules.map(formatRule)).toEqual(['map50 >= 80', 'warn: f1 >= 60']);
      expect(mistakes.map(({ line, text }) => ({ line, text }))).toEqual([
        { line: 4, text: 'recall => 70' },
        { line: 7, text: 'nonsense' },
      ]);
    },
  );

  test('rules keep their order, and a rule may stand there twice', () => {
    const { rules } = parseRules('recall >= 70\nmap50 >= 80\nrecall >= 70');
    expect(rules.map(formatRule)).toEqual(['recall >= 70', 'map50 >= 80', 'recall >= 70']);
  });
});
