import { expect, test } from 'vitest';
import { undecided } from '../../src/report/conclusion.ts';
import {
  renderSettled,
  type SettledAs,
  type SettledStatus,
  settledHeading,
} from '../../src/report/settled.ts';
import { judged } from './cases.ts';

function status(became: SettledAs, number = 1): SettledStatus {
  const training = {
    version: 7,
    modelType: 'rfdetr-nano',
    jobId: `job_${number}`,
    url: 'https://example.com',
  };
  const sha = number.toString(16).padStart(40, 'b');
  return { sha, context: 'model-quality', pullRequests: [number], training, became };
}

const conclusions = {
  passed: judged({ thresholds: 'map50 >= 80' }),
  failed: judged({ thresholds: 'map50 >= 99' }),
};
/** Also one that failed is a success where no build is to fail by it. */
const settled = (as: 'passed' | 'failed' | 'not judged', reason = 'it failed'): SettledAs => ({
  kind: 'settled',
  state: 'success',
  conclusion: as === 'not judged' ? undecided(reason) : conclusions[as],
  facts: undefined,
  words: '',
});

test.each<readonly [readonly SettledAs[], string]>([
  [[], '✅ Nothing is pending'],
  [[settled('passed')], '✅ Settled: 1 passed'],
  [[settled('passed'), settled('failed')], '❌ Settled: 1 passed, 1 failed'],
  [[settled('failed'), settled('not judged'), settled('not judged')], '❌ Settled: 1 failed, 2 not judged'],
  [[settled('passed'), settled('not judged')], '⚠️ Settled: 1 passed, 1 not judged'],
  [[{ kind: 'left', words: '' }], '⏳ Settled: nothing; 1 left pending'],
  [[{ kind: 'ignored', words: '' }], '⏳ Settled: nothing; 1 left alone'],
  [[{ kind: 'replaced', isPending: true, words: '' }], '⏳ Settled: nothing; 1 left pending'],
  [[{ kind: 'replaced', isPending: false, words: '' }], '⏳ Settled: nothing'],
  [[settled('passed'), { kind: 'trouble', words: '' }], '⚠️ Settled: 1 passed; 1 could not be settled'],
])('%j is told as %s', (became, expected) => {
  expect(settledHeading(became.map((each) => status(each)))).toBe(expected);
});

test('a summary is never larger than GitHub takes, and says how many reports it leaves out', () => {
  const many = Array.from({ length: 900 }, (_, index) =>
    status(settled('not judged', 'é'.repeat(1_500)), index),
  );
  const text = renderSettled(many);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
  expect(Buffer.byteLength(text)).toBeGreaterThan(900_000);
  const shown = text.match(/<summary>Report of/g)?.length ?? 0;
  expect(text).toContain(`Left out here: ${900 - shown} of 900 reports.`);
});

test('statuses of one training share one report', () => {
  const became = settled('passed');
  const text = renderSettled([status(became, 1), status(became, 2)]);
  expect(text.match(/<summary>Report of/g)).toHaveLength(1);
});
