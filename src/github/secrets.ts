import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** Events whose workflow runs get no secrets if the pull request comes from another repository. */
const PULL_REQUEST_EVENTS: readonly string[] = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
];

const Repository = v.object({ full_name: v.string() });

const Event = v.object({
  pull_request: v.object({
    /** Null if the fork was deleted. */
    head: v.object({ repo: v.nullish(Repository) }),
    base: v.object({ repo: Repository }),
  }),
});

/**
 * Whether GitHub withholds secrets from this workflow run: it is for a pull request from another repository, or Dependabot
 * started it (docs/github.md#forks). An empty secret anywhere else is a mistake.
 */
export function withholdsSecrets(env: NodeJS.ProcessEnv): boolean {
  if (env.GITHUB_ACTOR === 'dependabot[bot]') return true;
  if (!PULL_REQUEST_EVENTS.includes(env.GITHUB_EVENT_NAME ?? '')) return false;
  const event = v.safeParse(Event, readJson(env.GITHUB_EVENT_PATH));
  if (!event.success) return false;
  const { head, base } = event.output.pull_request;
  return head.repo?.full_name !== base.repo.full_name;
}

/** Undefined if there is no event that can be read: then nothing shows that secrets are withheld. */
function readJson(file: string | undefined): unknown {
  try {
    return file ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
