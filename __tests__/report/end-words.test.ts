import { describe, expect, test } from 'vitest';
import type { ComparedTraining } from '../../src/report/compared-trainings.ts';
import { mayRunUntold, type TrainingEnd } from '../../src/report/training-end.ts';
import { lackSentence } from '../../src/report/words/end-words.ts';
import { undecidedWords } from '../../src/report/words/undecided-words.ts';
import { facts } from './cases.ts';

const HOUR = 3_600_000;
const trouble = { message: 'Roboflow answered 403.', hint: 'Check the key.' };
const timedOut = { kind: 'timed-out', timeoutMs: 2 * HOUR, error: undefined, ended: undefined } as const;
const refused = { kind: 'still-running', reason: 'Roboflow answered 500' } as const;
const TAKE_UP = 'The training may run on and be paid for. To attach to it again, set job-id to job_1';
const RERUN = ' While it runs, a re-run of this job attaches to it too.';
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

interface Row {
  readonly end: TrainingEnd;
  /** Of a step with this one. */
  readonly reason: string;
  readonly next: string | undefined;
  /** Of a step with others too, behind `rfdetr-nano has no model: `. */
  readonly lack: string;
  readonly isStarted?: false;
  /** A training may run that nobody can name, so the post step looks for it. */
  readonly isLeftToPost?: true;
}

const ROWS: readonly Row[] = [
  {
    end: { kind: 'results' },
    reason: 'training job_1 has no finished model with a metric to rank it by',
    next: undefined,
    lack: 'training job_1 has no finished model with a metric to rank it by',
  },
  {
    end: { kind: 'failed', reason: 'CUDA out of memory' },
    reason: 'training job_1 failed: CUDA out of memory',
    next: undefined,
    lack: 'training job_1 failed: CUDA out of memory',
  },
  {
    end: { kind: 'failed', reason: undefined },
    reason: 'training job_1 failed: Roboflow gives no reason',
    next: undefined,
    lack: 'training job_1 failed: Roboflow gives no reason',
  },
  {
    end: { kind: 'cancelled' },
    reason: 'training job_1 was cancelled on Roboflow, not by this step',
    next: undefined,
    lack: 'training job_1 was cancelled on Roboflow, not by this step',
  },
  {
    end: { kind: 'stopped' },
    reason: 'training job_1 was stopped early, and there are no rules to judge what it reached',
    next: 'Set thresholds to accept what a stopped training reached.',
    lack: 'training job_1 was stopped early, and there are no rules to judge what it reached. Set thresholds to accept what a stopped training reached.',
  },
  {
    end: timedOut,
    reason: 'training job_1 had not ended (running) when the timeout of 2 h passed',
    next: `${TAKE_UP}.${RERUN}`,
    lack: `training job_1 had not ended (running) when the timeout of 2 h passed. ${TAKE_UP}${AND_TYPE}`,
  },
  {
    end: { ...timedOut, error: 'Roboflow answered 502' },
    reason:
      'training job_1 had not ended (running) when the timeout of 2 h passed, and Roboflow had given no good answer since. The last was: Roboflow answered 502',
    next: `${TAKE_UP}.${RERUN}`,
    lack: `training job_1 had not ended (running) when the timeout of 2 h passed, and Roboflow had given no good answer since. The last was: Roboflow answered 502. ${TAKE_UP}${AND_TYPE}`,
  },
  {
    end: { ...timedOut, ended: { mode: 'cancel', result: { kind: 'ended' } } },
    reason: 'training job_1 had not ended (running) when the timeout of 2 h passed',
    next: 'Training job_1 was cancelled.',
    lack: 'training job_1 had not ended (running) when the timeout of 2 h passed. Training job_1 was cancelled.',
  },
  {
    end: { ...timedOut, ended: { mode: 'stop', result: { kind: 'ended' } } },
    reason: 'training job_1 had not ended (running) when the timeout of 2 h passed',
    next: 'Training job_1 was told to stop: it ends after its epoch and keeps the weights it has. To judge what it reached, set job-id to job_1 once it has ended.',
    lack: 'training job_1 had not ended (running) when the timeout of 2 h passed. Training job_1 was told to stop: it ends after its epoch and keeps the weights it has. To judge what it reached, set job-id to job_1, and model-type to rfdetr-nano once it has ended.',
  },
  {
    end: { ...timedOut, ended: { mode: 'stop', result: { kind: 'over' } } },
    reason: 'training job_1 had not ended (running) when the timeout of 2 h passed',
    next: 'Training job_1 was over already.',
    lack: 'training job_1 had not ended (running) when the timeout of 2 h passed. Training job_1 was over already.',
  },
  {
    end: { ...timedOut, ended: { mode: 'cancel', result: refused } },
    reason: 'training job_1 had not ended (running) when the timeout of 2 h passed',
    next: `Training job_1 is still running: Roboflow answered 500. ${TAKE_UP}.${RERUN}`,
    lack: `training job_1 had not ended (running) when the timeout of 2 h passed. Training job_1 is still running: Roboflow answered 500. ${TAKE_UP}${AND_TYPE}`,
  },
  {
    end: { kind: 'silent', patienceMs: HOUR / 4, error: 'Roboflow answered 502' },
    reason: 'no good answer came from Roboflow for 15 min. The last was: Roboflow answered 502',
    next: `${TAKE_UP}.${RERUN}`,
    lack: `training job_1 was lost sight of: no good answer came from Roboflow for 15 min. The last was: Roboflow answered 502. ${TAKE_UP}${AND_TYPE}`,
  },
  {
    end: { kind: 'unwatched', trouble },
    reason: 'Roboflow answered 403.',
    next: `Check the key. ${TAKE_UP}.${RERUN}`,
    lack: `training job_1 was not watched to its end: Roboflow answered 403. Check the key. ${TAKE_UP}${AND_TYPE}`,
  },
  {
    end: { kind: 'unread', trouble, isFinal: false },
    reason: 'Roboflow answered 403.',
    next: 'Check the key. To judge it without paying again, set job-id to job_1.',
    lack: `training job_1 could not be judged: Roboflow answered 403. Check the key. To judge it without paying again, set job-id to job_1${AND_TYPE}`,
  },
  {
    end: { kind: 'unread', trouble, isFinal: true },
    reason: 'Roboflow answered 403.',
    next: 'Check the key.',
    lack: 'training job_1 could not be judged: Roboflow answered 403. Check the key.',
  },
  {
    end: { kind: 'other', trouble, ended: { mode: 'cancel', result: { kind: 'ended' } } },
    reason: 'Roboflow answered 403.',
    next: 'Training job_1 was cancelled. Check the key.',
    lack: 'training job_1 is another one: Roboflow answered 403. Check the key. Training job_1 was cancelled.',
  },
  {
    end: { kind: 'other', trouble, ended: { mode: 'cancel', result: refused } },
    reason: 'Roboflow answered 403.',
    next: 'Training job_1 is still running: Roboflow answered 500. Check the key.',
    lack: 'training job_1 is another one: Roboflow answered 403. Check the key. Training job_1 is still running: Roboflow answered 500',
    isLeftToPost: true,
  },
  {
    end: { kind: 'interrupted' },
    reason: 'training job_1 was not judged, since the step was interrupted',
    next: undefined,
    lack: 'training job_1 was not judged, since the step was interrupted',
    isLeftToPost: true,
  },
  {
    end: { kind: 'not-started', trouble },
    isStarted: false,
    reason: 'Roboflow answered 403.',
    next: 'Check the key.',
    lack: 'it was not started: Roboflow answered 403. Check the key.',
  },
  {
    end: { kind: 'too-late', timeoutMs: 2 * HOUR, trouble: undefined },
    isStarted: false,
    reason: 'the training was not started before the timeout passed',
    next: undefined,
    lack: 'it was not started before the timeout passed',
  },
  {
    end: { kind: 'start-unclear', trouble },
    isStarted: false,
    reason: 'Roboflow answered 403.',
    next: 'Check the key.',
    lack: 'it may have been started: Roboflow answered 403. Check the key.',
    isLeftToPost: true,
  },
];

describe('the words for the end of a training', () => {
  test.each(ROWS)('of one: $reason; of several: $lack', (row) => {
    const { end, reason, next, lack, isStarted, isLeftToPost = false } = row;
    const one = training(end, isStarted);
    const comparison = { trainings: [one], best: undefined, rerunAttaches: true };
    expect(undecidedWords({ kind: 'ended', comparison })).toMatchObject({ reason, next, details: [] });
    expect(lackSentence(one)).toBe(`rfdetr-nano has no model: ${lack}`);
    expect(mayRunUntold(end)).toBe(isLeftToPost);
  });
});
