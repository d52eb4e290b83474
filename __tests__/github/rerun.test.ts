import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { rerunSince } from '../../src/github/rerun.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'rerun-test-'));
const file = path.join(folder, 'event.json');

afterAll(() => rm(folder, { recursive: true }));

/** What a second attempt takes from this event. */
async function sinceOf(event: unknown, attempt = '2'): Promise<number | undefined> {
  await writeFile(file, typeof event === 'string' ? event : JSON.stringify(event));
  return rerunSince({ GITHUB_RUN_ATTEMPT: attempt, GITHUB_EVENT_PATH: file });
}

const repository = { created_at: '2020-01-01T00:00:00Z', updated_at: '2027-01-03T20:00:00Z' };

describe('since when an earlier attempt may have started a training', () => {
  test.each<{ name: string; event: unknown; expected: number | undefined }>([
    {
      name: 'a push tells by its commit',
      event: {
        head_commit: { timestamp: '2027-01-04T10:00:00+02:00' },
        repository: { ...repository, pushed_at: 1_798_000_000 },
      },
      expected: Date.UTC(2027, 0, 4, 8),
    },
    {
      name: 'a push of an old commit tells by the seconds at which it was pushed',
      event: {
        head_commit: { timestamp: '2020-05-05T00:00:00Z' },
        repository: { pushed_at: 1_799_049_600 },
      },
      expected: 1_799_049_600_000,
    },
    {
      name: 'a pull request tells by its last change',
      event: {
        action: 'synchronize',
        pull_request: {
          created_at: '2027-01-02T08:00:00Z',
          updated_at: '2027-01-04T08:30:00Z',
          closed_at: null,
          head: { repo: repository },
        },
      },
      expected: Date.UTC(2027, 0, 4, 8, 30),
    },
    {
      name: 'a schedule tells by the newest date of the repository',
      event: { schedule: '0 4 * * 1', repository: { ...repository, pushed_at: '2027-01-04T03:00:00Z' } },
      expected: Date.UTC(2027, 0, 4, 3),
    },
    {
      name: 'a run by hand without inputs tells by the newest date of the repository',
      event: { inputs: null, repository },
      expected: Date.UTC(2027, 0, 3, 20),
    },
    {
      name: 'a run by hand with no input filled in does too',
      event: { inputs: {}, repository },
      expected: Date.UTC(2027, 0, 3, 20),
    },
    {
      name: 'a run by hand with inputs tells nothing, since another may have had others',
      event: { inputs: { version: '7' }, repository },
      expected: undefined,
    },
    {
      name: 'a dispatch with a payload tells nothing either',
      event: { action: 'train', client_payload: { version: 7 }, repository },
      expected: undefined,
    },
    { name: 'an event without dates tells nothing', event: { action: 'x', id: 5 }, expected: undefined },
    {
      name: 'a date that is none tells nothing',
      event: { at: '2027-99-99T99:99:99Z', note: 'on 2027-01-04' },
      expected: undefined,
    },
    { name: 'a number that is no moment tells nothing', event: { id: 1_799_049_600 }, expected: undefined },
    { name: 'an event that is no JSON tells nothing', event: '{', expected: undefined },
    { name: 'an event that is null tells nothing', event: 'null', expected: undefined },
  ])('$name', async ({ event, expected }) => {
    expect(await sinceOf(event)).toBe(expected);
  });

  test.each(['1', '', '0', 'x', '-2'])('is nothing in attempt "%s"', async (attempt) => {
    expect(await sinceOf({ repository }, attempt)).toBeUndefined();
  });

  test('is told in every later attempt', async () => {
    expect(await sinceOf({ repository }, '12')).toBe(Date.UTC(2027, 0, 3, 20));
  });

  test('is nothing if there is no file of the event', async () => {
    expect(await rerunSince({ GITHUB_RUN_ATTEMPT: '2' })).toBeUndefined();
    const missing = path.join(folder, 'missing.json');
    expect(await rerunSince({ GITHUB_RUN_ATTEMPT: '2', GITHUB_EVENT_PATH: missing })).toBeUndefined();
  });
});
