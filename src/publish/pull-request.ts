import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

/** Where on GitHub this workflow runs. */
export interface Place {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  readonly workflow: string;
  readonly job: string;
  /** The pull request that the event is about; undefined e.g. on `push`. */
  readonly pullRequest: number | undefined;
  /** The commit that people see: the head of the pull request, not the merge commit of `GITHUB_SHA`. */
  readonly sha: string;
}

const Event = v.looseObject({
  number: v.optional(v.number()),
  pull_request: v.optional(
    v.looseObject({ number: v.number(), head: v.optional(v.looseObject({ sha: v.string() })) }),
  ),
});

/**
 * Reads from the runner's environment which repository, workflow and pull request this is (platform reference,
 * section 1). Undefined outside of a workflow.
 */
export async function readPlace(env: NodeJS.ProcessEnv): Promise<Place | undefined> {
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').split('/');
  if (!owner || !repo) return undefined;
  const event = await readEvent(env.GITHUB_EVENT_PATH);
  return {
    owner,
    repo,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    workflow: env.GITHUB_WORKFLOW ?? '',
    job: env.GITHUB_JOB ?? '',
    pullRequest: event?.pull_request?.number,
    sha: event?.pull_request?.head?.sha ?? env.GITHUB_SHA ?? '',
  };
}

async function readEvent(file: string | undefined): Promise<v.InferOutput<typeof Event> | undefined> {
  if (!file) return undefined;
  const parsed = v.safeParse(Event, JSON.parse(await readFile(file, 'utf8')));
  return parsed.success ? parsed.output : undefined;
}
