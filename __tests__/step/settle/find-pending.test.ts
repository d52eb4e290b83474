import { describe, expect, test } from 'vitest';
import { accountName, type FoundStatus } from '../../../src/github/status/find-statuses.ts';
import { pendingOf, sorted } from '../../../src/step/settle/find-pending.ts';

const found: FoundStatus = {
  sha: 'a'.repeat(40),
  commitId: 'C_1',
  id: 'SC_1',
  context: 'model-quality',
  state: 'pending',
  description: 'rfdetr-nano on version 7: training',
  targetUrl: 'https://app.roboflow.com/acme/hard-hats/7#job=job_1&type=rfdetr-nano&route=jobs&at=1799053200',
  createdAtMs: 0,
  creator: 'github-actions[bot]',
};
const account = 'github-actions[bot]';
const project = { app: 'https://app.roboflow.com', workspace: 'acme', project: 'hard-hats' };
const commitsOf = (...statuses: readonly FoundStatus[]) => [{ pullRequest: 12, statuses }];

describe('a status that is looked at', () => {
  test.each<readonly [string, Partial<FoundStatus>, boolean]>([
    ['of the context', {}, true],
    ['of a leg of its matrix', { context: 'model-quality (rfdetr-nano, 7)' }, true],
    ['of a longer name', { context: 'model-quality-2' }, false],
    ['of the context in another case', { context: 'Model-Quality' }, true],
    ['of a leg in another case', { context: 'MODEL-quality (rfdetr-nano, 7)' }, true],
    ['of a name with an open bracket', { context: 'model-quality (x' }, false],
    ['of another name', { context: 'build' }, false],
    ['that has its last word', { state: 'success' }, false],
    ['that is only expected', { state: 'expected' }, false],
  ])('%s', (_, changes, expected) => {
    expect(pendingOf(commitsOf({ ...found, ...changes }), 'model-quality')).toHaveLength(expected ? 1 : 0);
  });

  test('is there once, with each pull request that it was found at', () => {
    const commits = [12, undefined, 13, 12].map((pullRequest) => ({ pullRequest, statuses: [found] }));
    expect(pendingOf(commits, 'model-quality')).toEqual([{ found, pullRequests: [12, 13] }]);
  });
});

describe('a status that is not believed', () => {
  test.each<readonly [string, Partial<FoundStatus>, RegExp]>([
    ['by a person', { creator: 'eva' }, /set by eva/],
    ['by a person of a similar name', { creator: 'github-actions' }, /set by github-actions, /],
    ['by another app', { creator: 'other-app[bot]' }, /set by other-app/],
    ['by a deleted account', { creator: undefined }, /a deleted account/],
    [
      'about another project',
      { targetUrl: found.targetUrl.replace('hard-hats', 'soft-hats') },
      /another project/,
    ],
    ['about another workspace', { targetUrl: found.targetUrl.replace('acme', 'evil') }, /another project/],
    ['without a fragment', { targetUrl: 'https://app.roboflow.com/acme/hard-hats/7' }, /names no training/],
  ])('%s', (_, changes, why) => {
    const status = { ...found, ...changes };
    expect(sorted([{ found: status, pullRequests: [12] }], account, project)).toEqual({
      believed: [],
      ignored: [{ found: status, pullRequests: [12], why: expect.stringMatching(why) }],
    });
  });
});

test.each([
  ['project', { project: 'Hard-Hats' }],
  ['workspace', { workspace: 'ACME' }],
  ['region', { app: 'https://app.roboflow.eu' }],
])('a status is believed in whatever form settle writes the %s', (_, written) => {
  expect(sorted([{ found, pullRequests: [] }], account, { ...project, ...written }).believed).toHaveLength(1);
});

test.each([
  ['github-actions', true, 'github-actions[bot]'],
  ['github-actions[bot]', false, 'github-actions[bot]'],
  ['github-actions[bot]', true, 'github-actions[bot]'],
  ['eva', false, 'eva'],
])('the account %s (bot: %s) is %s', (login, isBot, expected) => {
  expect(accountName(login, isBot)).toBe(expected);
});
