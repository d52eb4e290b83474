import { sentences } from '../../lib/errors.ts';
import type { ComparedTraining, Comparison } from '../compared-trainings.ts';
import type { WhyUndecided } from '../conclusion.ts';
import { PLAIN } from '../markdown/voice.ts';
import { isOpen } from '../training-end.ts';
import { lackClause, mayRunOn, reasonOfOne, wayOn, whoseClause } from './end-words.ts';

/** Why nothing was judged, in plain text. */
export interface UndecidedWords {
  readonly reason: string;
  readonly details: readonly string[];
  readonly next: string | undefined;
}

const NOTHING_MORE = { details: [], next: undefined } as const;

/** The words for why nothing was judged: of something that went wrong, of one training, or of several. */
export function undecidedWords(why: WhyUndecided): UndecidedWords {
  switch (why.kind) {
    case 'trouble':
      return { ...NOTHING_MORE, reason: why.trouble.message, details: why.details, next: why.trouble.hint };
    case 'interrupted':
      return { ...NOTHING_MORE, reason: why.message, next: afterInterruption(why) };
    case 'ended': {
      const [only, ...others] = why.comparison.trainings;
      return only === undefined || others.length > 0
        ? wordsOfSeveral(why.comparison)
        : { ...NOTHING_MORE, reason: reasonOfOne(only), next: nextOfOne(only, why.comparison) };
    }
  }
}

function afterInterruption({
  onCancel,
  comparison,
  generated,
}: Extract<WhyUndecided, { kind: 'interrupted' }>): string {
  const ids = comparison.trainings.flatMap(({ facts }) => (facts?.origin === 'started' ? [facts.jobId] : []));
  const next =
    ids.length === 0
      ? `If this step started a training, its post step deals with it: on-cancel is ${onCancel}.`
      : `The post step of this job deals with training ${ids.join(', ')}: on-cancel is ${onCancel}.`;
  const made =
    generated === undefined
      ? undefined
      : `Version ${generated} was generated: set version to ${generated} to train on it.`;
  return sentences(made, next);
}

function nextOfOne(training: ComparedTraining, { rerunAttaches }: Comparison): string | undefined {
  const { end } = training;
  const hint = 'trouble' in end ? end.trouble?.hint : undefined;
  const way = wayOn(training, false);
  const isTakenUp = rerunAttaches && mayRunOn(training);
  const rerun = isTakenUp ? 'While it runs, a re-run of this job attaches to it too.' : undefined;
  // That another training was ended comes before what to do about it.
  const next = end.kind === 'other' ? sentences(way, hint) : sentences(hint, way, rerun);
  return next === '' ? undefined : next;
}

function wordsOfSeveral({ trainings, rerunAttaches }: Comparison): UndecidedWords {
  const count = trainings.length;
  const lacking = trainings.filter((training) => lackClause(training) !== undefined);
  const left = trainings.filter(({ end }) => end.kind === 'left');
  if (left.length > 0) {
    const reason = `${lacking.length} of ${count} trainings are not under way`;
    return { reason, details: eachAdviceOnce(trainings.map(detail)), next: leftWords(left) };
  }
  const details = eachAdviceOnce(lacking.map(detail));
  const open = trainings.filter(({ end }) => isOpen(end));
  if (open.length === 0)
    return {
      ...NOTHING_MORE,
      reason: `none of the ${count} trainings has a model that can be judged`,
      details,
    };
  const names = open.map(({ modelType }) => modelType).join(', ');
  const isTakenUp = rerunAttaches && open.some(mayRunOn);
  return {
    reason: `${open.length} of ${count} trainings had not ended: ${names}`,
    details,
    next: isTakenUp ? 'A re-run of this job attaches to those that run by then.' : undefined,
  };
}

/** `rfdetr-nano: training job_1 failed: CUDA out of memory`, and what is to be done about it. */
function detail(training: ComparedTraining): string {
  const type = PLAIN.code(training.modelType);
  const said = training.facts === undefined ? ` ${lackClause(training)}` : `: ${whoseClause(training)}`;
  return sentences(`${type}${said}`, wayOn(training, true));
}

/** After its first sentence a line does not say what a line before it has said. */
function eachAdviceOnce(lines: readonly string[]): readonly string[] {
  const told = new Set<string>();
  return lines.map((line) => {
    const parts = line.split(/(?<=[.!?]) (?=\p{Lu})/u);
    const fresh = parts.filter((part, index) => index === 0 || !told.has(part));
    for (const part of parts) told.add(part);
    return fresh.join(' ');
  });
}

function leftWords(left: readonly ComparedTraining[]): string | undefined {
  const running = left.flatMap(({ facts }) => (facts?.inFlight ? [facts.jobId] : []));
  return running.length === 0
    ? undefined
    : `Those that run are paid for, and nobody waits for them: ${running.join(', ')}. To judge one, set job-id to its id, and model-type to its type.`;
}
