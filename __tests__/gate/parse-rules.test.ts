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
  test.each<{ text: string; expected: Partial<Rule> }>([
    { text: 'map50 >= 80', expected: {} },
    { text: '  map50   >=   80  ', expected: {} },
    { text: 'map50>=80', expected: {} },
    { text: '\tmap50\t>=\t80\t', expected: {} },
    { text: 'map50 ≥ 80', expected: {} },
    { text: 'mAP50≤80', expected: { comparison: '<=' } },
    { text: 'map50 >= 80%', expected: {} },
    { text: 'map50 >= 80 %', expected: {} },
    { text: 'map50 >= 80.0', expected: {} },
    { text: 'mAP@50 >= 80', expected: {} },
    { text: 'map50 > 80', expected: { comparison: '>' } },
    { text: 'map50 <= 80', expected: { comparison: '<=' } },
    { text: 'map50 < 80', expected: { comparison: '<' } },
    { text: 'map50 >= 0', expected: { bound: { kind: 'value', value: 0 } } },
    { text: 'map50 >= 1.5', expected: { bound: { kind: 'value', value: 1.5 } } },
    { text: 'map50 >= 80.123456', expected: { bound: { kind: 'value', value: 80.123456 } } },
    { text: 'map50 >= 100', expected: { bound: { kind: 'value', value: 100 } } },
    { text: 'mAP50-95 >= 80', expected: { metric: 'map50-95' } },
    {
      text: 'perplexity <= 0.5',
      expected: { metric: 'perplexity', comparison: '<=', bound: { kind: 'value', value: 0.5 } },
    },
    {
      text: 'perplexity <= 250',
      expected: { metric: 'perplexity', comparison: '<=', bound: { kind: 'value', value: 250 } },
    },
    {
      text: 'latency <= 10',
      expected: { metric: 'latency', comparison: '<=', bound: { kind: 'value', value: 10 } },
    },
    {
      text: 'latency <= 10ms',
      expected: { metric: 'latency', comparison: '<=', bound: { kind: 'value', value: 10 } },
    },
    {
      text: 'latency <= 0.5 MS',
      expected: { metric: 'latency', comparison: '<=', bound: { kind: 'value', value: 0.5 } },
    },
    { text: 'map50@t4 >= 80', expected: { hardware: 't4' } },
    { text: 'map50 @ T4 >= 80', expected: { hardware: 'T4' } },
    { text: 'mAP@50@t4 >= 80', expected: { hardware: 't4' } },
    { text: 'mAP@[.5:.95]@t4 >= 80', expected: { metric: 'map50-95', hardware: 't4' } },
    { text: 'map50@jetson orin nano >= 80', expected: { hardware: 'jetson orin nano' } },
    { text: 'map50@t4@rack 2 >= 80', expected: { hardware: 't4@rack 2' } },
    { text: 'map50@50 >= 80', expected: { hardware: '50' } },
    { text: 'map50@test >= 80', expected: { split: 'test' } },
    { text: 'mAP@50 @ Valid >= 80', expected: { split: 'valid' } },
    { text: 'mAP@50@test >= 80', expected: { split: 'test' } },
    { text: 'map50 >= 0.5 %', expected: { bound: { kind: 'value', value: 0.5 } } },
    { text: 'recall[helmet] >= 80', expected: { metric: 'recall', ofClass: one('helmet') } },
    { text: 'recall [ helmet ]>=80', expected: { metric: 'recall', ofClass: one('helmet') } },
    { text: 'map50[*] >= 80', expected: { ofClass: { kind: 'every' } } },
    { text: 'map50["*"] >= 80', expected: { ofClass: one('*') } },
    { text: 'map50["a]b"] >= 80', expected: { ofClass: one('a]b') } },
    {
      text: String.raw`map50["say \"hi\" \\"] >= 80`,
      expected: { ofClass: one(String.raw`say "hi" \ `.trim()) },
    },
    { text: 'map50[size 9" pipe] >= 80', expected: { ofClass: one('size 9" pipe') } },
    { text: 'map50[no.#1] >= 80 # as agreed', expected: { ofClass: one('no.#1') } },
    { text: 'map50[a >= b] >= 80', expected: { ofClass: one('a >= b') } },
    { text: 'map50[person]@test >= 80', expected: { ofClass: one('person'), split: 'test' } },
    { text: 'map50[person]@T4 >= 80', expected: { ofClass: one('person'), hardware: 'T4' } },
    {
      text: 'warn: mAP@[.5:.95][person] >= 80',
      expected: { severity: 'warn', metric: 'map50-95', ofClass: one('person') },
    },
    { text: '# recall[helmet] >= 90\nmap50 >= 80', expected: {} },
    { text: 'warn: map50 >= 80', expected: { severity: 'warn' } },
    { text: 'warn:map50 >= 80', expected: { severity: 'warn' } },
    { text: 'WARN : map50 >= 80', expected: { severity: 'warn' } },
    { text: 'each: map50 >= 80', expected: { scope: 'each' } },
    { text: 'warn: each: map50 >= 80', expected: { severity: 'warn', scope: 'each' } },
    { text: 'Each :warn:map50 >= 80', expected: { severity: 'warn', scope: 'each' } },
    {
      text: 'each: recall[each: a] >= 80',
      expected: { scope: 'each', metric: 'recall', ofClass: one('each: a') },
    },
    { text: 'map50 >= baseline', expected: { bound: { kind: 'baseline', offset: 0 } } },
    { text: 'map50 >= Baseline', expected: { bound: { kind: 'baseline', offset: 0 } } },
    { text: 'map50 >= baseline - 0', expected: { bound: { kind: 'baseline', offset: 0 } } },
    { text: 'map50 >= baseline - 0.5', expected: { bound: { kind: 'baseline', offset: -0.5 } } },
    { text: 'map50 >= baseline-0.5', expected: { bound: { kind: 'baseline', offset: -0.5 } } },
    { text: 'map50 >= baseline + 1', expected: { bound: { kind: 'baseline', offset: 1 } } },
    {
      text: 'latency@T4 <= baseline + 1 ms',
      expected: {
        metric: 'latency',
        hardware: 'T4',
        comparison: '<=',
        bound: { kind: 'baseline', offset: 1 },
      },
    },
    { text: 'map50 >= 80 # as agreed', expected: {} },
    { text: '\u{feff}map50 >= 80\u{200b}', expected: {} },
    { text: 'map\u{ad}50 \u{2060}>= 8\u{200d}0', expected: {} },
    { text: '\u{202a}map50 >= 80\u{202c}\0', expected: {} },
    { text: 'map50\u{a0}>=\u{2009}80', expected: {} },
    { text: 'map50 >= 80#as agreed', expected: {} },
  ])('"$text" is read', ({ text, expected }) => {
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
        '# gate',
        '',
        'map50 >= 80',
        'recall => 70 # typo',
        '',
        'warn: f1 >= 60',
        'nonsense',
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
