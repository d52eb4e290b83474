import { describe, expect, test } from 'vitest';
import { type Github, type GithubFault, startGithub, workflowToken } from '../../simulator/github.ts';
import { GithubError } from '../../src/github/github-error.ts';
import {
  GITHUB_DEADLINE_MS,
  type GithubSession,
  openGithubSession,
} from '../../src/github/github-session.ts';
import { newestStatus, setStatus } from '../../src/github/status/commit-status.ts';
import { findOnPullRequests } from '../../src/github/status/find-statuses.ts';
import { readWorkflowRun } from '../../src/github/workflow-run.ts';
import { VirtualClock } from '../flow/clock.ts';
import { AUTHORITY, PRIVATE_KEY, SELF_SIGNED, SIGNED } from '../roboflow/http/certificates.ts';
import { answer, rawServer } from '../roboflow/http/raw-server.ts';
import { RecordedLog } from './scene.ts';

const SHA = 'a'.repeat(40);
const PLACE = { owner: 'acme', repo: 'site-safety', sha: SHA, context: 'model-quality' };
const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
const MINUTE_MS = 60_000;

/** What one process asks of GitHub, and when. */
interface Asking extends AsyncDisposable {
  readonly clock: VirtualClock;
  readonly github: Github;
  /** When each request came, in ms from the beginning. */
  readonly atMs: readonly number[];
  open(patienceMs?: number): Promise<GithubSession>;
}

/** @param faultAt what goes wrong with one request, which comes `count`th, at a moment in epoch ms */
async function openAsking(
  faultAt: (count: number, nowMs: number) => GithubFault | undefined,
  changes: Readonly<Record<string, string>> = {},
): Promise<Asking> {
  const clock = new VirtualClock();
  const beganMs = clock.now();
  const atMs: number[] = [];
  const github = await startGithub({
    pullRequests: [{ number: 12, state: 'open', commits: [SHA] }],
    now: clock.now,
    onRequest: () => void atMs.push(clock.now() - beganMs),
    faultAt: (_, count) => faultAt(count, clock.now()),
    onHang: () => clock.pass(GITHUB_DEADLINE_MS),
  });
  const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: 'acme/site-safety', ...changes };
  const run = readWorkflowRun(env, beganMs);
  const pace = { nextWriteMs: 0 };
  const step = { log: new RecordedLog() };
  const { signal } = new AbortController();
  const environment = { run, clock, step, pace, requestDeadlineMs: GITHUB_DEADLINE_MS, signal };
  return {
    clock,
    github,
    atMs,
    open: (patienceMs = 2 * MINUTE_MS) => openGithubSession(workflowToken, environment, patienceMs),
    [Symbol.asyncDispose]: () => github.close(),
  };
}

const rest = ({ api }: GithubSession) => newestStatus(PLACE, api);
const graphql = ({ api }: GithubSession) => findOnPullRequests(PLACE, api);
const write = ({ api }: GithubSession) =>
  setStatus(PLACE, { state: 'pending', description: '', targetUrl: 'https://example.com/' }, api.write);

const inS = (nowMs: number, s: number) => String(Math.ceil(nowMs / 1000) + s);

type Headers = Readonly<Record<string, string>>;
const refused = (status: number, message: string, headers: Headers = {}): GithubFault => ({
  kind: 'status',
  status,
  message,
  headers,
});
const graphqlError = (type: string | undefined, message: string, headers: Headers = {}): GithubFault => ({
  kind: 'graphql-error',
  ...(type === undefined ? {} : { type }),
  message,
  headers,
});
/** Until then, in seconds from the moment. */
const until = (nowMs: number, s: number): Headers => ({ 'x-ratelimit-reset': inS(nowMs, s) });
const NONE_LEFT: Headers = { 'x-ratelimit-remaining': '0' };

describe('a limit that GitHub names', () => {
  test.each<readonly [string, typeof rest | typeof graphql, (nowMs: number) => GithubFault, number]>([
    ['REST: a pause', rest, () => refused(403, SECONDARY, { 'retry-after': '40' }), 40],
    ['REST: none left', rest, (ms) => refused(403, '', { ...NONE_LEFT, ...until(ms, 50) }), 50],
    ['REST: the status alone', rest, () => refused(429, ''), 60],
    ['REST: the words alone', rest, () => refused(403, SECONDARY), 60],
    ['GraphQL: its type', graphql, (ms) => graphqlError('RATE_LIMITED', '', until(ms, 50)), 50],
    ['GraphQL: its newer type', graphql, (ms) => graphqlError('RATE_LIMIT', '', until(ms, 50)), 50],
    [
      'GraphQL: untyped, a pause',
      graphql,
      () => graphqlError(undefined, SECONDARY, { 'retry-after': '40' }),
      40,
    ],
    ['GraphQL: untyped, the words alone', graphql, () => graphqlError(undefined, SECONDARY), 60],
  ])('%s is waited out, and no longer', async (_, ask, fault, seconds) => {
    await using asking = await openAsking((count, nowMs) => (count === 1 ? fault(nowMs) : undefined));
    await ask(await asking.open());
    expect(asking.atMs).toEqual([0, seconds * 1000]);
  });

  test.each([
    ['a read of REST', rest, 1],
    ['a read of GraphQL', graphql, 1],
    ['a write', write, 1],
  ] as const)('holds for %s of the same process, begun by another', async (_, ask, requests) => {
    const limit = { kind: 'secondary-rate-limit', retryAfterS: 90 } as const;
    await using asking = await openAsking((count) => (count === 1 ? limit : undefined));
    await expect(write(await asking.open())).rejects.toThrow('secondary rate limit');
    // One that has no time for it sends nothing, and says why.
    const impatient = await asking.open(30_000);
    await expect(ask(impatient)).rejects.toThrow('secondary rate limit');
    await expect(ask(impatient)).rejects.toThrow('secondary rate limit');
    await ask(await asking.open());
    expect(asking.atMs).toEqual([0, ...Array(requests).fill(90_000)]);
  });

  const NAMED = "Could not resolve to a Repository with the name 'acme/abuse'.";
  test.each<readonly [string, typeof rest | typeof graphql, GithubFault]>([
    ['403 of REST', rest, refused(403, 'Resource not accessible by integration')],
    ['404 of REST', rest, refused(404, 'Not Found')],
    ['422 of REST', rest, refused(422, 'Validation Failed')],
    ['FORBIDDEN of GraphQL', graphql, graphqlError('FORBIDDEN', 'Resource not accessible')],
    ['NOT_FOUND of GraphQL', graphql, graphqlError('NOT_FOUND', NAMED)],
    ['an untyped error of GraphQL', graphql, graphqlError(undefined, NAMED)],
  ])('is none: %s, which tells what is left as every answer does', async (_, ask, fault) => {
    await using asking = await openAsking(() => fault);
    await expect(ask(await asking.open())).rejects.toMatchObject({ failure: { kind: 'refused' } });
    expect(asking.atMs).toEqual([0]);
  });
});

test('between two writes of a process lies a second, whoever makes them', async () => {
  await using asking = await openAsking(() => undefined);
  const [a, b] = [await asking.open(), await asking.open()];
  for (const session of [a, b, a, b]) await write(session);
  expect(asking.atMs).toEqual([0, 1_000, 2_000, 3_000]);
});

describe('patience', () => {
  test.each<readonly [string, GithubFault]>([
    ['refusals', { kind: 'status', status: 502, message: '' }],
    ['silence', { kind: 'hang' }],
    ['resets', { kind: 'reset' }],
  ])('ends after what %s have cost, and then nothing is sent', async (_, fault) => {
    await using asking = await openAsking(() => fault);
    const session = await asking.open();
    await expect(rest(session)).rejects.toThrow(GithubError);
    const spentMs = asking.clock.now();
    const requests = asking.atMs.length;
    expect(asking.atMs.at(-1)).toBeGreaterThan(MINUTE_MS);
    expect(asking.atMs.at(-1)).toBeLessThan(2 * MINUTE_MS);
    for (const ask of [rest, graphql, write]) await expect(ask(session)).rejects.toThrow(GithubError);
    expect(asking.clock.now()).toBe(spentMs);
    expect(asking.atMs).toHaveLength(requests);
  });

  test('is not used up by work that goes well', async () => {
    await using asking = await openAsking(() => undefined);
    const session = await asking.open(20_000);
    for (let nth = 0; nth < 40; nth += 1) await write(session);
    expect(asking.atMs.at(-1)).toBe(39_000);
  });
});

describe('what GitHub says is wrong', () => {
  test.each<readonly [string, readonly unknown[], string]>([
    [
      'a message',
      [{ code: 'custom', message: 'context is too long' }],
      'Validation Failed: context is too long',
    ],
    ['several', [{ message: 'a' }, { message: 'b' }], 'Validation Failed: a; b'],
    ['a text', ['No commit found'], 'Validation Failed: No commit found'],
    ['a field and a code', [{ field: 'state', code: 'invalid' }], 'Validation Failed: state invalid'],
    ['nothing that can be read', [{ code: 7 }, null], 'Validation Failed'],
  ])('is told with %s', async (_, errors, said) => {
    await using asking = await openAsking(() => ({
      kind: 'status',
      status: 422,
      message: 'Validation Failed',
      errors,
    }));
    await expect(write(await asking.open())).rejects.toMatchObject({
      message: `GitHub answered 422 "${said}"`,
      failure: { kind: 'refused', status: 422, said },
    });
  });
});

describe('what lies between here and GitHub', () => {
  test.each([401, 403, 404, 451])('is told from GitHub where it answers %d with a page', async (status) => {
    const page = { kind: 'html', status } as const;
    await using asking = await openAsking((count) => (count === 1 ? page : undefined));
    await rest(await asking.open());
    expect(asking.atMs).toHaveLength(2);
    await using deaf = await openAsking(() => page);
    await expect(rest(await deaf.open())).rejects.toMatchObject({
      message: `Something between here and GitHub answered ${status}, such as a firewall or a proxy`,
      failure: { kind: 'unreadable' },
    });
  });

  test.each([
    ['signed by itself', SELF_SIGNED],
    ['of a private authority', SIGNED],
    ['with that authority', `${SIGNED}${AUTHORITY}`],
  ])('may have a certificate that nobody here knows: %s', async (_, cert) => {
    await using server = await rawServer(answer('{}'), { key: PRIVATE_KEY, cert });
    await using asking = await openAsking(() => undefined, {
      GITHUB_API_URL: `https://localhost:${server.port}`,
    });
    await expect(rest(await asking.open())).rejects.toThrow(/not trusted: set NODE_EXTRA_CA_CERTS/);
  });

  test('may be no certificate at all', async () => {
    await using server = await rawServer('HTTP/1.1 400 Bad Request\r\n\r\n');
    await using asking = await openAsking(() => undefined, {
      GITHUB_API_URL: `https://localhost:${server.port}`,
    });
    await expect(rest(await asking.open())).rejects.toThrow(/^GitHub gave no whole answer/);
  });
});
