import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PendingStatus } from '../../../src/github/status/trust.ts';
import { type Conclusion, undecided } from '../../../src/report/conclusion.ts';
import { nextStatus, type Sight } from '../../../src/step/settle/next-status.ts';
import type { Training } from '../../../src/training/training.ts';
import { judged } from '../../report/cases.ts';

const NOW_MS = Date.UTC(2027, 0, 4, 9);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const inputs = { maxAgeMs: 7 * DAY_MS, failBuild: true };

/** A status of a training that was started an hour ago. */
function pending(description: string, ageMs = 0, startedMs = NOW_MS - HOUR_MS): PendingStatus {
  return {
    found: {
      sha: 'a'.repeat(40),
      commitId: 'C_1',
      id: 'SC_1',
      context: 'model-quality',
      state: 'pending',
      description,
      targetUrl: 'https://app.roboflow.com/acme/hard-hats/7#x',
      createdAtMs: NOW_MS - ageMs,
      creator: 'github-actions[bot]',
    },
    subject: {
      workspace: 'acme',
      project: 'hard-hats',
      version: 7,
      modelType: 'rfdetr-nano',
      job: { id: 'job_1', route: 'jobs' },
      startedAtS: startedMs / 1000,
    },
    pullRequests: [],
  };
}

const training: Training = {
  id: 'job_1',
  phase: 'active',
  status: 'training',
  version: 7,
  modelType: 'rfdetr-nano',
  progress: 0.45,
  createdAtMs: NOW_MS - HOUR_MS,
  reason: undefined,
};
const flying = (changes: Partial<Training> = {}): Extract<Sight, { kind: 'in-flight' }> => ({
  kind: 'in-flight',
  training: { ...training, ...changes },
});
const ended = (conclusion: Conclusion) => ({ kind: 'ended', conclusion }) as const;
const awaited = (word: string | undefined, conclusion: Conclusion = undecided('nothing came')) =>
  ({ kind: 'awaited', word, forMs: HOUR_MS, conclusion }) as const;
const TRAINING = 'rfdetr-nano on version 7: training, 45 %';
const FINISHED = 'rfdetr-nano on version 7: finished';

type Row = readonly [
  string,
  PendingStatus,
  Sight,
  { readonly kind: string; readonly state?: string; readonly description?: string },
];

describe('a pending status', () => {
  test.each<Row>([
    ['before a start', pending('starting'), awaited(undefined), { kind: 'leave' }],
    ['an hour after no start', pending('starting', HOUR_MS), awaited(undefined), { kind: 'leave' }],
    [
      'more than an hour after no start',
      pending('starting', HOUR_MS + 1),
      awaited(undefined, undecided('never started')),
      { kind: 'settle', state: 'error', description: 'Not judged: never started (rfdetr-nano on version 7)' },
    ],
    [
      'that could not be looked at',
      pending(TRAINING),
      { kind: 'trouble', error: new Error('x') },
      { kind: 'trouble' },
    ],
    ['that is up to date', pending(TRAINING), flying(), { kind: 'leave' }],
    [
      'of a training that has begun',
      pending('rfdetr-nano on version 7: queued'),
      flying(),
      { kind: 'tell', state: 'pending', description: TRAINING },
    ],
    [
      'of a training that is just not too old',
      pending(TRAINING, 0, NOW_MS - 7 * DAY_MS),
      flying({ createdAtMs: NOW_MS - 7 * DAY_MS }),
      { kind: 'leave' },
    ],
    [
      'of a training too old',
      pending(TRAINING, 0, NOW_MS - 8 * DAY_MS),
      flying({ createdAtMs: NOW_MS - 8 * DAY_MS }),
      {
        kind: 'settle',
        state: 'error',
        description: 'Not judged: still in flight (training) after 7 d (rfdetr-nano on version 7)',
      },
    ],
    [
      'whose start is in the future, by what Roboflow says',
      pending(TRAINING, 0, NOW_MS + DAY_MS),
      flying({ createdAtMs: NOW_MS - 8 * DAY_MS }),
      { kind: 'settle', state: 'error' },
    ],
    [
      'whose start is in the future, by its own age',
      pending(TRAINING, 8 * DAY_MS, NOW_MS + DAY_MS),
      flying({ createdAtMs: undefined }),
      { kind: 'settle', state: 'error' },
    ],
    [
      'of a training with an unknown word',
      pending(TRAINING),
      flying({ phase: 'unknown', status: 'warming' }),
      { kind: 'tell', state: 'pending', description: 'rfdetr-nano on version 7: warming, 45 %' },
    ],
    [
      'of which more may come',
      pending(TRAINING, 5 * HOUR_MS),
      awaited('finished'),
      { kind: 'tell', state: 'pending', description: FINISHED },
    ],
    ['of which more may come still', pending(FINISHED, HOUR_MS), awaited('finished'), { kind: 'leave' }],
    [
      'of which more may come, as the starting step says with its progress',
      pending(`${FINISHED}, 100 %`, HOUR_MS),
      awaited('finished'),
      { kind: 'leave' },
    ],
    [
      'of which no more came for an hour',
      pending(FINISHED, HOUR_MS + 1),
      awaited('finished', judged({ thresholds: 'map50 >= 80' })),
      { kind: 'settle', state: 'success' },
    ],
    [
      'that is shown again',
      pending(FINISHED, 5 * HOUR_MS),
      flying(),
      { kind: 'tell', state: 'pending', description: TRAINING },
    ],
    [
      'that passed',
      pending(TRAINING),
      ended(judged({ thresholds: 'map50 >= 80' })),
      { kind: 'settle', state: 'success' },
    ],
    [
      'that failed',
      pending(TRAINING, 0, NOW_MS - 99 * DAY_MS),
      ended(judged({ thresholds: 'map50 >= 90' })),
      { kind: 'settle', state: 'failure' },
    ],
    [
      'of which a rule could not be judged',
      pending(TRAINING),
      ended(judged({ thresholds: 'miou >= 90' })),
      { kind: 'settle', state: 'error' },
    ],
    [
      'that was not judged',
      pending(TRAINING),
      ended(undecided('it failed')),
      { kind: 'settle', state: 'error' },
    ],
  ])('%s', (_, status, sight, { state, description, kind }) => {
    const next = nextStatus(status, sight, NOW_MS, inputs);
    expect(next.kind).toBe(kind);
    if (!('text' in next)) return;
    expect(next.text.targetUrl).toBe(status.found.targetUrl);
    expect(next.text.state).toBe(state);
    if (description !== undefined) expect(next.text.description).toBe(description);
  });

  test('that failed is a success that says so if no build is to fail', () => {
    const sight = ended(judged({ thresholds: 'map50 >= 90' }));
    expect(nextStatus(pending(TRAINING), sight, NOW_MS, { ...inputs, failBuild: false })).toMatchObject({
      text: { state: 'success', description: expect.stringMatching(/^not enforced: /) },
    });
  });

  test('is a success only after a judgement', () => {
    const sight = fc.oneof(
      fc.option(fc.string(), { nil: undefined }).map((word): Sight => awaited(word)),
      fc.constant<Sight>({ kind: 'trouble', error: new Error('no') }),
      fc
        .record({
          progress: fc.option(fc.double(), { nil: undefined }),
          status: fc.string(),
          createdAtMs: fc.option(fc.integer(), { nil: undefined }),
        })
        .map(flying),
      fc.string().map((reason) => ended(undecided(reason))),
      fc.constant(ended(judged({ thresholds: 'miou >= 90' }))),
    );
    fc.assert(
      fc.property(
        sight,
        fc.boolean(),
        fc.integer({ min: 0, max: 99 * DAY_MS }),
        fc.string(),
        (seen, failBuild, age, text) => {
          const next = nextStatus(pending(text, age), seen, NOW_MS, { ...inputs, failBuild });
          expect('text' in next ? next.text.state : 'pending').not.toBe('success');
        },
      ),
    );
  });
});
