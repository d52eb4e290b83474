import type { Clock } from '../../lib/clock.ts';
import type { GithubApi } from '../github-api.ts';
import { GithubError, isMissing } from '../github-error.ts';
import { headOf } from '../pull-request.ts';
import { isOfHead, markerIn } from './marker.ts';
import type { CommentStep, ShownComment } from './plan.ts';
import {
  type Comment,
  createComment,
  deleteComment,
  type Issue,
  listComments,
  readComment,
  updateComment,
  viewerOf,
} from './requests.ts';

/** Which comments are meant. */
export interface CommentScope {
  readonly issue: Issue;
  /** Of the subject, as the marker has it. */
  readonly key: string;
  /** The account that writes; undefined if it is to be found out. */
  readonly author: string | undefined;
  /** Told of that account as soon as it is known. */
  onAuthor(author: string): void;
}

/** What is shown at a moment. */
export interface Look {
  readonly shown: readonly ShownComment[];
  /** The commit that the pull request stands at; undefined if it is unknown. */
  readonly headSha: string | undefined;
  /** When it began, epoch ms. */
  readonly atMs: number;
}

/** The comments on a pull request that are ours: by their author, and by the marker that they begin with. */
export interface OwnComments {
  look(): Promise<Look>;
  /** Makes one change; false if the comment is gone by now. */
  change(step: Exclude<CommentStep, { kind: 'done' }>, body: string): Promise<boolean>;
}

/** Opens the comments of `scope`. All that it offers throws GithubError. */
export function ownComments(scope: CommentScope, api: GithubApi, clock: Clock): OwnComments {
  const { issue, key } = scope;
  let { author } = scope;
  let isAuthorAsked = author !== undefined;
  let head: { readonly sha: string | undefined } | undefined;
  let createdId: number | undefined;

  const learn = (login: string | undefined): void => {
    if (login === undefined || login === author) return;
    author = login;
    scope.onAuthor(login);
  };

  const listed = async (): Promise<readonly Comment[]> => {
    const all = await listComments(issue, api);
    if (createdId === undefined || all.some(({ id }) => id === createdId)) return all;
    // Right after it was created, a comment may be missing in the list.
    const created = await readComment(issue, createdId, api);
    return created === undefined ? all : [...all, created];
  };

  const ours = ({ id, body, user }: Comment): readonly ShownComment[] => {
    const marker = user?.login === author ? markerIn(body) : undefined;
    return marker?.key === key ? [{ id, marker }] : [];
  };

  return {
    look: async () => {
      if (!isAuthorAsked) learn(await viewerOf(api));
      isAuthorAsked = true;
      const atMs = clock.now();
      const all = await listed();
      const shown = author === undefined ? [] : all.flatMap(ours);
      // Read after the list, so that no comment in it is about a commit that is newer than the head.
      if (head === undefined || shown.some(({ marker }) => !isOfHead(marker, head?.sha)))
        head = { sha: await headOf(issue, issue.issue_number, api) };
      return { shown, headSha: head.sha, atMs };
    },
    change: async (step, body) => {
      if (step.kind !== 'create') return changeOne(step, body, issue, api);
      const created = await createComment(issue, body, api);
      createdId = created.id;
      learn(author ?? created.user?.login);
      return true;
    },
  };
}

async function changeOne(
  { kind, id }: Extract<CommentStep, { kind: 'update' | 'delete' }>,
  body: string,
  issue: Issue,
  api: GithubApi,
): Promise<boolean> {
  try {
    if (kind === 'update') await updateComment(issue, id, body, api);
    else await deleteComment(issue, id, api);
    return true;
  } catch (error) {
    const mayBeGone = error instanceof GithubError && isMissing(error.failure);
    if (!mayBeGone || (await readComment(issue, id, api)) !== undefined) throw error;
    return false;
  }
}
