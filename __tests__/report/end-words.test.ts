import { expect, test } from 'vitest';
import type { ComparedTraining } from '../../src/report/compared-trainings.ts';
import { type EndedByStep, mayRunUntold, type TrainingEnd } from '../../src/report/training-end.ts';
import { lackSentence } from '../../src/report/words/end-words.ts';
import { undecidedWords } from '../../src/report/words/undecided-words.ts';
import { facts } from './cases.ts';

const HOUR = 3_600_000;
const trouble = { message: 'Roboflow answered 403.', hint: 'Check the key.' };
const timedOut = { kind: 'timed-out', timeoutMs: 2 * HOUR, error: undefined, ended: undefined } as const;
const refused = { kind: 'still-running', reason: 'Roboflow answered 500' } as const;
const TAKE_UP = 'The training may run on and be paid for. To attach to it again, set job-id to job_1';
const RERUN = 'While it runs, a re-run of this job attaches to it too.';
const AND_TYPE = ', and model-type to rfdetr-nano.';

function training(end: TrainingEnd, isStarted = true): ComparedTraining {
  const own = { ...facts, jobId: 'job_1', status: 'running' };
  const about = isStarted ? own : undefined;
  return {
    modelType: 'rfdetr-nano',
    facts: about,
    end,
    outcome: 'undecided',
    headline: undefined,
    rules: [],
  };
}

const NOT_ENDED = 'training job_1 had not ended (running) when the timeout of 2 h passed';
const STOPS = 'Training job_1 was told to stop: it ends after its epoch and keeps the weights it has.';
const over = (mode: 'cancel' | 'stop', result: EndedByStep['result'] = { kind: 'ended' }) => ({
  mode,
  result,
});

/** Of a step with this one why nothing was judged, and what to do; of a step with others too why it has no model. */
const WORDS: readonly (readonly [
  end: TrainingEnd,
  one: string,
  next: string | undefined,
  several: string,
])[] = [
  [{ kind: 'results' }, 'training job_1 has no finished model with a metric to rank it by', undefined, '='],
  [{ kind: 'failed', reason: 'CUDA' }, 'training job_1 failed: CUDA', undefined, '='],
  [{ kind: 'failed', reason: undefined }, 'training job_1 failed: Roboflow gives no reason', undefined, '='],
  [{ kind: 'cancelled' }, 'training job_1 was cancelled on Roboflow, not by this step', undefined, '='],
  [
    { kind: 'stopped' },
    'training job_1 was stopped early, and there are no rules to judge what it reached',
    'Set thresholds to accept what a stopped training reached.',
    '=. Set thresholds to accept what a stopped training reached.',
  ],
  [timedOut, NOT_ENDED, `${TAKE_UP}. ${RERUN}`, `=. ${TAKE_UP}${AND_TYPE}`],
  [
    { ...timedOut, error: 'Roboflow answered 502' },
    `${NOT_ENDED}, and Roboflow had given no good answer since. The last was: Roboflow answered 502`,
    `${TAKE_UP}. ${RERUN}`,
    `=. ${TAKE_UP}${AND_TYPE}`,
  ],
  [
    { ...timedOut, ended: over('cancel') },
    NOT_ENDED,
    'Training job_1 was cancelled.',
    '=. Training job_1 was cancelled.',
  ],
  [
    { ...timedOut, ended: over('stop') },
    NOT_ENDED,
    `${STOPS} To judge what it reached, set job-id to job_1 once it has ended.`,
    `=. ${STOPS} To judge what it reached, set job-id to job_1, and model-type to rfdetr-nano once it has ended.`,
  ],
  [
    { ...timedOut, ended: over('stop', { kind: 'over' }) },
    NOT_ENDED,
    'Training job_1 was over already.',
    '=. Training job_1 was over already.',
  ],
  [
    { ...timedOut, ended: over('cancel', refused) },
    NOT_ENDED,
    `Training job_1 is still running: Roboflow answered 500. ${TAKE_UP}. ${RERUN}`,
    `=. Training job_1 is still running: Roboflow answered 500. ${TAKE_UP}${AND_TYPE}`,
  ],
  [
    { kind: 'silent', patienceMs: HOUR / 4, error: 'Roboflow answered 502' },
    'no good answer came from Roboflow for 15 min. The last was: Roboflow answered 502',
    `${TAKE_UP}. ${RERUN}`,
    `training job_1 was lost sight of: =. ${TAKE_UP}${AND_TYPE}`,
  ],
  [
    { kind: 'unwatched', trouble },
    trouble.message,
    `Check the key. ${TAKE_UP}. ${RERUN}`,
    `training job_1 was not watched to its end: = Check the key. ${TAKE_UP}${AND_TYPE}`,
  ],
  [
    { kind: 'unread', trouble, isFinal: false },
    trouble.message,
    'Check the key. To judge it without paying again, set job-id to job_1.',
    `training job_1 could not be judged: = Check the key. To judge it without paying again, set job-id to job_1${AND_TYPE}`,
  ],
  [
    { kind: 'unread', trouble, isFinal: true },
    trouble.message,
    'Check the key.',
    'training job_1 could not be judged: = Check the key.',
  ],
  [
    { kind: 'other', trouble, ended: over('cancel') },
    trouble.message,
    'Training job_1 was cancelled. Check the key.',
    'training job_1 is another one: = Check the key. Training job_1 was cancelled.',
  ],
  [
    { kind: 'other', trouble, ended: over('cancel', refused) },
    trouble.message,
    'Training job_1 is still running: Roboflow answered 500. Check the key.',
    'training job_1 is another one: = Check the key. Training job_1 is still running: Roboflow answered 500',
  ],
  [{ kind: 'interrupted' }, 'training job_1 was not judged, since the step was interrupted', undefined, '='],
  [
    { kind: 'not-started', trouble },
    trouble.message,
    'Check the key.',
    'it was not started: = Check the key.',
  ],
  [
    { kind: 'too-late', timeoutMs: 2 * HOUR, trouble: undefined },
    'the training was not started before the timeout passed',
    undefined,
    'it was not started before the timeout passed',
  ],
  [
    { kind: 'start-unclear', trouble },
    trouble.message,
    'Check the key.',
    'it may have been started: = Check the key.',
  ],
];

const NOT_STARTED = ['not-started', 'too-late', 'start-unclear'];

test.each(WORDS)('the words for the end of a training: %j', (end, reason, next, several) => {
  const one = training(end, !NOT_STARTED.includes(end.kind));
  const comparison = { trainings: [one], best: undefined, rerunAttaches: true };
  expect(undecidedWords({ kind: 'ended', comparison })).toMatchObject({ reason, next, details: [] });
  expect(lackSentence(one)).toBe(`rfdetr-nano has no model: ${several.replace('=', reason)}`);
});

test('a training that cannot be told of is left to the post step', () => {
  const untold = WORDS.filter(([end]) => mayRunUntold(end)).map(([{ kind }]) => kind);
  expect(untold).toEqual(['other', 'interrupted', 'start-unclear']);
});
