import { describe, expect, it } from 'vitest';
import { resultsFile } from '../../src/github/results-file.ts';
import { type Conclusion, undecided } from '../../src/report/conclusion.ts';
import { model, target } from '../build.ts';
import { dryRun, facts, judged } from '../report/cases.ts';
import { severalSituations, undecidedSituations } from '../report/several-situations.ts';
import { readText } from './pages.ts';
import { problemsOfResults } from './schema.ts';

const conclusions: readonly (readonly [string, Conclusion])[] = [
  ['passed', judged({ thresholds: 'map50 >= 80' })],
  [
    'a broken rule against a baseline that is missing',
    judged({
      thresholds: 'map50 >= 99\nwarn: map50 >= baseline',
      baseline: { kind: 'missing', reason: 'there is no lower version' },
    }),
  ],
  [
    'a target without a model that has its metric',
    judged({ models: [model({ latency: { t4: 3 } })], targets: [target('t4'), target('t4 next', 2)] }),
  ],
  [
    'a baseline that is skipped',
    judged({
      thresholds: 'map50 >= baseline',
      baseline: { kind: 'missing', reason: 'no lower version was trained' },
      onMissingBaseline: 'skip',
    }),
  ],
  ...Object.entries({ ...severalSituations, ...undecidedSituations }).map(
    ([name, [conclusion]]) => [name, conclusion] as const,
  ),
  ['started', { kind: 'started', inFlight: true }],
  ['a dry run', dryRun()],
  ['skipped', { kind: 'skipped', reason: 'there is no key' }],
  ['undecided', undecided('the training failed', 'Look at it.', ['CUDA out of memory'])],
];

describe('docs/results.schema.json describes', () => {
  it.each(conclusions)('%s', (_, conclusion) => {
    expect(problemsOfResults(resultsFile(conclusion, facts))).toEqual([]);
    expect(problemsOfResults(resultsFile(conclusion, undefined))).toEqual([]);
  });

  it('the results file of a judged search', async () => {
    expect(problemsOfResults(await readText('__tests__/github/golden/results.json'))).toEqual([]);
  });

  it('the example in docs/outputs.md', async () => {
    const [, example = ''] = /^```json\n([\s\S]*?)^```/m.exec(await readText('docs/outputs.md')) ?? [];
    expect(problemsOfResults(example)).toEqual([]);
  });
});

it('the schema refuses a field that it does not describe, and one that is missing', () => {
  const real: object = JSON.parse(resultsFile(judged(), facts));
  expect(problemsOfResults(JSON.stringify({ ...real, new: 1 }))).toHaveLength(1);
  expect(problemsOfResults(JSON.stringify({ ...real, models: undefined }))).toHaveLength(1);
});
