import { formatDuration } from '../../lib/duration.ts';
import { sentences } from '../../lib/errors.ts';
import type { ComparedTraining, Comparison } from '../compared-trainings.ts';
import type { WhyUndecided } from '../conclusion.ts';
import { PLAIN } from '../markdown/voice.ts';
import { isOpen } from '../training-end.ts';
import { lackClause, mayRunOn, reasonOfOne, wayOn, whoseClause } from './end-words.ts';

/** Why nothing was judged, in plain text. */
export interface UndecidedWords {
  /** A clause. */
  readonly reason: string;
  /** What it consists of, a line each. */
  readonly details: readonly string[];
  /** What a person can do about it. */
  readonly next: string | undefined;
  /** Trainings without a model of which the rest says nothing. */
  readonly untold: readonly ComparedTraining[];
}

/** The words for why nothing was judged: of something that went wrong, of one training, or of several. */
export function undecidedWords(why: WhyUndecided): UndecidedWords {
  switch (why.kind) {
    case 'trouble':
      return { reason: why.trouble.message, details: why.details, next: why.trouble.hint, untold: [] };
    case 'interrupted':
      return interruptedWords(why);
    case 'ended': {
      const [only, ...others] = why.comparison.trainings;
      return only !== undefined && others.length === 0
        ? wordsOfOne(only, why.comparison)
        : wordsOfSeveral(why.comparison);
    }
  }
}

function interruptedWords({
  message,
  onCancel,
  comparison: { trainings },
}: Extract<WhyUndecided, { kind: 'interrupted' }>): UndecidedWords {
  const ids = trainings.flatMap(({ facts }) => (facts?.origin === 'started' ? [facts.jobId] : []));
  const next =
    ids.length === 0
      ? `If this step started a training, its post step deals with it: on-cancel is ${onCancel}.`
      : `The post step of this job deals with training ${ids.join(', ')}: on-cancel is ${onCancel}.`;
  return { reason: message, details: [], next, untold: [] };
}

function wordsOfOne(training: ComparedTraining, { rerunAttaches }: Comparison): UndecidedWords {
  const { end } = training;
  const hint = 'trouble' in end ? end.trouble?.hint : undefined;
  const stopped =
    end.kind === 'stopped' ? 'Set thresholds to accept what a stopped training reached.' : undefined;
  const rerun =
    rerunAttaches && mayRunOn(training)
      ? 'While it runs, a re-run of this job attaches to it too.'
      : undefined;
  const way = wayOn(training, false);
  // What became of a training that is another one comes before what to do about that.
  const next = end.kind === 'other' ? sentences(way, hint) : sentences(hint, stopped, way, rerun);
  return { reason: reasonOfOne(training), details: [], next: next === '' ? undefined : next, untold: [] };
}

function wordsOfSeveral({ trainings, rerunAttaches }: Comparison): UndecidedWords {
  const lacking = trainings.filter((training) => lackClause(training) !== undefined);
  const left = trainings.filter(({ end }) => end.kind === 'left');
  if (left.length > 0)
    return {
      reason: `${lacking.length} of ${trainings.length} trainings are not under way`,
      details: trainings.map(detail),
      next: leftWords(left),
      untold: [],
    };
  const open = trainings.filter(({ end }) => isOpen(end));
  if (open.length === 0)
    return {
      reason: `none of the ${trainings.length} trainings has a model that can be judged`,
      details: trainings.map(detail),
      next: undefined,
      untold: [],
    };
  const names = open.map(({ modelType }) => modelType).join(', ');
  return {
    reason: `${open.length} of ${trainings.length} trainings had not ended (${names}) ${whenOpen(open)}`,
    details: open.map(detail),
    next:
      rerunAttaches && open.some(mayRunOn)
        ? 'A re-run of this job attaches to those that run by then.'
        : undefined,
    untold: lacking.filter(({ end }) => !isOpen(end)),
  };
}

function whenOpen(open: readonly ComparedTraining[]): string {
  const [timeoutMs] = open.flatMap(({ end }) => ('timeoutMs' in end ? [end.timeoutMs] : []));
  return timeoutMs === undefined || open.some(({ end }) => end.kind === 'silent')
    ? 'when Roboflow gave no good answer any more'
    : `when the timeout of ${formatDuration(timeoutMs)} passed`;
}

/** `rfdetr-nano: training job_1 failed: CUDA out of memory`, and what is to be done about it. */
function detail(training: ComparedTraining): string {
  const type = PLAIN.code(training.modelType);
  const said =
    training.facts === undefined ? `${type} ${lackClause(training)}` : `${type}: ${whoseClause(training)}`;
  return sentences(said, wayOn(training, true));
}

function leftWords(left: readonly ComparedTraining[]): string | undefined {
  const running = left.flatMap(({ facts }) => (facts?.inFlight ? [facts.jobId] : []));
  return running.length === 0
    ? undefined
    : `Those that run are paid for, and nobody waits for them: ${running.join(', ')}. To judge one, set job-id to its id, and model-type to its type.`;
}
