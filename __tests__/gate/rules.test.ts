import { expect, test } from 'vitest';
import { formatBound, formatRule, formatTarget } from '../../src/gate/rules.ts';
import { rule } from '../build.ts';

test.each([
  ['WARN:mAP@50@Jetson Orin>=80.50 %', 'warn: map50@Jetson Orin >= 80.5', 'map50@Jetson Orin', '80.5'],
  ['latency<10ms', 'latency < 10 ms', 'latency', '10 ms'],
  ['latency<=baseline+1ms', 'latency <= baseline + 1', 'latency', 'baseline + 1'],
  ['F1-score>BASELINE-0.25', 'f1 > baseline - 0.25', 'f1', 'baseline - 0.25'],
  ['perplexity<=3.0', 'perplexity <= 3', 'perplexity', '3'],
  ['recall>=baseline+0', 'recall >= baseline', 'recall', 'baseline'],
])('"%s" is written as "%s"', (text, whole, target, bound) => {
  const read = rule(text);
  expect({ target: formatTarget(read), bound: formatBound(read), whole: formatRule(read) }).toEqual({
    target,
    bound,
    whole,
  });
});
