import type { GithubSession } from '../github-session.ts';
import { pullRequestOf } from '../pull-request.ts';
import { type Draft, keepOneComment } from './conversation.ts';
import { type CommentPhase, markedText } from './marker.ts';
import type { OpenComment } from './state.ts';
import type { CommentPage } from './text.ts';

/** A comment of this run on its pull request, not written yet; undefined if there is no pull request. */
export async function beginComment(
  key: string,
  { run, api }: GithubSession,
): Promise<OpenComment | undefined> {
  const found = await pullRequestOf(run, api);
  if (found === undefined) return undefined;
  const { number, sha, mayCreate } = found;
  return { phase: 'open', key, pullRequest: number, sha, mayCreate };
}

/** What the comment is to say. */
export interface Said {
  readonly phase: CommentPhase;
  readonly overOwnJudged: boolean;
  text(page: CommentPage): string;
  /** Told of the comment when more is known of it. */
  onKnown(comment: OpenComment): void;
}

/**
 * Writes the comment, unless a newer run's is there.
 * @returns whose text stands
 * @throws GithubError
 */
export function writeComment(
  comment: OpenComment,
  { phase, overOwnJudged, text, onKnown }: Said,
  { run, api, clock, stop }: GithubSession,
): Promise<'ours' | 'another' | 'none'> {
  const { owner, repo } = run;
  const { key, sha, mayCreate, author } = comment;
  const draft: Draft = {
    key,
    mayCreate,
    overOwnJudged,
    author,
    text: (headSha) =>
      markedText(text({ run: { url: run.url, sha }, headSha }), { key, phase }, { ...run, sha }),
    onAuthor: (login) => onKnown({ ...comment, author: login }),
  };
  const issue = { owner, repo, issue_number: comment.pullRequest };
  return keepOneComment(draft, { issue, api, clock, signal: stop });
}
