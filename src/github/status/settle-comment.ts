import type { Conclusion, TrainingFacts } from '../../report/conclusion.ts';
import { keyOf } from '../comment/marker.ts';
import { writeComment } from '../comment/session.ts';
import { concludedText } from '../comment/text.ts';
import type { GithubSession } from '../github-session.ts';

/** A verdict that is to be written to the comment of a pull request. */
export interface SettledComment {
  readonly pullRequest: number;
  /** The commit that was judged. */
  readonly sha: string;
  /** As the step that started the training wrote them: the comment is found by them. */
  readonly project: string;
  readonly modelType: string | undefined;
  readonly statusContext: string;
  /** The account that the token writes as. */
  readonly author: string;
  readonly conclusion: Conclusion;
  readonly facts: TrainingFacts | undefined;
}

/**
 * Writes a verdict into the one comment that the starting step shares, unless a newer workflow run's is there.
 * @throws GithubError
 */
export async function writeSettledComment(
  { pullRequest, sha, author, conclusion, facts, ...subject }: SettledComment,
  session: GithubSession,
): Promise<'ours' | 'another' | 'none'> {
  const comment = { phase: 'open', key: keyOf(subject), pullRequest, sha, mayCreate: true, author } as const;
  const said = {
    phase: 'judged',
    overOwnJudged: true,
    text: (page: Parameters<typeof concludedText>[2]) => concludedText(conclusion, facts, page),
    onKnown: () => {},
  } as const;
  return writeComment(comment, said, session);
}
