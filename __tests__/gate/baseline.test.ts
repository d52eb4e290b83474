import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/baseline.ts';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import { passingLack } from '../../src/gate/rule-result.ts';
import type { EvaluationLack, LackingFigure } from '../../src/gate/split-figures.ts';
import { TrainGateError } from '../../src/lib/errors.ts';
import { model, splitFigures } from '../build.ts';
import { baselineOf, judged, missing, nano, only } from './judged.ts';

function lacking(metric: AccuracyMetric, why: EvaluationLack): LackingFigure {
  return { metric, split: 'test', by: 'split', isNeeded: true, why };
}

const refusal = new Error('Roboflow answered 403');
const metrics = { map50: 79, 'map50-95': 54 };
const plain = model({ id: 'old', metrics, latency: { T4: 9 } });
/** What it reports it reports badly, and its evaluation lacks figures for every reason. */
const odd = model({
  id: 'old',
  metrics,
  unreadable: [
    { name: 'recall', raw: '"NaN"' },
    { name: 'latency@Orin', raw: '-1' },
  ],
  details: {
    figures: [],
    lacking: [
      lacking('f1', { kind: 'running' }),
      lacking('precision', { kind: 'none' }),
      lacking('accuracy', { kind: 'failed' }),
      lacking('map75', { kind: 'unread', obstacle: 'not-allowed', error: refusal }),
    ],
  },
});
const onTest = splitFigures('test', { f1: 80, precision: 80, accuracy: 80, map75: 80, map50: 80 }, []);
const models = [{ ...nano, details: { figures: [onTest], lacking: [] } }];
const outage = new TrainGateError('Roboflow answered 503');

describe('each rule has its own baseline', () => {
  test.each<{ text: string; baseline: Baseline; why: string; skips: boolean; passes?: unknown }>([
    { text: 'map50 >= baseline', baseline: { kind: 'none' }, why: 'not-set', skips: false },
    { text: 'map50 >= baseline', baseline: missing, why: 'missing', skips: true },
    {
      text: 'map50 >= baseline',
      baseline: { kind: 'unread', error: outage },
      why: 'unread',
      skips: false,
      passes: { kind: 'unread', error: outage },
    },
    { text: 'map50 >= baseline', baseline: baselineOf([]), why: 'not-reported', skips: true },
    { text: 'recall >= baseline', baseline: baselineOf([plain]), why: 'not-reported', skips: true },
    { text: 'latency@Orin <= baseline', baseline: baselineOf([plain]), why: 'not-reported', skips: true },
    { text: 'map50@test >= baseline', baseline: baselineOf([plain]), why: 'not-reported', skips: true },
    { text: 'precision@test >= baseline', baseline: baselineOf([odd]), why: 'not-reported', skips: true },
    { text: 'accuracy@test >= baseline', baseline: baselineOf([odd]), why: 'not-reported', skips: true },
    // What came unreadable, or only otherwise measured, or is not known yet, is not missing.
    { text: 'recall >= baseline', baseline: baselineOf([odd]), why: 'not-comparable', skips: false },
    { text: 'latency@Orin <= baseline', baseline: baselineOf([odd]), why: 'not-comparable', skips: false },
    { text: 'latency <= baseline', baseline: baselineOf([plain]), why: 'not-comparable', skips: false },
    {
      text: 'f1@test >= baseline',
      baseline: baselineOf([odd]),
      why: 'not-comparable',
      skips: false,
      passes: { kind: 'running' },
    },
    {
      text: 'map75@test >= baseline',
      baseline: baselineOf([odd]),
      why: 'not-comparable',
      skips: false,
      passes: { kind: 'unread', obstacle: 'not-allowed', error: refusal },
    },
  ])('$text, of one that is $baseline.kind: $why', ({ text, baseline, why, skips, passes }) => {
    const fails = judged({ rules: text, models, baseline });
    const result = only(fails);
    if (result.state !== 'unknown') throw new Error(`it ${result.state}`);
    expect(result).toMatchObject({ why: { kind: `baseline-${why}` }, isSkipped: false });
    expect(passingLack(result.why)).toEqual(passes);
    expect(fails.outcome).toBe('undecided');
    const skipping = judged({ rules: text, models, baseline, onMissingBaseline: 'skip' });
    expect(only(skipping)).toMatchObject({ state: 'unknown', isSkipped: skips });
    expect(skipping.outcome).toBe(skips ? 'passed' : 'undecided');
    for (const onMissingBaseline of ['fail', 'skip'] as const) {
      const rules = `map50 >= 99\nwarn: ${text}`;
      expect(judged({ rules, models, baseline, onMissingBaseline }).outcome).toBe('failed');
      const both = judged({ rules: `map50 >= 99\n${text}`, models, baseline, onMissingBaseline });
      expect(both.outcome).toBe(onMissingBaseline === 'skip' && skips ? 'failed' : 'undecided');
    }
  });
});
