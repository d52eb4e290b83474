import { expect, test } from 'vitest';
import { formatRule } from '../../src/gate/rules.ts';
import { inputs, key, mistakes } from './given.ts';

test('inputs that are not set have the defaults of the contract', () => {
  expect(inputs()).toMatchObject({
    apiKey: key,
    workspace: undefined,
    project: 'hats',
    training: {
      kind: 'start',
      version: { kind: 'number', number: 7 },
      modelType: 'rfdetr-nano',
      epochs: undefined,
      checkpoint: undefined,
      speed: undefined,
      recipe: undefined,
      reuse: 'running',
    },
    route: 'auto',
    rules: [],
    baseline: undefined,
    targets: [],
    wait: 'job',
    timeoutMs: 19_800_000,
    pollIntervalMs: undefined,
    onMissingBaseline: 'fail',
    dryRun: false,
    onCancel: 'cancel',
    onTimeout: 'leave',
    failBuild: true,
    comment: undefined,
    auth: 'header',
  });
  expect(inputs().apiUrl.href).toBe('https://api.roboflow.com/');
});

test('inputs that are set are read', () => {
  const read = inputs({
    workspace: 'acme',
    epochs: '120',
    checkpoint: 'acme/hats/6',
    speed: 'Accurate',
    reuse: 'finished',
    thresholds: 'map50 >= 80\nwarn: recall >= 70',
    hardware: 't4 <= 10 ms, Jetson Orin',
    wait: 'none',
    timeout: '2h',
    'poll-interval': '30s',
    'on-cancel': 'stop',
    'on-timeout': 'cancel',
    'fail-build': 'false',
    'on-missing-baseline': 'Skip',
    'dry-run': 'true',
    route: 'Trainings',
    baseline: 'Previous',
    comment: 'true',
    'github-token': 'ghs_1',
    'train-recipe': '{"hyperparameters": {"batch_size": 4}}',
    'api-url': 'https://api.roboflow.eu/gateway/',
    auth: 'query',
  });
  expect(read).toMatchObject({
    workspace: 'acme',
    training: { epochs: 120, checkpoint: 'acme/hats/6', speed: 'accurate', reuse: 'finished' },
    route: 'trainings',
    baseline: { kind: 'previous' },
    targets: [
      { hardware: 't4', budgetMs: 10 },
      { hardware: 'Jetson Orin', budgetMs: undefined },
    ],
    wait: 'none',
    timeoutMs: 7_200_000,
    pollIntervalMs: 30_000,
    onCancel: 'stop',
    onTimeout: 'cancel',
    failBuild: false,
    onMissingBaseline: 'skip',
    dryRun: true,
    // A dry run writes none.
    comment: undefined,
    auth: 'query',
  });
  expect(read.training).toMatchObject({ recipe: { hyperparameters: { batch_size: 4 } } });
  expect(read.rules.map(formatRule)).toEqual(['map50 >= 80', 'warn: recall >= 70']);
  expect(read.apiUrl.href).toBe('https://api.roboflow.eu/gateway/');
});

test.each([
  { text: 'true', expected: true },
  { text: 'TRUE', expected: true },
  { text: 'false', expected: false },
  { text: 'False', expected: false },
  { text: '', expected: true },
])('fail-build "$text" is $expected', ({ text, expected }) => {
  expect(inputs({ 'fail-build': text }).failBuild).toBe(expected);
});

const onlyTruth = 'is not valid; valid: true, false';
test.each([
  ...['no', '0', 'off', 'falsey', 'TRUEE'].map((text) => ['fail-build', text, onlyTruth]),
  ...['yes', '1', 'on', 'always'].map((text) => ['comment', text, onlyTruth]),
  ['dry-run', 'yes', onlyTruth],
  ['on-missing-baseline', 'skipp', 'is not valid; valid: fail, skip; did you mean "skip"?'],
])('%s "%s" is refused rather than guessed', (name = '', text = '', says) => {
  expect(mistakes({ [name]: text })).toEqual([`${name}: "${text}" ${says}`]);
});

test.each([
  { text: '', expected: false },
  { text: 'True', expected: true },
  { text: 'false', expected: false },
])('comment "$text" is $expected', ({ text, expected }) => {
  expect(inputs({ comment: text }).comment !== undefined).toBe(expected);
});

test('the token for comments is taken as it is, without spaces around it', () => {
  expect(inputs({ comment: 'true', 'github-token': ' ghs_1\n' }).comment?.token).toBe('ghs_1');
});
