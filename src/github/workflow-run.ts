import { readFileSync } from 'node:fs';
import { reasonOf } from '../lib/errors.ts';
import { type EventFacts, eventFacts } from './event.ts';

/** The workflow run that this step belongs to, and what its event tells. */
export interface WorkflowRun extends EventFacts {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  /** GitHub counts up over all workflows of a repository; 0 outside of GitHub. */
  readonly id: number;
  readonly attempt: number;
  readonly event: string;
  readonly url: string | undefined;
}

/** Which workflow run this is, and what it is for, from the runner's environment (docs/internals/github.md#where-a-step-runs). */
export function readWorkflowRun(env: NodeJS.ProcessEnv, nowMs: number): WorkflowRun {
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  return {
    owner,
    repo,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    id: count(env.GITHUB_RUN_ID),
    attempt: count(env.GITHUB_RUN_ATTEMPT),
    event: env.GITHUB_EVENT_NAME ?? '',
    url: urlOf(env),
    ...readEvent(env, nowMs),
  };
}

function readEvent(env: NodeJS.ProcessEnv, nowMs: number): EventFacts {
  const { GITHUB_EVENT_PATH: file } = env;
  try {
    return eventFacts(file ? JSON.parse(readFileSync(file, 'utf8')) : undefined, env, nowMs);
  } catch (error) {
    return { ...eventFacts(undefined, env, nowMs), subject: { kind: 'unreadable', why: reasonOf(error) } };
  }
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
