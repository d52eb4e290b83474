import * as v from 'valibot';
import { isRecord } from '../lib/json.ts';

/** What an event is about: where people look for what a workflow run says (docs/internals/github.md#events). */
export type Subject =
  /** A pull request. `sha` is its newest commit; undefined where the event does not tell it. */
  | { readonly kind: 'pull-request'; readonly number: number; readonly sha: string | undefined }
  /** A commit, of a branch if one is told. Without one, it may be the head of a pull request from a fork. */
  | {
      readonly kind: 'commit';
      readonly sha: string | undefined;
      readonly branch: { readonly repository: string; readonly name: string } | undefined;
      readonly isOfFork: boolean;
    }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * What GitHub gives a workflow run (docs/internals/github.md#forks). `full`: secrets, and a token that may do what the workflow asks for.
 * `fork`: no secrets, and a token that only reads. `dependabot`: no secrets, and a token that reads unless `permissions` says more.
 */
export type Rights = 'full' | 'fork' | 'dependabot';

/** What an event tells. */
export interface EventFacts {
  readonly subject: Subject;
  readonly rights: Rights;
  /** In a re-run: since when (epoch ms) an earlier attempt may have started something; undefined if it cannot be told. */
  readonly rerunSinceMs: number | undefined;
}

/** What the event of a workflow run tells at `nowMs`. A part of another form than GitHub describes is as good as none. */
export function eventFacts(given: unknown, env: NodeJS.ProcessEnv, nowMs: number): EventFacts {
  const parsed = v.safeParse(Event, given);
  const event = parsed.success ? parsed.output : {};
  return {
    subject: subjectOf(event, env),
    rights: rightsOf(event, env),
    rerunSinceMs: rerunSince(given, env, nowMs),
  };
}

function part<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

/** Null if the fork was deleted. */
const Repository = part(v.nullable(v.object({ full_name: v.string() })));
const Head = v.object({ ref: v.string(), sha: v.string() });

const Other = part(
  v.object({
    head_sha: v.string(),
    head_branch: part(v.nullable(v.string())),
    head_repository: Repository,
    check_suite: part(v.object({ head_branch: v.nullable(v.string()) })),
    pull_requests: part(v.array(v.object({ number: v.number(), head: Head }))),
  }),
);

const Event = v.object({
  pull_request: part(
    v.object({
      number: v.number(),
      head: v.object({ sha: v.string(), repo: Repository }),
      base: part(v.object({ ref: v.string(), repo: Repository })),
    }),
  ),
  issue: part(v.object({ number: v.number(), pull_request: v.object({}) })),
  workflow_run: Other,
  check_run: Other,
  check_suite: Other,
  /** Of a status. */
  sha: part(v.string()),
});
type Event = Partial<v.InferOutput<typeof Event>>;

/** On many events the runner's commit is the tip of the default branch, which has nothing to do with what they tell of. */
function subjectOf(event: Event, env: NodeJS.ProcessEnv): Subject {
  const { pull_request, issue } = event;
  if (pull_request) return { kind: 'pull-request', number: pull_request.number, sha: pull_request.head.sha };
  if (issue) return { kind: 'pull-request', number: issue.number, sha: undefined };
  const { GITHUB_EVENT_NAME: name = '', GITHUB_REPOSITORY: own = '', GITHUB_SHA, GITHUB_REF = '' } = env;
  if (name === 'workflow_run' || name === 'check_run' || name === 'check_suite') {
    const other = event[name];
    if (other) return subjectOfOther(other, own);
  }
  if (event.sha) return { kind: 'commit', sha: event.sha, branch: undefined, isOfFork: false };
  // These are of no pull request, although they run on a branch.
  const isOfNone = name === 'schedule' || name === 'merge_group';
  const ref = isOfNone ? undefined : /^refs\/heads\/(.+)$/s.exec(GITHUB_REF)?.[1];
  const branch = ref === undefined ? undefined : { repository: own, name: ref };
  return { kind: 'commit', sha: GITHUB_SHA || undefined, branch, isOfFork: false };
}

function subjectOfOther(other: NonNullable<v.InferOutput<typeof Other>>, own: string): Subject {
  const { head_sha: sha, head_repository, pull_requests = [] } = other;
  const name = (other.check_suite ?? other).head_branch;
  const repository = head_repository === null ? undefined : (head_repository?.full_name ?? own);
  const isOfFork = !name || !isSameName(repository, own);
  const named = isOfFork ? undefined : pull_requests.find(({ head }) => head.ref === name);
  if (named) return { kind: 'pull-request', number: named.number, sha: named.head.sha };
  return { kind: 'commit', sha, branch: name && repository ? { repository, name } : undefined, isOfFork };
}

/** Events whose workflow is that of the pull request itself, so GitHub trusts it only as far as its author. */
export const UNTRUSTED_EVENTS: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);
const UNTRUSTED_OF_DEPENDABOT = new Set(['push', 'create', 'deployment', 'deployment_status']);

function rightsOf({ pull_request }: Event, env: NodeJS.ProcessEnv): Rights {
  const { GITHUB_EVENT_NAME: name = '', GITHUB_ACTOR, GITHUB_REPOSITORY } = env;
  const from = pull_request?.head.repo;
  const own = pull_request?.base?.repo?.full_name ?? GITHUB_REPOSITORY;
  const isOfFork = from === null || (from !== undefined && !isSameName(from.full_name, own));
  const isUntrusted = UNTRUSTED_EVENTS.has(name);
  if (isOfFork && isUntrusted) return 'fork';
  if (GITHUB_ACTOR !== 'dependabot[bot]') return 'full';
  const isOnItsOwn = name === 'pull_request_target' && /^dependabot[/_-]/.test(pull_request?.base?.ref ?? '');
  return isUntrusted || isOnItsOwn || UNTRUSTED_OF_DEPENDABOT.has(name) ? 'dependabot' : 'full';
}

/** GitHub's names of repositories and of statuses compare without case. */
export function isSameName(name: string | undefined, other: string | undefined): boolean {
  return name?.toLowerCase() === other?.toLowerCase();
}

/**
 * A re-run has the same event as its first attempt (docs/internals/github.md#signals-and-cancelling), so what GitHub had recorded by then is
 * before all attempts. If a person gave inputs with the event, two workflow runs of one commit can train different things, so the
 * time would prove nothing. A release has the date of its commit.
 */
function rerunSince(event: unknown, env: NodeJS.ProcessEnv, nowMs: number): number | undefined {
  if (!(Number(env.GITHUB_RUN_ATTEMPT) > 1) || !isRecord(event)) return undefined;
  const { inputs, client_payload, release: _, ...told } = event;
  if ([inputs, client_payload].some((each) => isRecord(each) && Object.keys(each).length > 0))
    return undefined;
  const moments = [told, ...Object.values(told)].flatMap(momentsIn).filter((moment) => moment <= nowMs);
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** What GitHub itself records. All else is written by people, or by machines whose clock may be wrong. */
const RECORDED = ['created_at', 'updated_at', 'pushed_at', 'submitted_at'];

/** In epoch ms, NaN for what is none. Push events have seconds. */
function momentsIn(value: unknown): readonly number[] {
  if (!isRecord(value)) return [];
  return RECORDED.map((name) => {
    const told = value[name];
    return typeof told === 'number' ? told * 1000 : Date.parse(String(told));
  });
}
