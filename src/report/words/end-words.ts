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
  const said = `${PLAIN.code(training.modelType)} has no model: ${whoseClause(training)}`;
  return sentences(said, wayOn(training, true));
}

/** `training job_1 failed: CUDA out of memory`; or where it stands, if nothing went wrong. */
export function whoseClause(training: ComparedTraining): string {
  const { facts } = training;
  const subject = facts === undefined ? 'it' : `training ${PLAIN.code(facts.jobId)}`;
  return `${subject} ${PLAIN.prose(lackClause(training) ?? `is there (${facts?.status})`, LONGEST_CLAUSE)}`;
}

/** What a training does now that this step leaves it, and how to judge it all the same; undefined if nothing is to be said. */
export function wayOn(training: ComparedTraining, ofSeveral: boolean): string | undefined {
  const { facts, end, modelType } = training;
  if (facts === undefined) return undefined;
  const id = PLAIN.code(facts.jobId);
  const asOne = `set job-id to ${id}${ofSeveral ? `, and model-type to ${PLAIN.code(modelType)}` : ''}`;
  const ended = 'ended' in end ? end.ended : undefined;
  const said = sentences(ended && endedWords(id, ended), howToJudge(training, asOne));
  return said === '' ? undefined : said;
}

function howToJudge(training: ComparedTraining, asOne: string): string | undefined {
  const { end } = training;
  if (mayRunOn(training)) return `The training may run on and be paid for. To attach to it again, ${asOne}.`;
  if (end.kind === 'stopped') return 'Set thresholds to accept what a stopped training reached.';
  if (end.kind === 'unread' && !end.isFinal) return `To judge it without paying again, ${asOne}.`;
  const stops = end.kind === 'timed-out' && end.ended?.mode === 'stop' && end.ended.result.kind === 'ended';
  return stops ? `To judge what it reached, ${asOne} once it has ended.` : undefined;
}

/** Whether the training may run on by itself, and a later step can attach to it. */
export function mayRunOn({ facts, end }: ComparedTraining): boolean {
  if (facts === undefined) return false;
  if (end.kind === 'timed-out') return (end.ended?.result.kind ?? 'still-running') === 'still-running';
  return end.kind === 'silent' || end.kind === 'unwatched';
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
    case 'timed-out': {
      const said = `had not ended (${status}) when the timeout of ${formatDuration(end.timeoutMs)} passed`;
      return end.error === undefined
        ? said
        : `${said}, and Roboflow had given no good answer since. The last was: ${end.error}`;
    }
    case 'silent':
      return `was lost sight of: ${silence(end)}`;
    case 'interrupted':
      return 'was not judged, since the step was interrupted';
    case 'left':
      return undefined;
    default:
      return `${OF_TROUBLE[end.kind]}${end.trouble === undefined ? '' : `: ${words(end.trouble)}`}`;
  }
}

const OF_TROUBLE = {
  unwatched: 'was not watched to its end',
  unread: 'could not be judged',
  other: 'is another one',
  'not-started': 'was not started',
  'too-late': 'was not started before the timeout passed',
  'start-unclear': 'may have been started',
} as const;

/** Of a step with one training: why nothing was judged, as a clause that needs nothing before it. */
export function reasonOfOne({ end, facts }: ComparedTraining): string {
  if (end.kind === 'silent') return silence(end);
  const trouble = 'trouble' in end ? end.trouble : undefined;
  const subject = facts === undefined ? 'the training' : `training ${facts.jobId}`;
  return trouble?.message ?? `${subject} ${endClause(end, facts?.status)}`;
}

function silence({ patienceMs, error }: Extract<TrainingEnd, { kind: 'silent' }>): string {
  return `no good answer came from Roboflow for ${formatDuration(patienceMs)}. The last was: ${error}`;
}

function words({ message, hint }: Trouble): string {
  return sentences(message, hint);
}
