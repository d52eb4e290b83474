import { expect, test } from 'vitest';
import { readManifest } from '../../simulator/runner.ts';
import { evaluated } from '../docs/expressions.ts';
import { enough, result } from './given.ts';

const { inputs } = await readManifest();
const expression = /\$\{\{(.*)\}\}/.exec(inputs['status-context']?.default?.toString() ?? '')?.[1] ?? '';

/** The name of the status in a leg with these values. */
function nameIn(matrix: unknown, legs = 2): string | undefined {
  const context = evaluated(expression, { matrix, strategy: { 'job-total': legs } });
  const read = result({ ...enough, wait: 'status', 'github-token': 'ghs_1', 'status-context': context });
  return read.kind === 'inputs' ? read.inputs.status?.context : undefined;
}

test.each<readonly [string, readonly unknown[], readonly string[]]>([
  [
    'texts',
    [
      { type: 'rfdetr-nano', v: 7 },
      { type: 'rfdetr-small', v: 7 },
    ],
    ['(rfdetr-nano, 7)', '(rfdetr-small, 7)'],
  ],
  ['objects', [{ m: { a: 1 } }, { m: { a: 2 } }], ['([{"a": 1}])', '([{"a": 2}])']],
  ['lists', [{ m: ['a', 'b'] }, { m: ['a', 'c'] }], ['([["a","b"]])', '([["a","c"]])']],
  ['an object in a list', [{ m: [{ a: 1 }] }, { m: [{ a: 2 }] }], ['([[{"a": 1}]])', '([[{"a": 2}]])']],
  [
    'a text and an object',
    [
      { t: 'x', m: { a: 1 } },
      { t: 'y', m: { a: 1 } },
    ],
    ['(["x",{"a": 1}])', '(["y",{"a": 1}])'],
  ],
  ['truths', [{ m: true }, { m: false }], ['(true)', '(false)']],
])('legs of %s have names of their own', (_, legs, names) => {
  expect(legs.map((leg) => nameIn(leg))).toEqual(names.map((name) => `model-quality ${name}`));
});

test('a job without a matrix has the plain name', () => {
  expect(nameIn(null, 1)).toBe('model-quality');
});
