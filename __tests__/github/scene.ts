import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Github, type GithubOptions, startGithub, workflowToken } from '../../simulator/github.ts';
import {
  type CommentContext,
  type CommentInputs,
  markUnderWay,
  upsertComment,
} from '../../src/github/comment.ts';

import type { Log } from '../../src/lib/log.ts';
import type { Conclusion, TrainingFacts } from '../../src/report/conclusion.ts';
import { facts, judged } from '../report/cases.ts';

/** The commit that pull request 12 stands at. */
export const headSha = '6dcb09b5b57875f334f61aebed695e2e4193db5e';

/** A log that remembers. */
export class RecordedLog implements Log {
  readonly infos: string[] = [];
  readonly warnings: string[] = [];
  readonly failures: string[] = [];
  readonly details: string[] = [];
  info(text: string): void {
    this.infos.push(text);
  }
  debug(text: string): void {
    this.details.push(text);
  }
  warning(text: string): void {
    this.warnings.push(text);
  }
  failure(text: string): void {
    this.failures.push(text);
  }
}

/** What differs from a passed run on pull request 12. */
export interface Writing {
  readonly conclusion?: Conclusion;
  readonly run?: TrainingFacts | undefined;
  /** The inputs of these names. */
  readonly project?: string;
  readonly modelType?: string;
  readonly token?: string;
  /** How long GitHub is waited for. */
  readonly deadlineMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What the file of the event says. */
  readonly event?: unknown;
}

/** A workflow on pull request 12 of a repository on a stand-in for GitHub. */
export class Scene implements AsyncDisposable {
  readonly github: Github;
  readonly #folder: string;

  private constructor(github: Github, folder: string) {
    this.github = github;
    this.#folder = folder;
  }

  static async start(options: GithubOptions = {}): Promise<Scene> {
    const pullRequests = [{ number: 12, state: 'open' as const, commits: [headSha] }];
    const github = await startGithub({ pullRequests, ...options });
    return new Scene(github, await mkdtemp(path.join(tmpdir(), 'event-')));
  }

  /** The environment of a step of this workflow. */
  async environment({ event = pullRequestEvent, env = {} }: Writing = {}): Promise<Record<string, string>> {
    const file = path.join(this.#folder, 'event.json');
    await writeFile(file, typeof event === 'string' ? event : JSON.stringify(event));
    return {
      GITHUB_API_URL: this.github.url,
      GITHUB_REPOSITORY: 'acme/site-safety',
      GITHUB_EVENT_PATH: file,
      GITHUB_WORKFLOW: 'train',
      GITHUB_JOB: 'gate',
      GITHUB_SHA: headSha,
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '1',
      ...env,
    };
  }

  /** Writes the comment, and gives what the log says. */
  async write(writing: Writing = {}): Promise<RecordedLog> {
    const { conclusion = judged({ thresholds: 'map50 >= 80' }) } = writing;
    const run = 'run' in writing ? writing.run : facts;
    return this.#with(writing, (inputs, context) => upsertComment(conclusion, run, inputs, context));
  }

  /** Says in the comment that a new run is under way, and gives what the log says. */
  announce(writing: Writing = {}): Promise<RecordedLog> {
    return this.#with(writing, markUnderWay);
  }

  async #with(
    writing: Writing,
    act: (inputs: CommentInputs, context: CommentContext) => Promise<void>,
  ): Promise<RecordedLog> {
    const { project = 'hard-hats', modelType = 'rfdetr-nano', token = workflowToken } = writing;
    const log = new RecordedLog();
    const signal = AbortSignal.timeout(writing.deadlineMs ?? 20_000);
    await act(
      { project, modelType, token: token === '' ? undefined : token },
      { env: await this.environment(writing), log, signal },
    );
    return log;
  }

  /** Method and path of each request. */
  asked(): readonly string[] {
    return this.github.requests.map(({ method, path: asked }) => `${method} ${asked}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await this.github.close();
  }
}

export const pullRequestEvent = {
  action: 'synchronize',
  number: 12,
  pull_request: { number: 12, head: { sha: headSha } },
};
export const pushEvent = { ref: 'refs/heads/wider-lens', after: headSha };
