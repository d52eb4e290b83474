import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import {
  type Comment,
  type Github,
  type GithubOptions,
  startGithub,
  workflowToken,
} from '../../simulator/github.ts';
import { type CommentWriter, commentWriter, setCommentRight } from '../../src/github/comment/comment.ts';
import { type Marker, markerIn } from '../../src/github/comment/marker.ts';
import { GITHUB_DEADLINE_MS } from '../../src/github/github-session.ts';
import { readWorkflowRun } from '../../src/github/workflow-run.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Log } from '../../src/lib/context.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import type { Conclusion } from '../../src/report/conclusion.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { facts, judged } from '../report/cases.ts';
import { headSha, pullRequestEvent } from './payloads.ts';
import { SharedClock } from './shared-clock.ts';

export { headSha, pullRequestEvent } from './payloads.ts';

export const laterSha = 'f'.repeat(40);

/** A log that remembers. */
export class RecordedLog implements Log {
  readonly infos: string[] = [];
  readonly notices: string[] = [];
  readonly warnings: string[] = [];
  readonly failures: string[] = [];
  readonly details: string[] = [];
  info(text: string): void {
    this.infos.push(text);
  }
  debug(text: string): void {
    this.details.push(text);
  }
  notice(text: string): void {
    this.notices.push(text);
  }
  warning(text: string): void {
    this.warnings.push(text);
  }
  failure(text: string): void {
    this.failures.push(text);
  }
}

/** What differs from the first attempt of workflow run 42, on pull request 12, that passed. */
export interface Writing {
  readonly conclusion?: Conclusion;
  readonly run?: TrainingFacts | undefined;
  readonly project?: string;
  readonly modelType?: string;
  readonly statusContext?: string;
  readonly token?: string;
  /** Of the workflow run. */
  readonly id?: number;
  readonly attempt?: number;
  /** The head of the pull request when the workflow run began. */
  readonly sha?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the file of the event says. */
  readonly event?: unknown;
}

/** One step: its main process, and its post process with what main saved. */
export interface Step {
  readonly writer: CommentWriter;
  readonly log: RecordedLog;
  readonly state: Map<string, string>;
  /** Says that the training goes on, and waits until that is written. */
  announce(): Promise<RecordedLog>;
  /** Writes how the step ended. */
  conclude(conclusion?: Conclusion): Promise<RecordedLog>;
  /** The runner's signal to the main process. */
  interrupt(): void;
  /** Runs the post process on what main has saved by now, or by the time it was killed. */
  post(became?: string, saved?: ReadonlyMap<string, string>): Promise<RecordedLog>;
}

/** A repository on a stand-in for GitHub, and steps of its workflows. */
export class Scene implements AsyncDisposable {
  readonly github: Github;
  readonly clock: SharedClock;
  readonly #folder: string;
  #files = 0;

  private constructor(github: Github, clock: SharedClock, folder: string) {
    this.github = github;
    this.clock = clock;
    this.#folder = folder;
  }

  static async start(options: GithubOptions = {}, clock = new SharedClock()): Promise<Scene> {
    const pullRequests = [{ number: 12, state: 'open' as const, commits: [headSha] }];
    const onHang = () => clock.pass(GITHUB_DEADLINE_MS);
    const github = await startGithub({ pullRequests, onHang, ...options });
    return new Scene(github, clock, await mkdtemp(path.join(tmpdir(), 'event-')));
  }

  /** The environment of a step. */
  async environment(writing: Writing = {}): Promise<Record<string, string>> {
    const { sha = headSha, id = 42, attempt = 1, env = {} } = writing;
    const { event = pullRequestEvent(sha) } = writing;
    this.#files += 1;
    const file = path.join(this.#folder, `event-${this.#files}.json`);
    await writeFile(file, typeof event === 'string' ? event : JSON.stringify(event));
    return {
      GITHUB_API_URL: this.github.url,
      GITHUB_REPOSITORY: 'acme/site-safety',
      GITHUB_EVENT_NAME: writing.event === undefined ? 'pull_request' : 'push',
      GITHUB_EVENT_PATH: file,
      GITHUB_REF: writing.event === undefined ? 'refs/pull/12/merge' : 'refs/heads/wider-lens',
      GITHUB_SHA: sha,
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_RUN_ID: String(id),
      GITHUB_RUN_ATTEMPT: String(attempt),
      ...env,
    };
  }

  /** A step of its own. */
  async step(writing: Writing = {}): Promise<Step> {
    const { project = 'hard-hats', modelType = 'rfdetr-nano', token = workflowToken } = writing;
    const inputs = { project, modelType, statusContext: writing.statusContext, token };
    const log = new RecordedLog();
    const state = new Map<string, string>();
    const interruption = new AbortController();
    const shared = {
      run: readWorkflowRun(await this.environment(writing), this.clock.now()),
      clock: this.clock satisfies Clock,
      pace: { nextWriteMs: 0 },
      requestDeadlineMs: GITHUB_DEADLINE_MS,
      signal: interruption.signal,
    };
    const runner = {
      log,
      input: (name: string) => (name === 'github-token' ? token : ''),
      saveState: (name: string, value: string) => void state.set(name, value),
    };
    const writer = commentWriter({ ...shared, step: runner });
    const training = 'run' in writing ? writing.run : facts;
    return {
      writer,
      log,
      state,
      announce: async () => {
        await this.clock.during(() => writer.underWay(inputs));
        return log;
      },
      conclude: async (conclusion = writing.conclusion ?? judged({ thresholds: 'map50 >= 80' })) => {
        await this.clock.during(() => writer.conclude(conclusion, training, inputs));
        return log;
      },
      interrupt: () => interruption.abort(new InterruptedError('SIGINT')),
      post: async (became, saved = state) => {
        const post = {
          ...runner,
          log: new RecordedLog(),
          savedState: (name: string) => saved.get(name) ?? '',
        };
        await this.clock.during(() =>
          setCommentRight(became, { ...shared, signal: AbortSignal.any([]), step: post }),
        );
        return post.log;
      },
    };
  }

  /** Writes how a step of its own ended, and gives what its log says. */
  async write(writing: Writing = {}): Promise<RecordedLog> {
    return (await this.step(writing)).conclude();
  }

  /** Says in a step of its own that the training goes on, and gives what its log says. */
  async announce(writing: Writing = {}): Promise<RecordedLog> {
    return (await this.step(writing)).announce();
  }

  /** A person deletes the first comment. */
  async deleteComment(): Promise<void> {
    const url = `${this.github.url}/repos/acme/site-safety/issues/comments/${this.github.comments[0]?.id}`;
    await fetch(url, { method: 'DELETE', headers: { authorization: `token ${workflowToken}` } });
  }

  /** Method and path of each request. */
  asked(): readonly string[] {
    return this.github.requests.map(({ method, path: asked }) => `${method} ${asked}`);
  }

  /** How often each route was asked. */
  routes(): readonly (string | undefined)[] {
    return this.github.requests.map(({ route }) => route);
  }

  /** What each comment is of: what its marker says, and its heading. */
  said(): readonly { readonly marker: Marker | undefined; readonly heading: string | undefined }[] {
    return this.github.comments.map(({ body }) => ({ marker: markerIn(body), heading: body.split('\n')[1] }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await this.github.close();
  }
}

/** The comments that a step of an earlier workflow run leaves on the pull request. */
export async function commentsAfter(
  writing: Writing,
  options: GithubOptions = {},
): Promise<readonly Comment[]> {
  await using scene = await Scene.start(options);
  await scene.write(writing);
  return scene.github.comments;
}

/**
 * Calls `run` for the first request, the second and so on, until it says that so many did not come. Fails unless it was called more
 * than `least` times.
 */
export async function atEachRequest(least: number, run: (nth: number) => Promise<boolean>): Promise<void> {
  let nth = 1;
  while (await run(nth)) nth += 1;
  expect(nth).toBeGreaterThan(least);
}

export const pushEvent = { ref: 'refs/heads/wider-lens', after: headSha };
