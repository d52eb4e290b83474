import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Conclusion, undecided } from '../../../src/report/conclusion.ts';
import type { PendingStatus } from '../../../src/step/settle/find-pending.ts';
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
      app: 'https://app.roboflow.com',
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
const PLACE = 'rfdetr-nano on version 7';
const TRAINING = `${PLACE}: training, 45 %`;
const FINISHED = `${PLACE}: finished`;

interface Next {
  readonly kind: string;
  readonly state?: string;
  readonly words?: string;
}
const LEAVE: Next = { kind: 'left' };
const tells = (word: string): Next => ({ kind: 'left', words: `${PLACE}: ${word}` });
const settles = (state: string, words?: string): Next =>
  words === undefined ? { kind: 'settled', state } : { kind: 'settled', state, words };
const started = (agoMs: number) => ({ createdAtMs: NOW_MS - agoMs });
const WEEK_MS = 7 * DAY_MS;
const passed = judged({ thresholds: 'map50 >= 80' });
const failed = judged({ thresholds: 'map50 >= 90' });
const unjudged = judged({ thresholds: 'miou >= 90' });
const NEVER = undecided('never started');
const TOO_OLD = `Not judged: still in flight (training) after 7 d (${PLACE})`;

describe('a pending status', () => {
  test.each<readonly [string, PendingStatus, Sight, Next]>([
    ['before a start', pending('starting'), awaited(undefined), LEAVE],
    ['an hour after no start', pending('starting', HOUR_MS), awaited(undefined), LEAVE],
    ['after no start', pending('starting', HOUR_MS + 1), awaited(undefined, NEVER), settles('error')],
    ['not looked at', pending(TRAINING), { kind: 'trouble', error: new Error('x') }, { kind: 'trouble' }],
    ['up to date', pending(TRAINING), flying(), LEAVE],
    ['begun', pending(`${PLACE}: queued`), flying(), tells('training, 45 %')],
    ['of a word nobody knows', pending(TRAINING), flying({ status: 'warming' }), tells('warming, 45 %')],
    ['a week old', pending(TRAINING, 0, NOW_MS - WEEK_MS), flying(started(WEEK_MS)), LEAVE],
    [
      'too old',
      pending(TRAINING, 0, NOW_MS - DAY_MS),
      flying(started(WEEK_MS + 1)),
      settles('error', TOO_OLD),
    ],
    ['of the future', pending(TRAINING, 0, NOW_MS + DAY_MS), flying(started(WEEK_MS + 1)), settles('error')],
    [
      'of no date',
      pending(TRAINING, 8 * DAY_MS, NOW_MS),
      flying({ createdAtMs: undefined }),
      settles('error'),
    ],
    ['just ended', pending(TRAINING, 5 * HOUR_MS), awaited('finished'), tells('finished')],
    ['not whole yet', pending(FINISHED, HOUR_MS), awaited('finished'), LEAVE],
    ['told with progress', pending(`${FINISHED}, 100 %`, HOUR_MS), awaited('finished'), LEAVE],
    ['never whole', pending(FINISHED, HOUR_MS + 1), awaited('finished', passed), settles('success')],
    ['shown again', pending(FINISHED, 5 * HOUR_MS), flying(), tells('training, 45 %')],
    ['passed', pending(TRAINING), ended(passed), settles('success')],
    ['failed long ago', pending(TRAINING, 0, NOW_MS - 99 * DAY_MS), ended(failed), settles('failure')],
    ['with a rule that nothing tells', pending(TRAINING), ended(unjudged), settles('error')],
    ['not judged', pending(TRAINING), ended(NEVER), settles('error', `Not judged: never started (${PLACE})`)],
  ])('%s', (_, status, sight, expected) => {
    const words = expected === LEAVE ? { words: status.found.description } : {};
    expect(nextStatus(status, sight, NOW_MS, inputs)).toMatchObject({ ...expected, ...words });
  });

  test('that failed is a success that says so if no build is to fail', () => {
    expect(
      nextStatus(pending(TRAINING), ended(failed), NOW_MS, { ...inputs, failBuild: false }),
    ).toMatchObject({ state: 'success', words: expect.stringMatching(/^not enforced: /) });
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
      fc.constant(ended(unjudged)),
    );
    fc.assert(
      fc.property(
        sight,
        fc.boolean(),
        fc.integer({ min: 0, max: 99 * DAY_MS }),
        fc.string(),
        (seen, failBuild, age, text) => {
          const next = nextStatus(pending(text, age), seen, NOW_MS, { ...inputs, failBuild });
          expect('state' in next ? next.state : 'pending').not.toBe('success');
        },
      ),
    );
  });
});
