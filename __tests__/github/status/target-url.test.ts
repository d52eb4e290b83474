import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTargetUrl, type StatusSubject, targetUrlOf } from '../../../src/github/status/target-url.ts';
import { TrainGateError } from '../../../src/lib/errors.ts';

const subject: StatusSubject = {
  app: 'https://app.roboflow.com',
  workspace: 'acme',
  project: 'hard-hats',
  version: 7,
  modelType: 'rfdetr-nano',
  job: { id: 'job_4c2aab22506c', route: 'jobs' },
  startedAtS: 1_799_053_200,
};
const url = targetUrlOf(subject);

/** One of each region, and those of staging. */
const APPS = ['roboflow.com', 'roboflow.eu', 'roboflow.one', 'roboflow-eu.one'].map(
  (domain) => `https://app.${domain}`,
);

describe('the target URL of a status', () => {
  test.each<readonly [string, Partial<StatusSubject>, string]>([
    [
      'a training',
      {},
      'https://app.roboflow.com/acme/hard-hats/7#job=job_4c2aab22506c&type=rfdetr-nano&route=jobs&at=1799053200',
    ],
    [
      'a search, which has a page of its own',
      { modelType: 'rfdetr-nas-parent' },
      'https://app.roboflow.com/acme/hard-hats/nas-runs/7#job=job_4c2aab22506c&type=rfdetr-nas-parent&route=jobs&at=1799053200',
    ],
    [
      'the one training of an older version',
      { job: { id: 'acme/hard-hats/7', route: 'trainings' }, modelType: undefined },
      'https://app.roboflow.com/acme/hard-hats/7#job=acme%2Fhard-hats%2F7&route=trainings&at=1799053200',
    ],
    [
      'a start on a version',
      { job: undefined },
      'https://app.roboflow.com/acme/hard-hats/7#type=rfdetr-nano&at=1799053200',
    ],
    [
      'a start on a version that is to be generated',
      { job: undefined, version: undefined },
      'https://app.roboflow.com/acme/hard-hats#type=rfdetr-nano&at=1799053200',
    ],
  ])('of %s', (_, changes, expected) => {
    const changed = { ...subject, ...changes };
    expect(targetUrlOf(changed)).toBe(expected);
    expect(readTargetUrl(expected)).toEqual(changed);
  });

  const slug = fc.oneof(
    fc.stringMatching(/^[a-z0-9_-][a-z0-9._-]{0,20}$/),
    fc.constantFrom('-jwzpw', '_', '安全帽', 'hüte', '🦺', "it's(a)*", '...', '50%'),
  );
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(
        fc.record({
          app: fc.constantFrom(...APPS),
          workspace: slug,
          project: slug,
          version: fc.option(fc.integer({ min: 1, max: 999_999_999 }), { nil: undefined }),
          modelType: fc.option(fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/), { nil: undefined }),
          job: fc.option(
            fc.record({
              id: fc.oneof(slug, fc.stringMatching(/^\w[\w.:-]{0,40}$/)),
              route: fc.constantFrom('jobs' as const, 'trainings' as const),
            }),
            { nil: undefined },
          ),
          startedAtS: fc.integer({ min: 0, max: 99_999_999_999 }),
        }),
        (any) => {
          expect(readTargetUrl(targetUrlOf(any))).toEqual(any);
        },
      ),
    );
  });

  test.each<readonly [string, Partial<StatusSubject>]>([
    ['too long a type', { modelType: 'x'.repeat(101) }],
    ['a type with markup', { modelType: '<b>' }],
    ['an id that is a path', { job: { id: '../other/jobs/1', route: 'jobs' } }],
    ['an empty id', { job: { id: '', route: 'jobs' } }],
    ['too long an id', { job: { id: 'x'.repeat(129), route: 'jobs' } }],
  ])('is not written of %s, which could not be read back', (_, changes) => {
    expect(() => targetUrlOf({ ...subject, ...changes })).toThrow(TrainGateError);
  });

  test.each([
    [{ id: '../1', route: 'jobs' as const }, 'No commit status can name training ../1 of rfdetr-nano.'],
    [undefined, 'No commit status can name training undefined of <b>.'],
  ])('is refused with what to do instead: %o', (job, message) => {
    const modelType = job === undefined ? '<b>' : 'rfdetr-nano';
    let thrown: unknown;
    try {
      targetUrlOf({ ...subject, job, modelType });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ message, hint: 'Use "wait: job" for this server.' });
  });

  test('is never read out of another text: what is read is written just so', () => {
    const piece = fc.constantFrom(
      '#',
      '&',
      '=',
      '/',
      '..',
      '%2F',
      '%',
      'job=a',
      'at=1',
      'route=jobs',
      'acme',
      ' ',
      '7',
    );
    const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: url.length }), (pieces, cut) => {
        const forged = `${url.slice(0, cut)}${pieces.join('')}`;
        const read = readTargetUrl(forged);
        if (read !== undefined) expect(targetUrlOf(read)).toBe(forged);
      }),
    );
  });
});

describe('none of ours is', () => {
  test.each<readonly [string, string]>([
    ['nothing', ''],
    ['another host', url.replace('app.roboflow.com', 'app.roboflow.com.example.org')],
    ['a region that there is not', url.replace('roboflow.com', 'roboflow.uk')],
    ['an API', url.replace('app.', 'api.')],
    ['no host', url.replace('https://app.roboflow.com', '')],
    ['a host with credentials', url.replace('https://', 'https://acme@')],
    ['plain http', url.replace('https', 'http')],
    ['a path above', url.replace('job_4c2aab22506c', '..%2F..%2Fother%2Fjobs%2F1')],
    ['a dot', url.replace('job_4c2aab22506c', '.')],
    ['a path with slashes', url.replace('job_4c2aab22506c', 'acme%2Fother%2F7')],
    ['the id of another version', url.replace('job_4c2aab22506c', 'acme%2Fhard-hats%2F8')],
    ['an id with a query', url.replace('job_4c2aab22506c', 'job%3Fx%3D1')],
    ['an id with a line break', url.replace('job_4c2aab22506c', 'job%0A1')],
    ['an empty id', url.replace('job_4c2aab22506c', '')],
    ['an id of absurd length', url.replace('job_4c2aab22506c', 'a'.repeat(200))],
    ['half an escape', url.replace('job_4c2aab22506c', '%E0%A4%A')],
    ['an unknown route', url.replace('route=jobs', 'route=elsewhere')],
    ['a job without a route', url.replace('&route=jobs', '')],
    ['a field twice', `${url}&at=1`],
    ['a field too many', `${url}&outcome=passed`],
    ['no start', url.replace(/&at=\d+/, '')],
    ['a start that is no number', url.replace(/at=\d+/, 'at=soon')],
    ['a start with a leading zero', url.replace(/at=/, 'at=0')],
    ['a type with markup', url.replace('rfdetr-nano', '%3Cb%3E')],
    ['another order', url.replace(/job=(\w+)&type=([\w-]+)/, 'type=$2&job=$1')],
    ['a version 0', url.replace('/7#', '/0#')],
    ['a page below', url.replace('/7#', '/7/deploy#')],
    ['a search as the page of a fine-tune', url.replace('/7#', '/nas-runs/7#')],
  ])('%s', (_, text) => {
    expect(readTargetUrl(text)).toBeUndefined();
  });
});
