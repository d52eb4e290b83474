import type { Clock } from '../../lib/clock.ts';
import { GITHUB_DEADLINE_MS, type GithubApi } from '../github-api.ts';
import { GithubError, isForbidden } from '../github-error.ts';
import type { GithubPatience } from '../github-patience.ts';
import type { Marker } from './marker.ts';
import { type OwnComments, ownComments } from './own-comments.ts';
import { type CommentStep, nextStep, type Wanted } from './plan.ts';
import type { Issue } from './requests.ts';

/** Where comments are kept up to date, and with what. */
export interface Conversation {
  readonly issue: Issue;
  readonly api: GithubApi;
  readonly clock: Clock;
  /** Ends pauses. */
  readonly signal: AbortSignal;
}

/** What is to be said, which may depend on where the pull request stands by now. */
export interface Draft extends Omit<Wanted, 'marker'> {
  readonly key: string;
  /** @param headSha of the pull request; undefined if it is unknown */
  text(headSha: string | undefined): { readonly marker: Marker; readonly body: string };
  /** The account that writes; undefined if it is to be found out. */
  readonly author: string | undefined;
  /** Told of the account that writes as soon as it is known. */
  onAuthor(author: string): void;
}

/** Two runs can do no more to each other than this; what is beyond it is a fight that nobody wins. */
const MOST_STEPS = 12;

/** A text is written only on what was read this short a time ago, or as a second try at that. */
const FRESH_MS = 2_000;

/**
 * GitHub cannot be told to write only if nothing has changed, so a run that read before this one wrote may overwrite
 * it a moment later. It is looked at once more when that is over: longer than a look is fresh and a request takes.
 */
const SECOND_LOOK_MS = FRESH_MS + GITHUB_DEADLINE_MS + 1_000;

/**
 * Brings the comments on a pull request to where one says what was wanted, or what a newer run said. What is older
 * gives way: it is replaced, or deleted if there are two.
 * @returns whose text stands
 * @throws GithubError
 */
export async function keepOneComment(
  draft: Draft,
  { issue, api, clock, signal }: Conversation,
): Promise<'ours' | 'another' | 'none'> {
  const comments = ownComments({ issue, ...draft }, api, clock);
  let hasWritten = false;
  let isSecondLook = false;
  let isSecondTry = false;
  let hasTried = false;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const { shown, headSha, atMs } = await comments.look();
    const { marker, body } = draft.text(headSha);
    const step = nextStep(shown, { ...draft, marker }, headSha, hasWritten);
    if (step.kind === 'done') {
      if (!hasTried || isSecondLook || !api.patience.allows(SECOND_LOOK_MS)) return step.stands;
      await clock.sleep(SECOND_LOOK_MS, signal);
      isSecondLook = true;
      continue;
    }
    isSecondLook = false;
    isSecondTry = !isSecondTry && clock.now() - atMs > FRESH_MS;
    if (isSecondTry) continue;
    hasTried = true;
    const result = await tried(step, body, comments, api.patience);
    // A second comment that may not be deleted is better than none.
    if (result === 'not allowed') return hasWritten ? 'ours' : 'another';
    hasWritten ||= result === 'written';
  }
  throw new GithubError('other steps kept changing the same comment', { kind: 'lost' });
}

/** Makes one change. After a failure that passes it pauses, and the next look tells what became of it. */
async function tried(
  step: Exclude<CommentStep, { kind: 'done' }>,
  body: string,
  comments: OwnComments,
  patience: GithubPatience,
): Promise<'written' | 'nothing written' | 'not allowed'> {
  try {
    const isDone = await comments.change(step, body);
    return isDone && step.kind !== 'delete' ? 'written' : 'nothing written';
  } catch (error) {
    const isRefused = error instanceof GithubError && isForbidden(error.failure);
    if (step.kind === 'delete' && isRefused) return 'not allowed';
    await patience.pauseAfter(error);
    return 'nothing written';
  }
}
