import { expect, test } from 'vitest';
import { formatBound, formatRule, formatTarget, isThreshold } from '../../src/gate/rules.ts';
import { rule } from '../build.ts';

test.each([
  ['WARN:mAP@50@Jetson Orin>=80.50 %', 'warn: map50@Jetson Orin >= 80.5', 'map50@Jetson Orin', '80.5'],
  ['latency<10ms', 'latency < 10 ms', 'latency', '10 ms'],
  ['latency<=baseline+1ms', 'latency <= baseline + 1', 'latency', 'baseline + 1'],
  ['F1-score>BASELINE-0.25', 'f1 > baseline - 0.25', 'f1', 'baseline - 0.25'],
  ['perplexity<=3.0', 'perplexity <= 3', 'perplexity', '3'],
  ['recall>=baseline+0', 'recall >= baseline', 'recall', 'baseline'],
  ['recall>=0.50%', 'recall >= 0.5 %', 'recall', '0.5 %'],
  ['recall>=1 %', 'recall >= 1 %', 'recall', '1 %'],
  ['recall>=0%', 'recall >= 0', 'recall', '0'],
  ['recall>=1.5%', 'recall >= 1.5', 'recall', '1.5'],
  ['perplexity<=0.5', 'perplexity <= 0.5', 'perplexity', '0.5'],
])('"%s" is written as "%s"', (text, whole, target, bound) => {
  const read = rule(text);
  expect({ target: formatTarget(read), bound: formatBound(read), whole: formatRule(read) }).toEqual({
    target,
    bound,
    whole,
  });
});

test('a rule asks for something unless it rules out what is too good to be true', () => {
  const rules = ['map50 >= 2', 'map50 > 2', 'latency <= 3', 'perplexity < 4'].map(rule);
  const others = ['map50 <= 1 %', 'map50 < 2', 'latency >= 3', 'perplexity > 4'].map(rule);
  expect([...rules, ...others].filter(isThreshold)).toEqual(rules);
});
