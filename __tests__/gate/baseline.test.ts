import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/baseline.ts';
import { plannedBound } from '../../src/gate/judge-rule.ts';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import { passingLack } from '../../src/gate/rule-result.ts';
import type { EvaluationLack, LackingFigure } from '../../src/gate/split-figures.ts';
import { TrainGateError } from '../../src/lib/errors.ts';
import { classFigures, model, pastTraining, rule, splitFigures } from '../build.ts';
import { baselineOf, judged, missing, nano, only } from './judged.ts';

function lacking(metric: AccuracyMetric, why: EvaluationLack): LackingFigure {
  return { metric, split: 'test', by: 'split', isNeeded: true, why };
}

const refusal = new Error('Roboflow answered 403');
const forbidden = { kind: 'unread', obstacle: 'not-allowed', error: refusal } as const;
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
      lacking('map75', forbidden),
    ],
  },
});
const noOrin = model({ metrics, unreadable: [{ name: 'latency@Orin', raw: '-1' }] });
const oddOnOrin = { ...plain, unreadable: [{ name: 'latency@Orin', raw: '-1' }] };
const oddRecall = { ...plain, unreadable: [{ name: 'recall', raw: '"NaN"' }] };
const onTest = splitFigures('test', { f1: 80, precision: 80, accuracy: 80, map75: 80, map50: 80 }, []);
const models = [{ ...nano, details: { figures: [onTest], lacking: [] } }];
const unread = { kind: 'unread', error: new TrainGateError('Roboflow answered 503') } as const;
const comesYet = { why: 'not-comparable', skips: false };

describe('each rule has its own baseline', () => {
  test.each<{ text: string; baseline: Baseline; why: string; skips: boolean; passes?: unknown }>([
    { text: 'map50 >= baseline', baseline: { kind: 'none' }, why: 'not-set', skips: false },
    { text: 'map50 >= baseline', baseline: missing, why: 'missing', skips: true },
    { text: 'map50 >= baseline', baseline: unread, why: 'unread', skips: false, passes: unread },
    { text: 'map50 >= baseline', baseline: { ...unread, isFinal: true }, why: 'unread', skips: false },
    { text: 'map50 >= baseline', baseline: baselineOf([]), why: 'not-reported', skips: true },
    { text: 'recall >= baseline', baseline: baselineOf([plain]), why: 'not-reported', skips: true },
    { text: 'latency@Orin <= baseline', baseline: baselineOf([plain]), why: 'not-reported', skips: true },
    { text: 'map50@test >= baseline', baseline: baselineOf([plain]), why: 'not-reported', skips: true },
    { text: 'precision@test >= baseline', baseline: baselineOf([odd]), why: 'not-reported', skips: true },
    { text: 'accuracy@test >= baseline', baseline: baselineOf([odd]), why: 'not-reported', skips: true },
    // What came unreadable, or only otherwise measured, or is not known yet, is not missing.
    { text: 'recall >= baseline', baseline: baselineOf([odd]), why: 'not-comparable', skips: false },
    { text: 'latency@Orin <= baseline', baseline: baselineOf([odd]), why: 'not-comparable', skips: false },
    { text: 'recall@Orin >= baseline', baseline: baselineOf([noOrin]), why: 'not-comparable', skips: false },
    { text: 'recall >= baseline', baseline: baselineOf([noOrin]), why: 'not-reported', skips: true },
    {
      text: 'recall >= baseline - noise',
      baseline: pastTraining([nano], { file: 'p.json' }),
      why: 'not-reported',
      skips: true,
    },
    { text: 'recall@T4 >= baseline', baseline: baselineOf([plain]), why: 'not-reported', skips: true },
    { text: 'latency <= baseline', baseline: baselineOf([plain]), why: 'not-comparable', skips: false },
    { text: 'latency <= baseline', baseline: baselineOf([oddOnOrin]), why: 'not-comparable', skips: false },
    { text: 'map50@Orin >= baseline', baseline: baselineOf([odd]), why: 'not-comparable', skips: false },
    // What else came unreadable does not matter.
    { text: 'recall >= baseline', baseline: baselineOf([oddOnOrin]), why: 'not-reported', skips: true },
    { text: 'latency@Orin <= baseline', baseline: baselineOf([oddRecall]), why: 'not-reported', skips: true },
    { text: 'map50@Orin >= baseline', baseline: baselineOf([oddRecall]), why: 'not-reported', skips: true },
    { text: 'f1@test >= baseline', baseline: baselineOf([odd]), ...comesYet, passes: { kind: 'running' } },
    { text: 'map75@test >= baseline', baseline: baselineOf([odd]), ...comesYet, passes: forbidden },
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

describe('a training that is its own baseline', () => {
  const baseline: Baseline = { kind: 'itself' };
  const classes = [classFigures('helmet', 9, { map50: 88 }), classFigures('vest', 9, { map50: 70 })];
  const own = { ...nano, details: { figures: [splitFigures('valid', {}, classes)], lacking: [] } };

  test.each([
    'map50 >= baseline',
    'map50 > baseline + 20',
    'latency <= baseline - 1',
    'map50@T4 >= baseline',
    'map50[*] >= baseline',
    'map50[helmet] >= baseline',
    'recall >= baseline + noise',
    // What it does not report.
    'f1@test >= baseline',
    'map75 >= baseline',
    'map50@Orin2 >= baseline',
  ])('is not judged by "%s", and other rules decide', (text) => {
    for (const onMissingBaseline of ['fail', 'skip'] as const) {
      const given = { models: [own], baseline, onMissingBaseline };
      const verdict = judged({ ...given, rules: text });
      expect(only(verdict)).toMatchObject({ why: { kind: 'baseline-itself' }, isSkipped: true });
      expect(verdict.outcome).toBe('passed');
      expect(judged({ ...given, rules: `${text}\nmap50 >= 99` }).outcome).toBe('failed');
      expect(judged({ ...given, rules: `${text}\nmap75 >= 50` }).outcome).toBe('undecided');
    }
  });

  test('is judged by what does not compare', () => {
    expect(judged({ rules: 'map75 >= 50', models: [own], baseline }).outcome).toBe('undecided');
    expect(judged({ rules: 'map50 >= 80', models: [own], baseline }).outcome).toBe('passed');
  });
});

test.each<[text: string, now: number | undefined, before: number | undefined, state: string]>([
  ['f1@test >= baseline', 0.4, 0.4, 'holds'],
  ['f1@test >= baseline', undefined, undefined, 'holds'],
  ['f1@test >= baseline', 0.4, undefined, 'unknown'],
  ['precision@test >= baseline', 0.4, 0.5, 'unknown'],
  ['recall@test >= baseline', undefined, 0.4, 'unknown'],
  ['map50@test >= baseline', 0.4, undefined, 'holds'],
])('"%s", measured at confidence %s, and before at %s: %s', (text, now, before, state) => {
  const at = (confidence: number | undefined) => {
    const all = { f1: 80, precision: 80, recall: 80, map50: 80 };
    return { ...nano, details: { figures: [{ ...splitFigures('test', all, []), confidence }], lacking: [] } };
  };
  const result = only(judged({ rules: text, models: [at(now)], baseline: baselineOf([at(before)]) }));
  expect(result.state).toBe(state);
  if (result.state === 'unknown') expect(result.why.kind).toBe('baseline-not-comparable');
});

test('a figure that is not there is told with what it would be compared with', () => {
  const result = only(
    judged({ rules: 'recall >= baseline - 1', models: [plain], baseline: baselineOf([nano]) }),
  );
  expect(result).toMatchObject({ state: 'unknown', bound: 69, baseline: { kind: 'figure', value: 70 } });
  const without = only(judged({ rules: 'recall >= 60', models: [plain], baseline: missing }));
  expect(without).toMatchObject({ state: 'unknown', bound: 60, baseline: undefined });
  const unknown = only(judged({ rules: 'recall >= baseline', models: [plain], baseline: missing }));
  expect(unknown).toMatchObject({ bound: undefined, baseline: undefined });
});

test.each<[text: string, expected: number | undefined]>([
  ['map50 >= 80', 80],
  ['recall[*] >= 60', 60],
  ['map50 >= baseline - 0.5', 79.5],
  ['latency@T4 <= baseline', 4],
  ['recall[helmet] >= baseline', undefined],
  // Each class has its own.
  ['map50[*] >= baseline', undefined],
  ['f1 >= baseline', undefined],
])('before anything is judged, the bound of "%s" is %s', (text, expected) => {
  const figures = [splitFigures('valid', {}, [classFigures('helmet', 9, { map50: 88 })])];
  const past = baselineOf([{ ...nano, details: { figures, lacking: [] } }]);
  expect(plannedBound(rule(text), past, [])).toBe(expected);
});

test('the model of an earlier training is chosen by the rules that need no comparison', () => {
  const top = model({ id: 'top', metrics: { 'map50-95': 60, recall: 50 } });
  const other = model({ id: 'other', metrics: { 'map50-95': 55, recall: 90 } });
  const past = baselineOf([top, other], {}, 'recall >= 80\nmap50-95 >= baseline');
  const given = { rules: 'map50-95 >= baseline', models: [model({ metrics: { 'map50-95': 57 } })] };
  expect(only(judged({ ...given, baseline: past }))).toMatchObject({ state: 'holds', bound: 55 });
});

test.each([
  ['f1@test >= 50', { kind: 'running' }],
  ['map75@test >= 50', { kind: 'unread', error: refusal }],
  ['precision@test >= 50', undefined],
  ['recall >= 50', undefined],
  ['recall[vest]@test >= 50', undefined],
] as const)('a figure of the model itself may come yet too: %s: %j', (text, expected) => {
  const result = only(judged({ rules: text, models: [{ ...odd, unreadable: [] }] }));
  const lack = result.state === 'unknown' ? passingLack(result.why) : undefined;
  if (expected === undefined) expect(lack).toBeUndefined();
  else expect(lack).toMatchObject(expected);
});
