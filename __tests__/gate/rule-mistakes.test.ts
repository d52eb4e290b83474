import { describe, expect, test } from 'vitest';
import { parseRules } from '../../src/gate/parse-rules.ts';

const noComparison =
  'a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"';
const severalRules =
  'these are several rules on one line: write each on its own. In YAML, "thresholds: |" keeps lines apart, and ">" joins them';
const oneAt = 'one "@" is enough, as in "map50@t4"';
const validMetrics =
  'valid: map50-95, map50, map75, accuracy, miou, precision, recall, f1, perplexity, latency, each also with [class], @test, @valid or @hardware';

describe('a line that is no rule', () => {
  test.each<{ text: string; problem: string; suggestion: string | undefined }>([
    { text: 'map50 ⩾ 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 ⩽ 80', problem: noComparison, suggestion: 'map50 <= 80' },
    { text: 'map50 => 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 =< 80', problem: noComparison, suggestion: 'map50 <= 80' },
    { text: 'map50 = 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 == 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50: 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'map50 &gt;= 80', problem: noComparison, suggestion: 'map50 >= 80' },
    { text: 'latency = 10 ms', problem: noComparison, suggestion: 'latency <= 10 ms' },
    { text: 'perplexity: 3', problem: noComparison, suggestion: 'perplexity <= 3' },
    {
      text: 'warn: map50 >= 0.8',
      problem: 'metrics are percentages; write 80, not 0.8',
      suggestion: 'warn: map50 >= 80',
    },
    { text: 'map50', problem: noComparison, suggestion: undefined },
    { text: 'warn:', problem: noComparison, suggestion: undefined },
    { text: 'good enough', problem: noComparison, suggestion: undefined },
    { text: 'map50 >= 80 and recall >= 70', problem: severalRules, suggestion: undefined },
    { text: 'map50 >= 80 recall >= baseline - 1', problem: severalRules, suggestion: undefined },
    {
      text: 'map50[] >= 80',
      problem: 'a class is missing in "[]", as in "map50[helmet]", or "map50[*]" for the worst',
      suggestion: undefined,
    },
    {
      text: 'map50[helmet >= 80',
      problem: 'a "]" is missing after the class, as in "recall[helmet] >= 90"',
      suggestion: undefined,
    },
    {
      text: 'recal[helmet]@test >= 90',
      problem: `"recal" is not a metric; ${validMetrics}`,
      suggestion: 'recall[helmet]@test >= 90',
    },
    {
      text: 'recall[a > b] >= 0.9',
      problem: 'metrics are percentages; write 90, not 0.9',
      suggestion: 'recall[a > b] >= 90',
    },
    { text: 'recall[helmet] => 90', problem: noComparison, suggestion: 'recall[helmet] >= 90' },
    {
      text: 'recall[helmet] t4 >= 90',
      problem: '"t4" does not belong after "recall[helmet]"; valid there: @test, @valid or @hardware',
      suggestion: undefined,
    },
    {
      text: 'recall[helmet]@t4@test >= 90',
      problem: 'a rule judges a split or a hardware, not both; write "recall@test" or "recall@t4"',
      suggestion: undefined,
    },
    {
      text: 'map50@test@t4 >= 80',
      problem: 'a rule judges a split or a hardware, not both; write "map50@test" or "map50@t4"',
      suggestion: undefined,
    },
    {
      text: 'map50@train >= 80',
      problem: '"train" is not a split that can be judged; valid: @valid and @test',
      suggestion: undefined,
    },
    {
      text: 'latency[helmet] <= 10',
      problem: 'latency has no classes; leave that out, as in "latency <= 10"',
      suggestion: undefined,
    },
    {
      text: 'perplexity@test <= 10',
      problem: 'perplexity has no splits; leave that out, as in "perplexity <= 10"',
      suggestion: undefined,
    },
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
    {
      text: 'every map50 >= 80',
      problem: `"every map50" is not a metric; ${validMetrics}`,
      suggestion: 'each: map50 >= 80',
    },
    {
      text: 'each warning: map5 >= 80',
      problem: `"each warning: map5" is not a metric; ${validMetrics}`,
      suggestion: 'warn: each: map50 >= 80',
    },
    {
      text: 'each: warn: each: map50 >= 80',
      problem: '"each:" is there twice; leave one of them out',
      suggestion: 'warn: each: map50 >= 80',
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
        expect.stringMatching(/^a hardware name is missing after "@", as in "(?:map50|latency)@t4"$/),
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
