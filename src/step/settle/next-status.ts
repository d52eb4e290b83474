import type { StatusState, StatusText } from '../../github/status/commit-status.ts';
import { isNews, runningDescription, verdictDescription } from '../../github/status/description.ts';
import type { PendingStatus } from '../../github/status/trust.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import { formatDuration } from '../../lib/duration.ts';
import { type Conclusion, type TrainingFacts, undecided } from '../../report/conclusion.ts';
import type { Sight } from './sight.ts';

/** What is to be done about one pending status. */
export type NextStatus =
  /** It stays as it is, and pending. */
  | { readonly kind: 'leave' }
  /** It stays pending, and says something new. */
  | { readonly kind: 'tell'; readonly text: StatusText }
  /** Its last word. */
  | {
      readonly kind: 'settle';
      readonly text: StatusText;
      readonly conclusion: Conclusion;
      readonly facts: TrainingFacts | undefined;
    };

/** A training that Roboflow does not show, or a start that shows no training, may be a flicker for so long. */
const DOUBT_MS = 60 * 60_000;

/** In place of the API's word for a training that the API does not know. */
const UNKNOWN = 'not found on Roboflow';

/**
 * What to do with a pending status, by what was seen of its training. Only a verdict, or that no build is to fail by it, is ever a
 * success.
 * @param nowMs epoch ms
 */
export function nextStatus(
  status: PendingStatus,
  sight: Exclude<Sight, { kind: 'trouble' }>,
  nowMs: number,
  { maxAgeMs, failBuild }: Pick<SettleInputs, 'maxAgeMs' | 'failBuild'>,
): NextStatus {
  const { found, subject } = status;
  const settled = (conclusion: Conclusion, facts?: TrainingFacts): NextStatus => ({
    kind: 'settle',
    text: {
      state: stateOf(conclusion, failBuild),
      description: verdictDescription(conclusion, subject, failBuild),
      targetUrl: found.targetUrl,
    },
    conclusion,
    facts,
  });
  const isDoubtOver = nowMs - found.createdAtMs > DOUBT_MS;
  switch (sight.kind) {
    case 'not-started':
      return isDoubtOver ? settled(undecided('never started', NEVER_STARTED)) : { kind: 'leave' };
    case 'unknown': {
      const description = runningDescription(subject, UNKNOWN, undefined);
      if (found.description !== description)
        return { kind: 'tell', text: { state: 'pending', description, targetUrl: found.targetUrl } };
      return isDoubtOver
        ? settled(undecided(`training ${subject.job?.id} was ${UNKNOWN}`))
        : { kind: 'leave' };
    }
    case 'in-flight':
      return whileInFlight(status, sight, nowMs, maxAgeMs, settled);
    case 'ended':
      return settled(sight.conclusion, sight.facts);
  }
}

const NEVER_STARTED =
  'The step that was to start a training ended before any showed. Re-run its job; a training that it started after all is on Roboflow.';

function whileInFlight(
  { found, subject }: PendingStatus,
  { training }: Extract<Sight, { kind: 'in-flight' }>,
  nowMs: number,
  maxAgeMs: number,
  settled: (conclusion: Conclusion) => NextStatus,
): NextStatus {
  const { status, progress, createdAtMs } = training;
  // A start in the future would keep the status pending for ever.
  const startedMs = Math.min(subject.startedAtS * 1000, found.createdAtMs, createdAtMs ?? found.createdAtMs);
  if (nowMs - startedMs > maxAgeMs)
    return settled(
      undecided(
        `still in flight (${status}) after ${formatDuration(maxAgeMs)}`,
        'It may run on and be paid for: look at it on Roboflow. When it has ended, re-run the job that started it.',
      ),
    );
  if (!isNews(found.description, subject, status, progress)) return { kind: 'leave' };
  const description = runningDescription(subject, status, progress);
  return { kind: 'tell', text: { state: 'pending', description, targetUrl: found.targetUrl } };
}

function stateOf(conclusion: Conclusion, failBuild: boolean): StatusState {
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
