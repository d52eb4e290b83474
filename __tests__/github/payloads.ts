/** Payloads of events, as far as they tell what Train Gate reads, and what could be taken for it. */

/** The commit that pull request 12 stands at. */
export const headSha = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
/** The tip of the default branch: the runner's `GITHUB_SHA` on most events that are no push. */
export const tipOfMain = 'a'.repeat(40);
export const own = { id: 1, full_name: 'acme/site-safety' };
export const fork = { id: 2, full_name: 'eva/site-safety' };

/** When GitHub recorded the newest of what the payloads tell, but for the push to the repository. */
export const recordedMs = Date.UTC(2027, 0, 4, 8, 30);
const recorded = '2027-01-04T08:30:00Z';
const earlier = '2027-01-02T08:00:00Z';
/** Written by a person, or by a machine whose clock goes ahead. */
const ahead = '2027-01-04T09:15:00Z';
const milestone = { title: '1.0', due_on: ahead, created_at: earlier, updated_at: earlier };

/** The repository as all events have it; the push was at 07:00 that day. */
export const repository = {
  ...own,
  default_branch: 'main',
  created_at: '2020-01-01T00:00:00Z',
  updated_at: earlier,
  pushed_at: '2027-01-04T07:00:00Z',
};

/** Pull request 12. `from` is null for a fork that was deleted. */
export function pullRequest(
  from: { readonly id: number; readonly full_name: string } | null = own,
  sha: string = headSha,
) {
  return {
    number: 12,
    state: 'open',
    user: { login: 'eva', type: 'User' },
    head: { ref: 'wider-lens', sha, repo: from },
    base: { ref: 'main', sha: tipOfMain, repo: own },
    merge_commit_sha: 'f'.repeat(40),
    milestone,
    created_at: earlier,
    updated_at: recorded,
    closed_at: null,
  };
}

/** The event of a commit that came to pull request 12. */
export function pullRequestEvent(sha: string = headSha, from: Parameters<typeof pullRequest>[0] = own) {
  return {
    action: 'synchronize',
    number: 12,
    before: tipOfMain,
    after: sha,
    pull_request: pullRequest(from, sha),
    repository,
  };
}

/** How other events name a pull request; this one is of another branch at the same commit. */
const neighbour = {
  id: 11,
  number: 11,
  head: { ref: 'stacked-on-it', sha: 'b'.repeat(40), repo: { id: 1, name: 'site-safety' } },
};
export const named = {
  id: 12,
  number: 12,
  head: { ref: 'wider-lens', sha: headSha, repo: { id: 1, name: 'site-safety' } },
};

/** What a check belongs to. Of a fork GitHub tells neither branch nor pull request. */
const suite = {
  head_sha: headSha,
  head_branch: 'wider-lens',
  pull_requests: [neighbour, named],
  created_at: recorded,
  updated_at: recorded,
};
const suiteOfFork = { ...suite, head_branch: null, pull_requests: [] };
const checkRun = {
  head_sha: headSha,
  name: 'unit tests',
  started_at: ahead,
  completed_at: ahead,
  pull_requests: [neighbour, named],
  check_suite: suite,
};

/** The end of another workflow run. */
export const workflowRun = {
  id: 41,
  event: 'pull_request',
  head_sha: headSha,
  head_branch: 'wider-lens',
  head_repository: own,
  head_commit: { id: headSha, timestamp: ahead },
  pull_requests: [neighbour, named],
  created_at: recorded,
  updated_at: recorded,
  run_started_at: recorded,
};
const issue = { number: 12, milestone, created_at: earlier, updated_at: recorded };
const comment = { id: 1, body: '/train', created_at: recorded, updated_at: recorded };
const deployment = {
  sha: headSha,
  ref: 'main',
  payload: { created_at: ahead },
  created_at: recorded,
  updated_at: recorded,
};

/** The payload of an event, whose name `GITHUB_EVENT_NAME` has. */
export interface Payload {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

function of(event: string, told: Payload['payload']): Payload {
  return { event, payload: { repository, ...told } };
}

function ofWorkflowRun(changes: Partial<Record<keyof typeof workflowRun, unknown>> = {}): Payload {
  return of('workflow_run', { action: 'completed', workflow_run: { ...workflowRun, ...changes } });
}

const elsewhere = { ...workflowRun, head_sha: 'c'.repeat(40) };
const dependabots = { ref: 'dependabot/npm_and_yarn/vite-7', sha: tipOfMain, repo: own };
const asked = { url: 'https://api.github.example/repos/acme/site-safety/pulls/12' };
const byHand = { ref: 'refs/heads/wider-lens', workflow: '.github/workflows/train.yml' };
const onPush = { ...repository, created_at: 1_577_836_800, pushed_at: recordedMs / 1000 };
const commit = { id: headSha, timestamp: ahead };
const created = { action: 'created', comment };
const completed = { action: 'completed' };
const queue = { head_sha: headSha, head_ref: 'refs/heads/gh-readonly-queue/main/pr-12-aaa' };

/** One payload or more of each event that starts workflows and tells of commits. */
export const payloads = {
  'a pull request': of('pull_request', pullRequestEvent()),
  'a pull request from a fork': of('pull_request', pullRequestEvent(headSha, fork)),
  'a pull request from a deleted fork': of('pull_request', pullRequestEvent(headSha, null)),
  'pull_request_target from a fork': of('pull_request_target', pullRequestEvent(headSha, fork)),
  "pull_request_target on Dependabot's branch": of('pull_request_target', {
    ...pullRequestEvent(),
    pull_request: { ...pullRequest(), base: dependabots },
  }),
  "pull_request_target on a branch that is named like Dependabot's": of('pull_request_target', {
    ...pullRequestEvent(),
    pull_request: { ...pullRequest(), base: { ...dependabots, ref: 'eva/dependabot/vite' } },
  }),
  'a review': of('pull_request_review', {
    action: 'submitted',
    review: { id: 1, state: 'approved', submitted_at: recorded },
    pull_request: { ...pullRequest(fork), updated_at: earlier },
  }),
  'a remark in a review': of('pull_request_review_comment', { ...created, pull_request: pullRequest(fork) }),
  'a remark on a pull request': of('issue_comment', { ...created, issue: { ...issue, pull_request: asked } }),
  'a remark on an issue': of('issue_comment', { ...created, issue }),
  'a workflow run': ofWorkflowRun(),
  'a workflow run of a fork': ofWorkflowRun({ head_repository: fork, pull_requests: [] }),
  'a workflow run of a deleted fork': ofWorkflowRun({ head_repository: null, pull_requests: [] }),
  'a workflow run of a branch of a fork that is named like one here': ofWorkflowRun({
    head_repository: fork,
  }),
  'a workflow run of a branch without a pull request': ofWorkflowRun({ event: 'push', pull_requests: [] }),
  'a check': of('check_run', { ...completed, check_run: checkRun }),
  'a check of a fork': of('check_run', {
    ...completed,
    check_run: { ...checkRun, pull_requests: [], check_suite: suiteOfFork },
  }),
  'a check suite': of('check_suite', { ...completed, check_suite: suite }),
  'a check suite of a fork': of('check_suite', { ...completed, check_suite: suiteOfFork }),
  'a status': of('status', {
    sha: headSha,
    state: 'success',
    context: 'ci',
    created_at: recorded,
    updated_at: recorded,
    commit: { sha: headSha, commit: { committer: { date: ahead } } },
    branches: [{ name: 'wider-lens' }],
  }),
  'a push': of('push', {
    ref: 'refs/heads/wider-lens',
    before: tipOfMain,
    after: headSha,
    head_commit: commit,
    commits: [commit],
    repository: onPush,
  }),
  'a new branch': of('create', { ref: 'wider-lens', ref_type: 'branch' }),
  'a deployment': of('deployment', { action: 'created', deployment, workflow_run: elsewhere }),
  'the status of a deployment': of('deployment_status', {
    action: 'created',
    deployment,
    deployment_status: { state: 'success', created_at: recorded, updated_at: recorded },
    check_run: { head_sha: 'c'.repeat(40), name: 'unit tests', started_at: ahead },
    workflow_run: elsewhere,
  }),
  'a release': of('release', {
    action: 'published',
    release: { tag_name: 'v1', created_at: ahead, published_at: recorded },
  }),
  'the merge queue': of('merge_group', { action: 'checks_requested', merge_group: queue }),
  'a run by hand': of('workflow_dispatch', { inputs: null, ...byHand }),
  'a run by hand with inputs': of('workflow_dispatch', { inputs: { version: '7' }, ...byHand }),
  'a dispatch with a payload': of('repository_dispatch', {
    action: 'sample.collected',
    branch: 'main',
    client_payload: { version: 7, updated_at: recorded },
  }),
  'a schedule': of('schedule', { schedule: '0 4 * * 1' }),
} as const satisfies Readonly<Record<string, Payload>>;

export type PayloadName = keyof typeof payloads;
