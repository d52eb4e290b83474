import type { IncomingHttpHeaders } from 'node:http';

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
  readonly updatedAtMs: number;
}

/** A comment as it is given; it was written now, unless told when. */
export type NewComment = Omit<Comment, 'id' | 'updatedAtMs'> & { readonly updatedAtMs?: number };

export type StatusState = 'pending' | 'success' | 'failure' | 'error';

const STATES: readonly unknown[] = ['pending', 'success', 'failure', 'error'];

/** Is this a state that a commit status can have? */
export function isStatusState(value: unknown): value is StatusState {
  return STATES.includes(value);
}

/** A status of a commit. It never changes; a later one of the same context takes its place. */
export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: StatusState;
  readonly description: string | null;
  readonly targetUrl: string | null;
  /** Null if the account was deleted. */
  readonly creator: Account | null;
  readonly createdAtMs: number;
}

/** GitHub's contexts compare without case. */
export function isSameContext({ context }: Pick<CommitStatus, 'context'>, other: string): boolean {
  return context.toLowerCase() === other.toLowerCase();
}

/** The id of a status in GraphQL. */
export function statusNodeId({ id }: Pick<CommitStatus, 'id'>): string {
  return `SC_${id}`;
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
  readonly comments: readonly NewComment[];
  /** Name to its commits, the newest first. */
  readonly branches: Readonly<Record<string, readonly string[]>>;
  readonly defaultBranch: string;
  /** So many entries of a list come at most, however many are asked for. */
  readonly longestPage: number;
  /** How many lists a new comment is missing in. */
  readonly listsBehind: number;
  /** Token to whom it writes as; any other token is refused with 401. */
  readonly tokens: Readonly<Record<string, Account>>;
}

/** The workflow's own token writes as this. */
export const actionsBot: Account = { login: 'github-actions[bot]', type: 'Bot' };

/** The last id before those that are given here. */
const LAST_ID = 1_000;

/** What the stand-in remembers. */
export class GithubWorld {
  readonly content: GithubContent;
  readonly comments: Comment[] = [];
  readonly pullRequests: FullPullRequest[];
  /** All that were ever set, the oldest first. */
  readonly statuses: CommitStatus[] = [];
  readonly branches: Map<string, readonly string[]>;
  readonly #now: () => number;
  readonly #missingIn = new Map<number, number>();
  #lastId = LAST_ID;

  /** @param now epoch ms */
  constructor(content: GithubContent, now: () => number) {
    this.content = content;
    this.#now = now;
    this.branches = new Map(Object.entries(content.branches));
    const usual = { branch: 'wider-lens', repository: content.repository, isLocked: false };
    this.pullRequests = content.pullRequests.map((each) => ({ ...usual, ...each }));
    for (const comment of content.comments) this.add(comment);
  }

  /** Whose token a request has; undefined if it is not valid. */
  accountOf({ authorization = '' }: IncomingHttpHeaders): Account | undefined {
    const token = /^(?:token|bearer)\s+(.+)$/i.exec(authorization)?.[1];
    return token === undefined ? undefined : this.content.tokens[token];
  }

  add(comment: NewComment): Comment {
    this.#lastId += 1;
    const added = { id: this.#lastId, updatedAtMs: this.#now(), ...comment };
    this.comments.push(added);
    return added;
  }

  /** Whether a list shows a comment by now. To be asked once for each list. */
  isListed(id: number): boolean {
    const isNew = id > this.content.comments.length + LAST_ID;
    const missingIn = this.#missingIn.get(id) ?? (isNew ? this.content.listsBehind : 0);
    this.#missingIn.set(id, missingIn - 1);
    return missingIn <= 0;
  }

  /** Changes a comment's text; undefined if there is no such comment. */
  update(id: number, body: string): Comment | undefined {
    const index = this.comments.findIndex((comment) => comment.id === id);
    const found = this.comments[index];
    if (found === undefined) return undefined;
    const updated = { ...found, body, updatedAtMs: this.#now() };
    this.comments[index] = updated;
    return updated;
  }

  /** Sets a status now, unless told when. */
  setStatus(
    status: Omit<CommitStatus, 'id' | 'createdAtMs'> & { readonly createdAtMs?: number },
  ): CommitStatus {
    this.#lastId += 1;
    const set = { createdAtMs: this.#now(), ...status, id: this.#lastId };
    this.statuses.push(set);
    return set;
  }

  /** The newest status of each context. */
  newestStatuses(sha: string): readonly CommitStatus[] {
    const own = this.statuses.filter((status) => status.sha === sha);
    return [...new Map(own.map((status) => [status.context.toLowerCase(), status])).values()];
  }

  /** Is the commit on a branch or in a pull request? */
  hasCommit(sha: string): boolean {
    const lists = [...this.branches.values(), ...this.pullRequests.map(({ commits }) => commits)];
    return lists.some((commits) => commits.includes(sha));
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
