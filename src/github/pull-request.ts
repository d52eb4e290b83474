import * as v from 'valibot';
import { isSameName, type Subject } from './event.ts';
import { GithubError, isForbidden } from './github-error.ts';
import type { GithubApi } from './github-session.ts';
import type { WorkflowRun } from './workflow-run.ts';

type Place = Pick<WorkflowRun, 'owner' | 'repo' | 'subject'>;

/** The pull request that a workflow run is for. */
export const PullRequest = v.object({
  number: v.number(),
  /** The commit of it that the workflow run is about; undefined if it is not told. */
  sha: v.optional(v.string()),
  /** False for a push that is no longer its head: then a comment that is there may be set right, but none begins. */
  mayCreate: v.boolean(),
});
export type PullRequest = v.InferOutput<typeof PullRequest>;

/** The commit that people see: the newest of the event's pull request, from forks too; else the event's. Throws GithubError. */
export async function seenCommit(place: Place, api: GithubApi): Promise<string | undefined> {
  const { subject } = place;
  if (subject.kind === 'commit' && !(subject.isOfFork && subject.branch)) return subject.sha;
  return (await pullRequestOf(place, api))?.sha ?? (subject.kind === 'commit' ? subject.sha : undefined);
}

/** The open pull request of the event, its branch, or a fork's commit; never a neighbour that contains it. Throws GithubError. */
export async function pullRequestOf(place: Place, api: GithubApi): Promise<PullRequest | undefined> {
  const { subject } = place;
  if (subject.kind === 'unreadable') return undefined;
  if (subject.kind === 'pull-request') {
    const { number } = subject;
    return { number, sha: subject.sha ?? (await headOf(place, number, api)), mayCreate: true };
  }
  const { branch, isOfFork } = subject;
  if (subject.sha === undefined || !(branch || isOfFork)) return undefined;
  const found = await openPullRequest(subject, place, api);
  // A branch of a fork is here for its pull request alone.
  const sha = isOfFork ? found?.head.sha : subject.sha;
  return found && { number: found.number, sha, mayCreate: found.head.sha === sha };
}

const Listed = v.array(
  v.object({
    number: v.number(),
    head: v.object({
      ref: v.string(),
      sha: v.string(),
      repo: v.nullable(v.object({ full_name: v.string() })),
    }),
  }),
);

async function openPullRequest(
  { branch, sha }: Extract<Subject, { kind: 'commit' }>,
  { owner, repo }: Place,
  api: GithubApi,
): Promise<v.InferOutput<typeof Listed>[number] | undefined> {
  const head = branch && { head: `${branch.repository.split('/')[0]}:${branch.name}` };
  const all = await api.read(
    ({ paginate, rest }) => paginate(rest.pulls.list, { owner, repo, state: 'open', ...head, per_page: 100 }),
    Listed,
  );
  const fitting = all
    .filter(({ head }) =>
      branch
        ? head.ref === branch.name && isSameName(branch.repository, head.repo?.full_name)
        : head.sha === sha,
    )
    .toSorted((a, b) => a.number - b.number);
  return fitting.find(({ head }) => head.sha === sha) ?? fitting[0];
}

const Shown = v.object({ head: v.object({ sha: v.string() }) });

/** The commit that a pull request stands at; undefined if the token may not read it. Throws GithubError. */
export async function headOf(
  { owner, repo }: Pick<Place, 'owner' | 'repo'>,
  pull_number: number,
  api: GithubApi,
): Promise<string | undefined> {
  try {
    const { head } = await api.read(
      async ({ rest }) => (await rest.pulls.get({ owner, repo, pull_number })).data,
      Shown,
    );
    return head.sha;
  } catch (error) {
    if (error instanceof GithubError && isForbidden(error.failure)) return undefined;
    throw error;
  }
}
