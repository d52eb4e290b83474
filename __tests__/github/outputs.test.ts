import { describe, expect, test } from 'vitest';
import { runsOf, setModelOutputs, setRunsOutput } from '../../src/github/outputs.ts';
import { type Conclusion, undecided } from '../../src/report/conclusion.ts';
import type { EvaluationFindings } from '../../src/report/evaluation-findings.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { facts, judged } from '../report/cases.ts';
import { undecidedSituations } from '../report/several-situations.ts';

describe('the output confidence', () => {
  test.each<readonly [string, EvaluationFindings | undefined, string]>([
    [
      'is the best one of the evaluation, from 0 to 1',
      { confidence: { threshold: 0.41, f1: 83.1, split: 'valid' }, confusions: undefined },
      '0.41',
    ],
    ['is empty if the evaluation does not tell it', { confidence: undefined, confusions: undefined }, ''],
    ['is empty without an evaluation', undefined, ''],
  ])('%s', (_, evaluation, expected) => {
    const outputs = new Map<string, string>();
    setModelOutputs({ output: (name, value) => outputs.set(name, value) }, { ...judged(), evaluation });
    expect(outputs.get('confidence')).toBe(expected);
  });
});

describe('the output runs', () => {
  const runs = (conclusion: Conclusion, training: TrainingFacts | undefined) => {
    const outputs = new Map<string, string>();
    const runner = { output: (name: string, value: string) => outputs.set(name, value) };
    setRunsOutput(runner, runsOf(conclusion, training, []));
    return JSON.parse(outputs.get('runs') ?? '');
  };

  test('has an entry for each of several trainings, with its own outcome, in their order', () => {
    const [conclusion, best] = undecidedSituations['several-timeout'] ?? [];
    expect(conclusion && runs(conclusion, best)).toEqual([
      {
        'model-type': 'rfdetr-nano',
        'job-id': 'job_rfdetrnano',
        url: 'https://app.roboflow.com/acme/hard-hats/7',
        status: 'complete',
        outcome: 'passed',
        'model-id': 'acme/hard-hats-7-rfdetr-nano-6669',
        map50: 84.2,
        'map50-95': 61.7,
      },
      expect.objectContaining({
        'job-id': 'job_rfdetrmedium',
        status: 'training',
        outcome: 'undecided',
        'model-id': null,
        map50: null,
      }),
      expect.objectContaining({ 'job-id': 'job_rfdetrsmall', outcome: 'passed' }),
      expect.objectContaining({ 'model-type': 'rfdetr-xlarge', 'job-id': null, status: null }),
    ]);
  });

  test('has one entry for a single training, with the outcome of the step', () => {
    expect(runs(judged({ thresholds: 'map50 >= 99' }), facts)).toMatchObject([
      { 'model-type': 'rfdetr-nano', 'job-id': 'job_1', outcome: 'failed', map50: 84.2 },
    ]);
    expect(runs({ kind: 'started', inFlight: true }, facts)).toMatchObject([
      { 'job-id': 'job_1', outcome: 'started', 'model-id': null },
    ]);
  });

  test('is empty if no training is known', () => {
    expect(runs(undecided('the inputs are wrong'), undefined)).toEqual([]);
  });
});
