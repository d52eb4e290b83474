import * as v from 'valibot';
import { readEvent } from './event.ts';

/** Where on GitHub this workflow runs, and what for. */
export interface WorkflowRun {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  readonly workflow: string;
  readonly job: string;
  /** The pull request that the event is about; undefined e.g. on `push`. */
  readonly pullRequest: number | undefined;
  /** The commit that people see: the head of the pull request, not the merge commit; undefined where the event names none. */
  readonly sha: string | undefined;
  /** The page of this attempt of the workflow run. */
  readonly runUrl: string | undefined;
}

/**
 * Reads from the runner's environment which repository, workflow and pull request this is (
 * docs/github.md#where-a-step-runs). Undefined outside of a workflow.
 * @throws Error where the event cannot be read
 */
export async function readWorkflowRun(env: NodeJS.ProcessEnv): Promise<WorkflowRun | undefined> {
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').split('/');
  if (!owner || !repo) return undefined;
  return {
    owner,
    repo,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    workflow: env.GITHUB_WORKFLOW ?? '',
    job: env.GITHUB_JOB ?? '',
    ...subjectOf(await readEvent(env), env.GITHUB_SHA),
    runUrl: runUrlOf(env),
  };
}

/** A part of an event that has another form than expected is as good as none. */
function part<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

const Event = v.object({
  pull_request: part(v.object({ number: v.number(), head: v.object({ sha: v.string() }) })),
  /** An issue is a pull request where it has a `pull_request`. */
  issue: part(v.object({ number: v.number(), pull_request: v.object({}) })),
  workflow_run: part(
    v.object({ head_sha: v.string(), pull_requests: v.array(v.object({ number: v.number() })) }),
  ),
});

/** On `issue_comment` the runner's commit is the tip of the default branch, which says nothing of the pull request. */
function subjectOf(event: unknown, sha: string | undefined): Pick<WorkflowRun, 'pullRequest' | 'sha'> {
  const parsed = v.safeParse(Event, event);
  const { pull_request, issue, workflow_run } = parsed.success ? parsed.output : {};
  if (pull_request) return { pullRequest: pull_request.number, sha: pull_request.head.sha };
  if (issue) return { pullRequest: issue.number, sha: undefined };
  if (workflow_run) return { pullRequest: workflow_run.pull_requests[0]?.number, sha: workflow_run.head_sha };
  return { pullRequest: undefined, sha: sha || undefined };
}

function runUrlOf(env: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env;
  if (!id) return undefined;
  const server = env.GITHUB_SERVER_URL || 'https://github.com';
  return `${server}/${repository}/actions/runs/${id}/attempts/${attempt || 1}`;
}
