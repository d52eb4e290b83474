import * as v from 'valibot';
import { readEvent } from './event.ts';

/** A branch, with the `owner/name` of the repository that it is in. */
export interface Branch {
  readonly repository: string;
  readonly name: string;
}

/** The workflow run that this step belongs to, and what it runs for. */
export interface WorkflowRun {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  /** GitHub counts up over all workflows of a repository; 0 outside of GitHub. */
  readonly id: number;
  /** The run's number in its workflow, as people see it. */
  readonly number: number;
  readonly attempt: number;
  /** The event's name, such as `push`. */
  readonly event: string;
  /** The pull request that the event is about; undefined e.g. on `push`. */
  readonly pullRequest: number | undefined;
  /** The commit that people see: the head of the pull request, not the merge commit; undefined if the event names none. */
  readonly sha: string | undefined;
  /** The commit that a status belongs on: the head of the event's pull request, else `GITHUB_SHA`. */
  readonly statusSha: string | undefined;
  /** The branch that `sha` was pushed to; undefined e.g. for a tag. */
  readonly branch: Branch | undefined;
  /** Whether GitHub gives this run a token that may only read, whatever the workflow asks for. */
  readonly hasReadOnlyToken: boolean;
  /** The page of this attempt. */
  readonly url: string | undefined;
}

/**
 * Reads from the runner's environment which workflow run this is, and for which pull request or branch it runs (
 * docs/github.md#where-a-step-runs). Undefined outside of a workflow.
 * @throws Error if the event cannot be read
 */
export async function readWorkflowRun(env: NodeJS.ProcessEnv): Promise<WorkflowRun | undefined> {
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').split('/');
  if (!owner || !repo) return undefined;
  const parsed = v.safeParse(Event, await readEvent(env));
  const event = parsed.success ? parsed.output : {};
  return {
    owner,
    repo,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    id: count(env.GITHUB_RUN_ID),
    number: count(env.GITHUB_RUN_NUMBER),
    attempt: count(env.GITHUB_RUN_ATTEMPT),
    event: env.GITHUB_EVENT_NAME ?? '',
    ...subjectOf(event, env),
    statusSha: event.pull_request?.head.sha ?? (env.GITHUB_SHA || undefined),
    hasReadOnlyToken: hasReadOnlyToken(event, env),
    url: urlOf(env),
  };
}

/** A part of an event that has another form than expected is as good as none. */
function part<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

const Repository = part(v.nullable(v.object({ full_name: v.string() })));

const Event = v.object({
  pull_request: part(v.object({ number: v.number(), head: v.object({ sha: v.string(), repo: Repository }) })),
  /** An issue is a pull request if it has a `pull_request`. */
  issue: part(v.object({ number: v.number(), pull_request: v.object({}) })),
  workflow_run: part(
    v.object({
      head_sha: v.string(),
      head_branch: part(v.nullable(v.string())),
      head_repository: Repository,
      pull_requests: part(v.array(v.object({ number: v.number(), head: v.object({ ref: v.string() }) }))),
    }),
  ),
});
type Event = v.InferOutput<typeof Event>;

/** On `issue_comment` the runner's commit is the tip of the default branch, which says nothing of the pull request. */
function subjectOf(
  { pull_request, issue, workflow_run }: Partial<Event>,
  env: NodeJS.ProcessEnv,
): Pick<WorkflowRun, 'pullRequest' | 'sha' | 'branch'> {
  if (pull_request)
    return { pullRequest: pull_request.number, sha: pull_request.head.sha, branch: undefined };
  if (issue) return { pullRequest: issue.number, sha: undefined, branch: undefined };
  if (workflow_run) return subjectOfWorkflowRun(workflow_run, env);
  return { pullRequest: undefined, sha: env.GITHUB_SHA || undefined, branch: branchOf(env) };
}

/** The event lists every pull request that its commit is in; only one from its own branch is about it. */
function subjectOfWorkflowRun(
  { head_sha, head_branch, head_repository, pull_requests = [] }: NonNullable<Event['workflow_run']>,
  env: NodeJS.ProcessEnv,
): Pick<WorkflowRun, 'pullRequest' | 'sha' | 'branch'> {
  const repository = head_repository?.full_name ?? env.GITHUB_REPOSITORY ?? '';
  return {
    pullRequest: pull_requests.find(({ head }) => head.ref === head_branch)?.number,
    sha: head_sha,
    branch: head_branch ? { repository, name: head_branch } : undefined,
  };
}

const HEADS = 'refs/heads/';

function branchOf({ GITHUB_REF: ref = '', GITHUB_REPOSITORY = '' }: NodeJS.ProcessEnv): Branch | undefined {
  return ref.startsWith(HEADS) ? { repository: GITHUB_REPOSITORY, name: ref.slice(HEADS.length) } : undefined;
}

/** Events whose workflow is that of the pull request, so GitHub withholds the right to write from those of forks. */
export const UNTRUSTED_EVENTS: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);

/** Pull requests from forks and by Dependabot (docs/github.md#forks). A deleted fork has no repository. */
function hasReadOnlyToken({ pull_request }: Partial<Event>, env: NodeJS.ProcessEnv): boolean {
  if (!UNTRUSTED_EVENTS.has(env.GITHUB_EVENT_NAME ?? '')) return false;
  const from = pull_request?.head.repo;
  const isFork = from === null || (from !== undefined && !isSame(from.full_name, env.GITHUB_REPOSITORY));
  return isFork || env.GITHUB_ACTOR === 'dependabot[bot]';
}

/** GitHub's names of repositories compare without case. */
export function isSame(repository: string, other: string | undefined): boolean {
  return repository.toLowerCase() === other?.toLowerCase();
}

function count(text: string | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
}

function urlOf(env: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env;
  if (!id) return undefined;
  const server = env.GITHUB_SERVER_URL || 'https://github.com';
  return `${server}/${repository}/actions/runs/${id}/attempts/${attempt || 1}`;
}
