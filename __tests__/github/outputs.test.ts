import { describe, expect, test } from 'vitest';
import { setModelOutputs } from '../../src/github/outputs.ts';
import type { EvaluationFindings } from '../../src/report/evaluation.ts';
import { judged } from '../report/cases.ts';

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
