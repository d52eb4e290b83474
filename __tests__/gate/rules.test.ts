import { describe, expect, test } from 'vitest';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { formatBound, formatRule, formatTarget, type Rule } from '../../src/gate/rules.ts';
import { rule } from '../build.ts';

const map50AtLeast80: Rule = {
  severity: 'fail',
  metric: 'map50',
  hardware: undefined,
  comparison: '>=',
  bound: { kind: 'value', value: 80 },
};

describe('a line that is a rule', () => {
  test.each<{ text: string; expected: Partial<Rule> }>([
    { text: 'map50 >= 80', expected: {} },
    { text: '  map50   >=   80  ', expected: {} },
    { text: 'map50>=80', expected: {} },
    { text: '\tmap50\t>=\t80\t', expected: {} },
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
    { text: 'warn: map50 >= 80', expected: { severity: 'warn' } },
    { text: 'warn:map50 >= 80', expected: { severity: 'warn' } },
    { text: 'WARN : map50 >= 80', expected: { severity: 'warn' } },
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

const noComparison =
  'a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"';
const oneAt = 'one "@" is enough, as in "map50@t4"';
const validMetrics =
  'valid: map50-95, map50, map75, accuracy, miou, precision, recall, f1, perplexity, latency, each also with @hardware';

describe('a line that is no rule', () => {
  test.each<{ text: string; problem: string; suggestion: string | undefined }>([
    { text: 'map_50 ≥ 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 ≤ 80', problem: noComparison, suggestion: 'map50 <= 80' },
    { text: 'map50 => 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 =< 80', problem: noComparison, suggestion: 'map50 <= 80' },
    { text: 'map50 = 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 == 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50: 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 &gt;= 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'latency = 10 ms', problem: noComparison, suggestion: 'latency <= 10 ms' },
    { text: 'perplexity: 3', problem: noComparison, suggestion: 'perplexity <= 3' },
    { text: 'warn: map50 ≥ 0.8', problem: noComparison, suggestion: 'warn: map50 >= 80' },
    { text: 'map50', problem: noComparison, suggestion: undefined },
    { text: 'warn:', problem: noComparison, suggestion: undefined },
    { text: 'good enough', problem: noComparison, suggestion: undefined },
    { text: 'map50 >= 80 and recall >= 70', problem: noComparison, suggestion: undefined },
    {
      text: 'map50 >= 0.8',
      problem: 'metrics are percentages; write 80, not 0.8',
      suggestion: 'map50 >= 80',
    },
    {
      text: 'map50@T4 >= 0.855',
      problem: 'metrics are percentages; write 85.5, not 0.855',
      suggestion: 'map50@T4 >= 85.5',
    },
    { text: 'f1 >= 0.07', problem: 'metrics are percentages; write 7, not 0.07', suggestion: 'f1 >= 7' },
    { text: 'miou > 1', problem: 'metrics are percentages; write 100, not 1', suggestion: 'miou > 100' },
    {
      text: 'recall < 0.8 %',
      problem: 'metrics are percentages; write 80, not 0.8',
      suggestion: 'recall < 80',
    },
    {
      text: 'map50 >= .8',
      problem: '".8" is not a bound; valid: a number such as 80, "80 %", or "baseline - 0.5"',
      suggestion: 'map50 >= 80',
    },
    {
      text: 'map50 >= 80,5',
      problem: '"80,5" is not a bound; valid: a number such as 80, "80 %", or "baseline - 0.5"',
      suggestion: 'map50 >= 80.5',
    },
    {
      text: 'map50 >= eighty',
      problem: '"eighty" is not a bound; valid: a number such as 80, "80 %", or "baseline - 0.5"',
      suggestion: undefined,
    },
    {
      text: 'map50 >= -5',
      problem: '"-5" is not a bound; valid: a number such as 80, "80 %", or "baseline - 0.5"',
      suggestion: undefined,
    },
    {
      text: 'map50 >= baseline * 2',
      problem: '"baseline * 2" is not a bound; valid: a number such as 80, "80 %", or "baseline - 0.5"',
      suggestion: undefined,
    },
    {
      text: 'map50 >= NaN',
      problem: '"NaN" is not a bound; valid: a number such as 80, "80 %", or "baseline - 0.5"',
      suggestion: undefined,
    },
    { text: 'map50 >=', problem: 'a bound is missing after the comparison', suggestion: undefined },
    {
      text: 'precision > 100.5',
      problem: 'precision is a percentage and never over 100',
      suggestion: undefined,
    },
    {
      text: 'map50 >= 80 ms',
      problem: 'ms does not fit map50; only latency is in ms',
      suggestion: 'map50 >= 80',
    },
    {
      text: 'latency <= 10 %',
      problem: '% does not fit latency, which is in ms',
      suggestion: 'latency <= 10 ms',
    },
    { text: 'perplexity <= 3 %', problem: '% does not fit perplexity', suggestion: 'perplexity <= 3' },
    {
      text: 'perplexity <= 3 ms',
      problem: 'ms does not fit perplexity; only latency is in ms',
      suggestion: 'perplexity <= 3',
    },
    {
      text: 'map50 >= baseline - 0.5 %',
      problem:
        'a % after baseline could mean points or a share of the baseline; write the points without %, as in "baseline - 0.5"',
      suggestion: 'map50 >= baseline - 0.5',
    },
    {
      text: 'latency <= baseline + 5%',
      problem:
        'a % after baseline could mean points or a share of the baseline; write the points without %, as in "baseline - 0.5"',
      suggestion: 'latency <= baseline + 5',
    },
    {
      text: 'map50 >= baseline - 0.5 ms',
      problem: 'ms does not fit map50; only latency is in ms',
      suggestion: 'map50 >= baseline - 0.5',
    },
    { text: 'mpa50 >= 80', problem: `"mpa50" is not a metric; ${validMetrics}`, suggestion: 'map50 >= 80' },
    { text: 'map >= 80', problem: `"map" is not a metric; ${validMetrics}`, suggestion: 'map50 >= 80' },
    {
      text: 'accuraccy@T4 >= 90',
      problem: `"accuraccy@T4" is not a metric; ${validMetrics}`,
      suggestion: 'accuracy@T4 >= 90',
    },
    { text: 'speed <= 10', problem: `"speed" is not a metric; ${validMetrics}`, suggestion: undefined },
    { text: '80 <= map50', problem: `"80" is not a metric; ${validMetrics}`, suggestion: undefined },
    {
      text: 'warning: recall >= 10',
      problem: `"warning: recall" is not a metric; ${validMetrics}`,
      suggestion: 'warn: recall >= 10',
    },
    {
      text: 'warning:recall >= 10',
      problem: `"warning:recall" is not a metric; ${validMetrics}`,
      suggestion: 'warn: recall >= 10',
    },
    { text: 'map50@@t4 >= 80', problem: oneAt, suggestion: 'map50@t4 >= 80' },
    { text: 'map50 @ @ t4 >= 80', problem: oneAt, suggestion: 'map50@t4 >= 80' },
    { text: 'mAP@50@@t4 >= 0.8', problem: oneAt, suggestion: 'map50@t4 >= 80' },
    {
      text: 'fail: map50 >= 80',
      problem: `"fail: map50" is not a metric; ${validMetrics}`,
      suggestion: 'map50 >= 80',
    },
  ])('"$text" is refused', ({ text, problem, suggestion }) => {
    expect(parseRules(text)).toEqual({ rules: [], mistakes: [{ line: 1, text, problem, suggestion }] });
  });

  test.each(['map50@ >= 80', 'map50 @ >= 80', 'mAP@50@ >= 80', 'latency@ <= 10 ms'])(
    '"%s" names no hardware and is not taken for a rule about the headline model',
    (text) => {
      const { rules, mistakes } = parseRules(text);
      expect(rules).toEqual([]);
      expect(mistakes.map(({ problem }) => problem)).toEqual([
        'a hardware name is missing after "@", as in "map50@t4"',
      ]);
    },
  );
});

test('a mistake is shown without what nobody can see in it', () => {
  const { mistakes } = parseRules('\u{200b}map\u{2060}50 =\u{ad}> 80\u{feff}');
  expect(mistakes).toMatchObject([{ text: 'map50 => 80', suggestion: 'map50 >= 80' }]);
});

describe('a suggestion is left out', () => {
  test.each([
    { name: 'if the unit is another one than ms', text: 'latency <= 10 s' },
    { name: 'if a fraction of a second would be taken for a fraction of 100', text: 'latency <= 0.5 s' },
    { name: 'if a number is written with an exponent', text: 'map50 >= 1e1' },
    { name: 'if a number is far out of range', text: 'map50 >= 1234567890' },
    { name: 'if there is no metric at all', text: '>= 80' },
    { name: 'if only a hardware is named', text: '@t4 >= 80' },
    { name: 'if a short word is no more like a metric than like any other', text: 'foo >= 80' },
    { name: 'if it would lose one of two comparisons', text: '80 <= map50 <= 90' },
  ])('$name: "$text"', ({ text }) => {
    const { rules, mistakes } = parseRules(text);
    expect(rules).toEqual([]);
    expect(mistakes.map(({ suggestion }) => suggestion)).toEqual([undefined]);
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

test.each([
  {
    text: 'WARN:mAP@50@Jetson Orin>=80.50 %',
    target: 'map50@Jetson Orin',
    bound: '80.5',
    whole: 'warn: map50@Jetson Orin >= 80.5',
  },
  { text: 'latency<10ms', target: 'latency', bound: '10 ms', whole: 'latency < 10 ms' },
  {
    text: 'latency<=baseline+1ms',
    target: 'latency',
    bound: 'baseline + 1',
    whole: 'latency <= baseline + 1',
  },
  { text: 'F1-score>BASELINE-0.25', target: 'f1', bound: 'baseline - 0.25', whole: 'f1 > baseline - 0.25' },
  { text: 'perplexity<=3.0', target: 'perplexity', bound: '3', whole: 'perplexity <= 3' },
  { text: 'recall>=baseline+0', target: 'recall', bound: 'baseline', whole: 'recall >= baseline' },
])('"$text" is written as "$whole"', ({ text, target, bound, whole }) => {
  const read = rule(text);
  expect({ target: formatTarget(read), bound: formatBound(read), whole: formatRule(read) }).toEqual({
    target,
    bound,
    whole,
  });
});
