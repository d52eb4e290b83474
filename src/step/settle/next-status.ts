import { settleTrouble } from '../../github/github-error.ts';
import type { StatusChange, WriteResult } from '../../github/status/commit-status.ts';
import { isNews, runningDescription, verdictDescription } from '../../github/status/description.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import { formatDuration } from '../../lib/duration.ts';
import { type Conclusion, undecided } from '../../report/conclusion.ts';
import type { Kind, SettledAs, SettledStatus } from '../../report/settled.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import type { Training } from '../../training/training.ts';
import type { IgnoredStatus, PendingStatus } from './find-pending.ts';

/** What settle sees of a training in its one look. */
export type Sight =
  | { readonly kind: 'in-flight'; readonly training: Training }
  | (Ended & { readonly kind: 'ended' })
  /** There may come more, and this is its end if nothing does for so long. */
  | (Ended & {
      readonly kind: 'awaited';
      /** What the status says meanwhile, and since when: there is no other memory. Undefined: what it says already. */
      readonly word: string | undefined;
      readonly forMs: number;
    })
  | { readonly kind: 'trouble'; readonly error: unknown };

interface Ended {
  readonly conclusion: Conclusion;
  readonly facts?: TrainingFacts | undefined;
}

/** What becomes of a pending status at `nowMs`, by what was seen. Only a verdict, or one that no build fails by, is a success. */
export function nextStatus(
  status: PendingStatus,
  sight: Sight,
  nowMs: number,
  { maxAgeMs, failBuild }: Pick<SettleInputs, 'maxAgeMs' | 'failBuild'>,
): SettledAs {
  const { found, subject } = status;
  const told = (word: string, progress?: number): SettledAs | undefined =>
    isNews(found.description, subject, word, progress)
      ? { kind: 'left', words: runningDescription(subject, word, progress) }
      : undefined;
  const settled = ({ conclusion, facts }: Ended): SettledAs => {
    const words = verdictDescription(conclusion, subject, failBuild, facts);
    return { kind: 'settled', state: stateOf(conclusion, failBuild), conclusion, facts, words };
  };
  const asItIs = { kind: 'left', words: found.description } as const;
  switch (sight.kind) {
    case 'trouble':
      return { kind: 'trouble', words: settleTrouble(sight.error) };
    case 'ended':
      return settled(sight);
    case 'awaited': {
      const { word, forMs } = sight;
      const isOver = nowMs - found.createdAtMs > forMs;
      return (word !== undefined && told(word)) || (isOver ? settled(sight) : asItIs);
    }
    case 'in-flight': {
      const { status: word, progress, createdAtMs } = sight.training;
      // A start in the future would keep the status pending for ever.
      const startedMs = Math.min(
        subject.startedAtS * 1000,
        found.createdAtMs,
        createdAtMs ?? found.createdAtMs,
      );
      if (nowMs - startedMs > maxAgeMs) return settled({ conclusion: tooOld(word, maxAgeMs) });
      return told(word, progress) ?? asItIs;
    }
  }
}

function tooOld(word: string, maxAgeMs: number): Conclusion {
  return undecided(
    `still in flight (${word}) after ${formatDuration(maxAgeMs)}`,
    'It may run on and be paid for: look at it on Roboflow. When it has ended, re-run the job that started it.',
  );
}

function stateOf(conclusion: Conclusion, failBuild: boolean): Kind<'settled'>['became']['state'] {
  if (conclusion.kind !== 'judged') return 'error';
  return ({ passed: 'success', failed: failBuild ? 'failure' : 'success', undecided: 'error' } as const)[
    conclusion.verdict.outcome
  ];
}

/** A pending status, and what is to become of it. */
export interface StatusPlan {
  readonly pending: PendingStatus;
  readonly next: SettledAs;
}

/** The status to be written by a plan; none if it says that already. */
export function changesOf({ pending: { found }, next }: StatusPlan): readonly StatusChange[] {
  const { description: shown, targetUrl } = found;
  const { words: description } = next;
  if (next.kind === 'settled') return [{ found, text: { state: next.state, description, targetUrl } }];
  const isTold = next.kind === 'left' && description !== shown;
  return isTold ? [{ found, text: { state: 'pending', description, targetUrl } }] : [];
}

/** What became of a status, for outputs and summary; `written` has the changes by the id of the status. */
export function settledStatus(
  { pending: { found, subject, pullRequests }, next }: StatusPlan,
  written: ReadonlyMap<string, WriteResult>,
): SettledStatus {
  const { sha, context, targetUrl } = found;
  const { version, modelType, job } = subject;
  return {
    sha,
    context,
    pullRequests,
    training: { version, modelType, jobId: job?.id, url: targetUrl.replace(/#.*$/, '') },
    became: becameOf(next, written.get(found.id)),
  };
}

/** The same of one that settle left alone. */
export function ignoredStatus({ found: { sha, context }, pullRequests, why }: IgnoredStatus): SettledStatus {
  return { sha, context, pullRequests, training: undefined, became: { kind: 'ignored', words: why } };
}

function becameOf(next: SettledAs, written: WriteResult | undefined): SettledAs {
  if (written?.kind === 'replaced') {
    const { state = 'none', description = '' } = written.by ?? {};
    return { kind: 'replaced', isPending: state === 'pending', words: `${state}, "${description}"` };
  }
  // That a pending status does not say the newest progress is no trouble: nothing hangs on it.
  if (next.kind !== 'settled' || written?.kind === 'written') return next;
  return { kind: 'trouble', words: settleTrouble(written?.error) };
}
