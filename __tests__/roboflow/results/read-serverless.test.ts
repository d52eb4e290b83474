import { expect, test } from 'vitest';
import type { Fault } from '../../../simulator/faults.ts';
import { serverlessNeed } from '../../../src/gate/serverless.ts';
import { readServerless } from '../../../src/roboflow/results/read-serverless.ts';
import type { TrainingResults } from '../../../src/training/await-results.ts';
import { model } from '../../build.ts';
import { simulateRoboflow } from '../simulated-roboflow.ts';

const ours = 'acme/hard-hats-7-rfdetr-nano-t1';
const row = { modelId: ours, metrics: {}, medianLatencyMs: 31.4, onFrontier: true, exclusionReason: null };
const need = serverlessNeed([], [{ hardware: 'Serverless', budgetMs: undefined }], false);
const excluded = { ...row, medianLatencyMs: null, exclusionReason: 'no_evaluation' };
const others = Array.from({ length: 999 }, (_, index) => ({ ...row, modelId: `acme/other-${index}` }));
const evaluation = { evalId: 'e1', project: 'hard-hats', versionId: '7', modelId: ours };

async function read(compared: unknown, evals: readonly object[], ids: readonly string[] = [ours]) {
  const faults: readonly Fault[] = [
    { route: 'compare', do: { kind: 'json', body: compared } },
    { route: 'evals', do: { kind: 'json', body: { evals } } },
  ];
  await using roboflow = await simulateRoboflow({ faults });
  const models = ids.map((id) => model({ id, latency: { T4: 9 } }));
  const results: TrainingResults = { trainingId: 't', source: '', models, recommended: new Map() };
  const reader = { here: roboflow.here, patience: { untilMs: 0 } };
  const reading = await readServerless(reader, results, 7, need);
  if (reading.kind !== 'done') return reading;
  return reading.found.map(({ latencyMs, serverlessLack }) => [
    Object.fromEntries(latencyMs),
    ...(serverlessLack ? [serverlessLack] : []),
  ]);
}

test.each<readonly [string, unknown]>([
  ['as the API documents it', { models: [row] }],
  ['without the workspace', { models: [{ ...row, modelId: 'hard-hats-7-rfdetr-nano-t1' }] }],
  ['among 1,000', { models: [...others, row] }],
  ['as text', { models: [{ ...row, medianLatencyMs: '31.4' }] }],
  ['with unknown fields and rows of nothing', { candidates: 1, models: [null, 7, {}, [], row] }],
  ['told twice', { models: [row, row] }],
])('the latency of a model is read %s, beside what the training measured', async (_, compared) => {
  expect(await read(compared, [])).toEqual([[{ T4: 9, Serverless: 31.4 }]]);
});

test('of several models those are timed that are compared; the others have the reason', async () => {
  const compared = { models: [row, { ...excluded, modelId: 'b' }] };
  expect(await read(compared, [], [ours, 'b', 'c'])).toEqual([
    [{ T4: 9, Serverless: 31.4 }],
    [{ T4: 9 }, { kind: 'untimed', said: 'no_evaluation' }],
    [{ T4: 9 }, { kind: 'untimed', said: undefined }],
  ]);
});

const noFigures: readonly (readonly [string, unknown])[] = [
  ['null', { models: [excluded] }],
  ...[0, -3, 'fast', '', {}, 1e12].map(
    (ms) => [JSON.stringify(ms), { models: [{ ...excluded, medianLatencyMs: ms }] }] as const,
  ),
  ['two that differ', { models: [{ ...row, exclusionReason: 'no_evaluation' }, excluded] }],
];

test.each(noFigures)('no positive number is no latency, and Roboflow says why: %s', async (_, compared) => {
  expect(await read(compared, [])).toMatchObject({ kind: 'none', said: 'no_evaluation' });
});

test.each<readonly [string, string | undefined, object]>([
  ['none', undefined, { kind: 'none', evaluated: [], said: 'no_evaluation' }],
  ['one that runs', 'running', { kind: 'running' }],
  ['one of which no document tells', 'paused', { kind: 'running' }],
  ['one that failed', 'failed', { kind: 'failed', said: 'no_evaluation' }],
  ['one that is done', 'done', { kind: 'untimed', said: 'no_evaluation' }],
])('without a latency the evaluations tell how far it is: %s', async (_, status, expected) => {
  const evals = status === undefined ? [] : [{ ...evaluation, status }];
  expect(await read({ models: [excluded] }, evals)).toEqual(expected);
});

test.each<readonly [string, unknown]>([
  ['no list', {}],
  ['a list of nothing', { models: [] }],
  ['models of other trainings only', { models: others }],
])('a comparison without the model says nothing of it: %s', async (_, compared) => {
  expect(await read(compared, [])).toEqual({ kind: 'none', evaluated: [], said: undefined });
});

test.each([[null], [[]], ['text'], [7]])('what is no comparison is no answer: %j', async (body) => {
  expect(await read(body, [])).toMatchObject({ kind: 'unread', obstacle: 'no-answer' });
});
