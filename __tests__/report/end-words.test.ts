import { expect, test } from 'vitest';
import type { ComparedTraining } from '../../src/report/compared-trainings.ts';
import { type EndedByStep, mayRunUntold, type TrainingEnd } from '../../src/report/training-end.ts';
import { lackSentence } from '../../src/report/words/end-words.ts';
import { undecidedWords } from '../../src/report/words/undecided-words.ts';
import { named, rows } from '../rows.ts';
import { facts } from './cases.ts';

const HOUR = 3_600_000;
const trouble = { message: 'Roboflow answered 403.', hint: 'Check the key.' };
const timedOut = { kind: 'timed-out', timeoutMs: 2 * HOUR, error: undefined, ended: undefined } as const;
const refused = { kind: 'still-running', reason: 'Roboflow answered 500' } as const;
const TAKE_UP = 'The training may run on and be paid for. To attach to it again, set job-id to job_1';
const RERUN = 'While it runs, a re-run of this job attaches to it too.';
const AND_TYPE = ', and model-type to rfdetr-nano.';

function training(end: TrainingEnd, isStarted = true): ComparedTraining {
  const about = isStarted ? { ...facts, jobId: 'job_1', status: 'running' } : undefined;
  const nothing = { outcome: 'undecided', headline: undefined, rules: [] } as const;
  return { modelType: 'rfdetr-nano', facts: about, end, ...nothing };
}

const NOT_ENDED = 'training job_1 had not ended (running) when the timeout of 2 h passed';
const STOPS = 'Training job_1 was told to stop: it ends after its epoch and keeps the weights it has.';
const over = (mode: 'cancel' | 'stop', result: EndedByStep['result'] = { kind: 'ended' }) => ({
  mode,
  result,
});

const ENDS: Readonly<Record<string, TrainingEnd>> = {
  results: { kind: 'results' },
  failed: { kind: 'failed', reason: 'CUDA' },
  'failed without a reason': { kind: 'failed', reason: undefined },
  cancelled: { kind: 'cancelled' },
  stopped: { kind: 'stopped' },
  'timed out': timedOut,
  'timed out in an outage': { ...timedOut, error: 'Roboflow answered 502' },
  'timed out, cancelled': { ...timedOut, ended: over('cancel') },
  'timed out, stopped': { ...timedOut, ended: over('stop') },
  'timed out, was over': { ...timedOut, ended: over('stop', { kind: 'over' }) },
  'timed out, still runs': { ...timedOut, ended: over('cancel', refused) },
  silent: { kind: 'silent', patienceMs: HOUR / 4, error: 'Roboflow answered 502' },
  unwatched: { kind: 'unwatched', trouble },
  unread: { kind: 'unread', trouble, isFinal: false },
  'unread for good': { kind: 'unread', trouble, isFinal: true },
  'other, cancelled': { kind: 'other', trouble, ended: over('cancel') },
  'other, still runs': { kind: 'other', trouble, ended: over('cancel', refused) },
  interrupted: { kind: 'interrupted' },
  'not started': { kind: 'not-started', trouble },
  'too late': { kind: 'too-late', timeoutMs: 2 * HOUR, trouble: undefined },
  'start unclear': { kind: 'start-unclear', trouble },
};

const STILL = 'Training job_1 is still running: Roboflow answered 500';
/** Of a step with this one why nothing was judged, and what to do; of a step with others too why it has no model. */
const WORDS = rows(`
  results | training job_1 has no finished model with a metric to rank it by | | =
  failed | training job_1 failed: CUDA | | =
  failed without a reason | training job_1 failed: Roboflow gives no reason | | =
  cancelled | training job_1 was cancelled on Roboflow, not by this step | | =
  stopped | training job_1 was stopped early, and there are no rules to judge what it reached | Set thresholds to accept what a stopped training reached. | =. Set thresholds to accept what a stopped training reached.
  timed out | ${NOT_ENDED} | ${TAKE_UP}. ${RERUN} | =. ${TAKE_UP}${AND_TYPE}
  timed out in an outage | ${NOT_ENDED}, and Roboflow had given no good answer since. The last was: Roboflow answered 502 | ${TAKE_UP}. ${RERUN} | =. ${TAKE_UP}${AND_TYPE}
  timed out, cancelled | ${NOT_ENDED} | Training job_1 was cancelled. | =. Training job_1 was cancelled.
  timed out, stopped | ${NOT_ENDED} | ${STOPS} To judge what it reached, set job-id to job_1 once it has ended. | =. ${STOPS} To judge what it reached, set job-id to job_1, and model-type to rfdetr-nano once it has ended.
  timed out, was over | ${NOT_ENDED} | Training job_1 was over already. | =. Training job_1 was over already.
  timed out, still runs | ${NOT_ENDED} | ${STILL}. ${TAKE_UP}. ${RERUN} | =. ${STILL}. ${TAKE_UP}${AND_TYPE}
  silent | no good answer came from Roboflow for 15 min. The last was: Roboflow answered 502 | ${TAKE_UP}. ${RERUN} | training job_1 was lost sight of: =. ${TAKE_UP}${AND_TYPE}
  unwatched | ${trouble.message} | Check the key. ${TAKE_UP}. ${RERUN} | training job_1 was not watched to its end: = Check the key. ${TAKE_UP}${AND_TYPE}
  unread | ${trouble.message} | Check the key. To judge it without paying again, set job-id to job_1. | training job_1 could not be judged: = Check the key. To judge it without paying again, set job-id to job_1${AND_TYPE}
  unread for good | ${trouble.message} | Check the key. | training job_1 could not be judged: = Check the key.
  other, cancelled | ${trouble.message} | Training job_1 was cancelled. Check the key. | training job_1 is another one: = Check the key. Training job_1 was cancelled.
  other, still runs | ${trouble.message} | ${STILL}. Check the key. | training job_1 is another one: = Check the key. ${STILL}
  interrupted | training job_1 was not judged, since the step was interrupted | | =
  not started | ${trouble.message} | Check the key. | it was not started: = Check the key.
  too late | the training was not started before the timeout passed | | it was not started before the timeout passed
  start unclear | ${trouble.message} | Check the key. | it may have been started: = Check the key.
`);

const NOT_STARTED = ['not-started', 'too-late', 'start-unclear'];

test.each(WORDS)('the words for the end of a training: %s', (name, reason, next, several) => {
  const end = named(ENDS, name);
  const one = training(end, !NOT_STARTED.includes(end.kind));
  const comparison = { trainings: [one], best: undefined, rerunAttaches: true };
  expect(undecidedWords({ kind: 'ended', comparison })).toMatchObject({
    reason,
    next: next || undefined,
    details: [],
  });
  expect(lackSentence(one)).toBe(`rfdetr-nano has no model: ${several.replace('=', reason)}`);
});

test('a training that cannot be told of is left to the post step', () => {
  const untold = Object.keys(ENDS).filter((name) => mayRunUntold(named(ENDS, name)));
  expect(untold).toEqual(['other, still runs', 'interrupted', 'start unclear']);
});
