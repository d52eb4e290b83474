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
}

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
  #lastId = 1_000;

  constructor(content: GithubContent) {
    this.content = content;
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
}
