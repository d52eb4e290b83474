import { describe, expect, test } from 'vitest';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { rows } from '../rows.ts';

const noComparison =
  'a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"';
const severalRules =
  'these are several rules on one line: write each on its own line. In YAML, "thresholds: |" keeps lines apart, and ">" joins them';
const metricFirst = 'the metric comes first:';
const oneAt = 'one "@" is enough, as in "map50@t4"';
const noBound = 'is not a bound; valid: a number such as 80, "80 %", or "baseline - 0.5"';
const percentages = 'metrics are percentages; write';
const twoThings = 'a rule judges a split or a hardware, not both; write';
const noSplit = 'is not a split that can be judged; valid: @valid and @test';
const unclearPercent =
  'a % after baseline could mean points or a share of the baseline; write the points without %, as in "baseline - 0.5"';
const noMetric =
  'is not a metric; valid: map50-95, map50, map75, accuracy, miou, precision, recall, f1, perplexity, latency, objects, images, each also with [class], @test, @valid or @hardware';

describe('a line that is no rule', () => {
  test.each(
    rows(`
    map50 ⩾ 80 | ${noComparison}
    map50 => 80 | ${noComparison}
    map50 == 80 | ${noComparison}
    map50: 80 | ${noComparison}
    map50 80 | ${noComparison}
    map50 &gt;= 80 | ${noComparison}
    map50 | ${noComparison}
    warn: | ${noComparison}
    80 <= map50 <= 90 | ${noComparison}
    map50 >= 80 and recall >= 70 | ${severalRules}
    map50 >= 80 recall >= baseline - 1 | ${severalRules}
    map50 >= 80 recall[*] >= 70 | ${severalRules}
    recall[*] >= 70 map50 >= 80 | ${severalRules}
    recall[a] >= 70 recall[b] >= baseline | ${severalRules}
    warn: map50 >= 80 each: f1["a > b"]@test >= 70 | ${severalRules}
    latency@t4 <= 10 ms recall[*] >= 70 | ${severalRules}
    map50[] >= 80 | a class is missing in "[]", as in "map50[helmet]", or "map50[*]" for the worst
    recall[""] >= 90 | a class is missing in "[""]", as in "recall[helmet]", or "recall[*]" for the worst
    map50[helmet >= 80 | a "]" is missing after the class, as in "recall[helmet] >= 90"
    recal[helmet]@test >= 90 | "recal" ${noMetric}; did you mean "recall"?
    recall[a > b] >= 0.9 | ${percentages} 90, not 0.9
    recall[helmet] => 90 | ${noComparison}
    recall[helmet] t4 >= 90 | "t4" does not belong after "recall[helmet]"; valid there: @test, @valid or @hardware
    recall[helmet]@t4@test >= 90 | ${twoThings} "recall@test" or "recall@t4"
    map50@test@t4 >= 80 | ${twoThings} "map50@test" or "map50@t4"
    map50@train >= 80 | "train" ${noSplit}
    recall[helmet]@ TRAINING >= 80 | "TRAINING" ${noSplit}
    latency[helmet] <= 10 | latency has no classes; leave that out, as in "latency <= 10"
    latency@test <= 10 | latency has no splits; leave that out, as in "latency <= 10"
    perplexity[helmet] <= 10 | perplexity has no classes; leave that out, as in "perplexity <= 10"
    perplexity@test <= 10 | perplexity has no splits; leave that out, as in "perplexity <= 10"
    latency <= fast | "fast" is not a bound; valid: a number such as 80, "10 ms", or "baseline - 0.5"
    latency <= 10 s | "10 s" is not a bound; valid: a number such as 80, "10 ms", or "baseline - 0.5"
    warn: map50 >= 0.8 | ${percentages} 80, not 0.8
    map50@T4 >= 0.855 | ${percentages} 85.5, not 0.855
    f1 >= 0.07 | ${percentages} 7, not 0.07
    miou > 1.00 | ${percentages} 100, not 1
    map50 >= .8 | ".8" ${noBound}
    map50 >= 80,5 | "80,5" ${noBound}
    map50 >= 1e1 | "1e1" ${noBound}
    map50 >= 1234567890 | "1234567890" ${noBound}
    map50 >= -5 | "-5" ${noBound}
    map50 >= baseline * 2 | "baseline * 2" ${noBound}
    map50 >= NaN | "NaN" ${noBound}
    map50 >= | a bound is missing after the comparison
    precision > 100.5 | precision is a percentage and never over 100
    map50 >= 80 ms | ms does not fit map50; only latency is in ms
    latency <= 10 % | % does not fit latency, which is in ms
    perplexity <= 3 % | % does not fit perplexity
    perplexity <= 3 ms | ms does not fit perplexity; only latency is in ms
    map50 >= baseline - 0.5 % | ${unclearPercent}
    latency <= baseline + 5% | ${unclearPercent}
    map50 >= baseline - 0.5 ms | ms does not fit map50; only latency is in ms
    mpa50 >= 80 | "mpa50" ${noMetric}; did you mean "map50"?
    accuraccy@T4 >= 90 | "accuraccy@T4" ${noMetric}; did you mean "accuracy"?
    speed <= 10 | "speed" ${noMetric}
    foo >= 80 | "foo" ${noMetric}
    @t4 >= 80 | "@t4" ${noMetric}
    80 <= map50 | ${metricFirst} "map50 >= 80"
    85% < mAP@50@t4 | ${metricFirst} "mAP@50@t4 > 85%"
    10 ms >= latency@t4 | ${metricFirst} "latency@t4 <= 10 ms"
    warn: each: baseline - 0.5 <= f1@test | ${metricFirst} "warn: each: f1@test >= baseline - 0.5"
    80 <= recall[*]@test | ${metricFirst} "recall[*]@test >= 80"
    0.8 > map50 | ${metricFirst} "map50 < 0.8"
    80 <= 90 | "80" ${noMetric}
    80 >= | "80" ${noMetric}
    warning: recall >= 10 | "warning: recall" ${noMetric}
    every map50 >= 80 | "every map50" ${noMetric}
    each: warn: each: map50 >= 80 | "each:" is there twice; leave one of them out
    map50@@t4 >= 80 | ${oneAt}
    map50 @ @ t4 >= 80 | ${oneAt}
    map50@rack >= fail: 80 | "fail: 80" ${noBound}
    `),
  )('"%s" is refused', (text, problem) => {
    expect(parseRules(text)).toEqual({ rules: [], mistakes: [{ line: 1, text, problem }] });
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
  expect(mistakes).toMatchObject([{ text: 'map50 => 80' }]);
});

describe('a comment of the only line', () => {
  test.each([
    'map50 >= 80 # the floor recall >= 70',
    'map50 >= 80 # all classes: recall[*]@test ≥ 70',
    'recall[helmet] >= 80 # map50@t4 > baseline',
    '\nlatency@t4 <= 10 ms # fast\u{2029}f1>=70 # sure\n',
    'warn: map50 >= 80 #map50-95 >= 60',
    '# the floor map50 >= 80',
    '# of all: recall[*]@test ≥ 70 # sure\n',
    '\n#map50 >= 80 recall[helmet] >= 70',
  ])('has no rule, which would not be judged: %j', (text) => {
    const { rules, mistakes } = parseRules(text);
    expect(rules).toEqual([]);
    expect(mistakes.map(({ problem }) => problem)).toEqual([
      'its comment has a rule: write each on its own line. In YAML, "thresholds: |" keeps lines apart, and ">" joins them',
    ]);
  });

  test.each([
    'map50 >= 80 # was >= 75',
    'map50 >= 80 # recall comes later',
    'recall[a # f1 >= 3] >= 80 # all',
    'map50 >= 80 # recall >= 70\nf1 >= 60',
    '# map50 >= 80\nmap50 >= 70',
    '# map50 >= 80\n# recall >= 70',
    '# none yet, recall comes later',
    '#',
  ])('may say anything else: %j', (text) => {
    expect(parseRules(text).mistakes).toEqual([]);
  });
});
