/** Who writes: a person or a bot. */
export interface Account {
  readonly login: string;
  readonly type: 'User' | 'Bot';
}

/** A comment on a pull request. */
export interface Comment {
  readonly id: number;
  readonly pullRequest: number;
  readonly author: Account;
  readonly body: string;
}

export interface PullRequest {
  readonly number: number;
  readonly state: 'open' | 'closed';
  /** The last one is its head. */
  readonly commits: readonly string[];
  /** Where its head is; `wider-lens` of the same repository unless told. */
  readonly branch?: string;
  /** `owner/name` of the repository that its head is in. */
  readonly repository?: string;
  /** Whether nobody may comment on it. */
  readonly isLocked?: boolean;
}

/** A pull request with all that it has unless told otherwise. */
export type FullPullRequest = Required<PullRequest>;

/** What is there before the first request. */
export interface GithubContent {
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequests: readonly PullRequest[];
  readonly comments: readonly Omit<Comment, 'id'>[];
  /** Token to whom it writes as; any other token is refused with 401. */
  readonly tokens: Readonly<Record<string, Account>>;
}

/** The workflow's own token writes as this. */
export const actionsBot: Account = { login: 'github-actions[bot]', type: 'Bot' };

/** What the stand-in remembers. */
export class GithubWorld {
  readonly content: GithubContent;
  readonly comments: Comment[] = [];
  readonly pullRequests: FullPullRequest[];
  #lastId = 1_000;

  constructor(content: GithubContent) {
    this.content = content;
    const usual = { branch: 'wider-lens', repository: content.repository, isLocked: false };
    this.pullRequests = content.pullRequests.map((each) => ({ ...usual, ...each }));
    for (const comment of content.comments) this.add(comment);
  }

  add(comment: Omit<Comment, 'id'>): Comment {
    this.#lastId += 1;
    const added = { id: this.#lastId, ...comment };
    this.comments.push(added);
    return added;
  }

  /** Changes a comment's text; undefined if there is no such comment. */
  update(id: number, body: string): Comment | undefined {
    const index = this.comments.findIndex((comment) => comment.id === id);
    const found = this.comments[index];
    if (found === undefined) return undefined;
    const updated = { ...found, body };
    this.comments[index] = updated;
    return updated;
  }

  delete(id: number): void {
    this.comments.splice(
      this.comments.findIndex((comment) => comment.id === id),
      1,
    );
  }

  /** A commit that comes to a pull request, and is its head from now on. */
  push(number: number, sha: string): void {
    const index = this.pullRequests.findIndex((each) => each.number === number);
    const found = this.pullRequests[index];
    if (found) this.pullRequests[index] = { ...found, commits: [...found.commits, sha] };
  }
}
