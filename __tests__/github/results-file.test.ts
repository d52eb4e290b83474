import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../simulator/runner.ts';
import type { ModelDetails } from '../../src/gate/split-figures.ts';
import { resultsFile } from '../../src/github/results-file.ts';
import { TrainGateError } from '../../src/lib/errors.ts';
import { type Conclusion, undecided } from '../../src/report/conclusion.ts';
import type { EvaluationFindings } from '../../src/report/evaluation-findings.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { classFigures, model, pastTraining, splitFigures, target } from '../build.ts';
import { facts, judged } from '../report/cases.ts';

/** Reads a results file as a workflow would. */
function read(conclusion: Conclusion, run?: TrainingFacts): unknown {
  return JSON.parse(resultsFile(conclusion, run));
}

/** Figures by class and split, from both sources. */
const details: ModelDetails = {
  figures: [
    splitFigures('valid', { map50: 80 }, [
      classFigures('helmet', 60, { map50: 89.123456789, recall: 84 }),
      classFigures('boots', 0, {}),
    ]),
    {
      ...splitFigures('test', { map50: 78.5 }, [
        { ...classFigures('helmet', 9, { recall: 71 }), objects: undefined },
      ]),
      source: 'evaluation',
    },
  ],
  lacking: [],
};

const evaluation: EvaluationFindings = {
  confidence: { threshold: 0.41, f1: 83.1, split: 'valid' },
  confusions: {
    split: 'test',
    threshold: 0.41,
    pairs: [
      { actual: 'helmet', predicted: undefined, times: 4, objects: 9 },
      { actual: undefined, predicted: 'boots', times: 2, objects: undefined },
    ],
  },
};

/** A run with a rule, a pick and a model of each kind. */
const withoutEvaluation = judged({
  models: [
    model({
      id: 'acme/fast',
      family: 'child',
      metrics: { 'map50-95': 51.123456789, map50: 70 },
      latency: { T4: 2.25, Orin: 9 },
    }),
    model({
      id: 'acme/best',
      family: 'child',
      metrics: { 'map50-95': 62.5, map50: 80, recall: 71 },
      latency: { T4: 12.125, Orin: 11 },
      unreadable: [{ name: 'f1', raw: '"NaN"' }],
      details,
    }),
    model({ id: 'acme/stock', type: undefined, family: 'stock', metrics: { map50: 60 }, finished: false }),
  ],
  thresholds: [
    'map50-95 >= baseline - 0.5',
    'map50@t4 >= 80',
    'warn: latency <= 20 ms',
    'f1 >= 50',
    'map50@Orin >= 2',
    'recall[*] >= 90',
    'recall[Helmet]@test >= 70',
    'map50@test >= 70',
    'recall[zebra] >= 70',
  ].join('\n'),
  targets: [target('t4', 5), target('orin', 5), target('L4')],
  baseline: pastTraining([model({ id: 'acme/old', metrics: { 'map50-95': 63, map50: 79 } })]),
});

const everything = { ...withoutEvaluation, evaluation };

test('the results file is the golden one', async () => {
  const file = path.join(projectRoot, '__tests__', 'github', 'golden', 'results.json');
  const text = resultsFile(everything, { ...facts, trainedMs: undefined });
  if (process.env.UPDATE_GOLDEN === '1') await writeFile(file, text);
  expect(text).toBe(await readFile(file, 'utf8'));
});

describe('the results file of a run that was not judged has the same keys', () => {
  const empty = {
    schemaVersion: 1,
    run: null,
    trainings: [],
    reasons: [],
    headline: null,
    baseline: null,
    comparedWith: null,
    history: [],
    rules: [],
    picks: [],
    models: [],
    splits: [],
    classes: [],
    confidence: null,
    confusions: null,
    weights: {},
    starred: [],
  };
  test.each<readonly [string, Conclusion, object]>([
    ['started', { kind: 'started', inFlight: true }, { outcome: 'started' }],
    ['skipped', { kind: 'skipped', reason: 'no key' }, { outcome: 'skipped', reasons: ['no key'] }],
    [
      'undecided',
      undecided('2 mistakes', 'mend them', ['one', 'two']),
      { outcome: 'undecided', reasons: ['2 mistakes', 'one', 'two'] },
    ],
    ['judged without a model', judged({ models: [] }), { outcome: 'passed' }],
  ])('%s', (_, conclusion, expected) => {
    expect(read(conclusion)).toStrictEqual({ ...empty, ...expected });
  });
});

test('a run of which nothing is known yet but that it was started has every key', () => {
  const unknown = ['version', 'trainingId', 'modelType', 'queuedMs', 'trainedMs', 'url', 'source'] as const;
  const bare = { ...facts, ...Object.fromEntries(unknown.map((name) => [name, undefined])) };
  const run = { workspace: 'acme', ...Object.fromEntries(unknown.map((name) => [name, null])) };
  expect(read({ kind: 'started', inFlight: true }, bare)).toMatchObject({ run });
});

test.each([
  ['missing', 'fail'],
  ['skipped', 'skip'],
] as const)('a baseline that is %s says so, and why', (kind, onMissingBaseline) => {
  const reason = 'version 6 was not trained';
  const baseline = { kind: 'missing', reason } as const;
  expect(read(judged({ baseline, onMissingBaseline, thresholds: 'map50 >= baseline' }))).toMatchObject({
    baseline: { kind, reason },
  });
});

test('a baseline that could not be read says so, with the cause', () => {
  const reason = 'GET /x answered 403.';
  const baseline = { kind: 'unread', error: new TrainGateError(reason) } as const;
  expect(read(judged({ baseline, thresholds: 'map50 >= baseline' }))).toMatchObject({
    outcome: 'undecided',
    baseline: { kind: 'unread', reason },
    rules: [{ state: 'unknown', binding: true, reason: expect.stringContaining(reason) }],
  });
});

test('what the report compares with and draws is told too', () => {
  const conclusion = {
    ...judged({}),
    previous: pastTraining([model({ metrics: { map50: 81.4 } })]),
    history: [{ version: 6, metrics: new Map([['map50', 81.4]] as const) }],
  };
  expect(read(conclusion)).toMatchObject({
    comparedWith: { version: 6, modelType: 'rfdetr-nano', headline: 'acme/model', metrics: { map50: 81.4 } },
    history: [{ version: 6, metrics: { map50: 81.4 } }],
  });
});
