import type { StatusState, StatusText } from '../../github/status/commit-status.ts';
import { isNews, runningDescription, verdictDescription } from '../../github/status/description.ts';
import { settleTrouble } from '../../github/status/status-trouble.ts';
import type { PendingStatus } from '../../github/status/trust.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import { formatDuration } from '../../lib/duration.ts';
import { type Conclusion, undecided } from '../../report/conclusion.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import type { Training } from '../../training/training.ts';

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
  /** It could not be looked at, or its results could not be read. */
  | { readonly kind: 'trouble'; readonly error: unknown };

interface Ended {
  readonly conclusion: Conclusion;
  readonly facts?: TrainingFacts | undefined;
}

/** What is to be done about one pending status. */
export type NextStatus =
  /** It stays as it is, and pending. */
  | { readonly kind: 'leave' }
  /** It stays as it is, since something went wrong. */
  | { readonly kind: 'trouble'; readonly words: string }
  /** It stays pending, and says something new. */
  | { readonly kind: 'tell'; readonly text: StatusText }
  /** Its last word. */
  | (Ended & { readonly kind: 'settle'; readonly text: StatusText & { readonly state: LastState } });

type LastState = Exclude<StatusState, 'pending'>;

/**
 * What to do with a pending status, by what was seen of its training. Only a verdict, or that no build is to fail by it, is ever a
 * success.
 * @param nowMs epoch ms
 */
export function nextStatus(
  status: PendingStatus,
  sight: Sight,
  nowMs: number,
  { maxAgeMs, failBuild }: Pick<SettleInputs, 'maxAgeMs' | 'failBuild'>,
): NextStatus {
  const { found, subject } = status;
  switch (sight.kind) {
    case 'trouble':
      return { kind: 'trouble', words: settleTrouble(sight.error) };
    case 'ended':
      return settled(status, sight, failBuild);
    case 'awaited': {
      const { word, forMs } = sight;
      if (word !== undefined && isNews(found.description, subject, word)) return told(status, word);
      return nowMs - found.createdAtMs > forMs ? settled(status, sight, failBuild) : { kind: 'leave' };
    }
    case 'in-flight': {
      const { status: word, progress, createdAtMs } = sight.training;
      // A start in the future would keep the status pending for ever.
      const startedMs = Math.min(
        subject.startedAtS * 1000,
        found.createdAtMs,
        createdAtMs ?? found.createdAtMs,
      );
      if (nowMs - startedMs > maxAgeMs)
        return settled(status, { conclusion: tooOld(word, maxAgeMs) }, failBuild);
      return isNews(found.description, subject, word, progress)
        ? told(status, word, progress)
        : { kind: 'leave' };
    }
  }
}

function tooOld(word: string, maxAgeMs: number): Conclusion {
  return undecided(
    `still in flight (${word}) after ${formatDuration(maxAgeMs)}`,
    'It may run on and be paid for: look at it on Roboflow. When it has ended, re-run the job that started it.',
  );
}

function told({ found, subject }: PendingStatus, word: string, progress?: number): NextStatus {
  const description = runningDescription(subject, word, progress);
  return { kind: 'tell', text: { state: 'pending', description, targetUrl: found.targetUrl } };
}

function settled(
  { found, subject }: PendingStatus,
  { conclusion, facts }: Ended,
  failBuild: boolean,
): NextStatus {
  const state = stateOf(conclusion, failBuild);
  const description = verdictDescription(conclusion, subject, failBuild);
  return {
    kind: 'settle',
    text: { state, description, targetUrl: found.targetUrl },
    conclusion,
    facts,
  };
}

function stateOf(conclusion: Conclusion, failBuild: boolean): LastState {
  if (conclusion.kind !== 'judged') return 'error';
  switch (conclusion.verdict.outcome) {
    case 'passed':
      return 'success';
    case 'failed':
      return failBuild ? 'failure' : 'success';
    case 'undecided':
      return 'error';
  }
}
