import { formatDuration } from '../../lib/duration.ts';
import { sentences } from '../../lib/errors.ts';
import type { ComparedTraining } from '../compared-trainings.ts';
import { PLAIN } from '../markdown/voice.ts';
import type { EndedByStep, TrainingEnd, Trouble } from '../training-end.ts';

/** With what a server says about it. */
const LONGEST_CLAUSE = 1_000;

/** Why a training has no model, behind its name: `failed: CUDA out of memory`; undefined if it has one, or may get one. */
export function lackClause({ end, facts, headline }: ComparedTraining): string | undefined {
  return headline === undefined ? endClause(end, facts?.status) : undefined;
}

/** `yolo26n has no model: training job_1 failed: CUDA out of memory`, and what is to be done about it. */
export function lackSentence(training: ComparedTraining): string {
  return sentences(
    `${PLAIN.code(training.modelType)} has no model: ${whoseClause(training)}`,
    wayOn(training, true),
  );
}

/** `training job_1 failed: CUDA out of memory`; or where it stands, if nothing went wrong. */
export function whoseClause(training: ComparedTraining): string {
  const { facts } = training;
  const clause = lackClause(training);
  const subject = facts === undefined ? 'it' : `training ${PLAIN.code(facts.jobId)}`;
  return `${subject} ${PLAIN.prose(clause ?? `is there (${facts?.status})`, LONGEST_CLAUSE)}`;
}

/**
 * What a training does now that this step leaves it, and how it can be judged all the same; undefined if there is nothing to say.
 * @param ofSeveral whether the step has other types too
 */
export function wayOn({ facts, end, modelType }: ComparedTraining, ofSeveral: boolean): string | undefined {
  if (facts === undefined) return undefined;
  const id = PLAIN.code(facts.jobId);
  const asOne = `set job-id to ${id}${ofSeveral ? `, and model-type to ${PLAIN.code(modelType)}` : ''}`;
  const takeUp = `The training may run on and be paid for. To attach to it again, ${asOne}.`;
  switch (end.kind) {
    case 'silent':
    case 'unwatched':
      return takeUp;
    case 'unread':
      return end.isFinal ? undefined : `To judge it without paying again, ${asOne}.`;
    case 'timed-out': {
      const { ended } = end;
      if (ended === undefined) return takeUp;
      const stops = ended.mode === 'stop' && ended.result.kind === 'ended';
      const judgeIt = stops ? `To judge what it reached, ${asOne} once it has ended.` : undefined;
      return sentences(endedWords(id, ended), isRunning(ended) ? takeUp : judgeIt);
    }
    case 'other':
      return endedWords(id, end.ended);
    default:
      return undefined;
  }
}

/** Whether the training may run on by itself, and a later step can attach to it. */
export function mayRunOn({ facts, end }: ComparedTraining): boolean {
  if (facts === undefined) return false;
  if (end.kind === 'timed-out') return end.ended === undefined || isRunning(end.ended);
  return end.kind === 'silent' || end.kind === 'unwatched';
}

function isRunning({ result }: EndedByStep): boolean {
  return result.kind === 'still-running';
}

/** What came of the end that this step wanted to give a training. */
export function endedWords(id: string, { mode, result }: EndedByStep): string {
  switch (result.kind) {
    case 'ended':
      return mode === 'cancel'
        ? `Training ${id} was cancelled.`
        : `Training ${id} was told to stop: it ends after its epoch and keeps the weights it has.`;
    case 'over':
      return `Training ${id} was over already.`;
    case 'still-running':
      return `Training ${id} is still running: ${result.reason}`;
  }
}

/** What became of a training, behind its name; undefined if it was left to run. */
export function endClause(end: TrainingEnd, status: string | undefined): string | undefined {
  switch (end.kind) {
    case 'results':
      return 'has no finished model with a metric to rank it by';
    case 'failed':
      return `failed: ${end.reason ?? 'Roboflow gives no reason'}`;
    case 'cancelled':
      return 'was cancelled on Roboflow, not by this step';
    case 'stopped':
      return 'was stopped early, and there are no rules to judge what it reached';
    case 'timed-out':
      return `had not ended (${status}) when the timeout of ${formatDuration(end.timeoutMs)} passed${
        end.error === undefined
          ? ''
          : `, and Roboflow had given no good answer since. The last was: ${end.error}`
      }`;
    case 'silent':
      return `was lost sight of: ${silence(end)}`;
    case 'unwatched':
      return `was not watched to its end: ${words(end.trouble)}`;
    case 'unread':
      return `could not be judged: ${words(end.trouble)}`;
    case 'other':
      return `is another one: ${words(end.trouble)}`;
    case 'interrupted':
      return 'was not judged, since the step was interrupted';
    case 'not-started':
      return `was not started: ${words(end.trouble)}`;
    case 'too-late':
      return `was not started before the timeout passed${end.trouble === undefined ? '' : `: ${words(end.trouble)}`}`;
    case 'start-unclear':
      return `may have been started: ${words(end.trouble)}`;
    case 'left':
      return undefined;
  }
}

/** Of a step with one training: why nothing was judged, as a clause that needs nothing before it. */
export function reasonOfOne({ end, facts }: ComparedTraining): string {
  if (end.kind === 'silent') return silence(end);
  const trouble = 'trouble' in end ? end.trouble : undefined;
  return trouble?.message ?? `training ${facts?.jobId} ${endClause(end, facts?.status)}`;
}

function silence({ patienceMs, error }: Extract<TrainingEnd, { kind: 'silent' }>): string {
  return `no good answer came from Roboflow for ${formatDuration(patienceMs)}. The last was: ${error}`;
}

function words({ message, hint }: Trouble): string {
  return sentences(message, hint);
}
