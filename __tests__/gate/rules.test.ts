import { expect, test } from 'vitest';
import { formatBound, formatRule, formatTarget } from '../../src/gate/rules.ts';
import { rule } from '../build.ts';

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
