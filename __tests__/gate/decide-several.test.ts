import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/baseline.ts';
import { decideSeveral, type GateTraining, type SeveralVerdict } from '../../src/gate/decide-several.ts';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import { whyUnknown } from '../../src/report/words/unknown-words.ts';
import { model, modelResults, target } from '../build.ts';
import { baselineOf, missing, noBaseline } from './judged.ts';

type Metrics = Partial<Record<AccuracyMetric, number>>;
type Latency = Readonly<Record<string, number>>;

/** A training of `modelType` whose one model has the same id. */
function fineTune(modelType: string, metrics: Metrics, baseline: Baseline = noBaseline): GateTraining {
  return { modelType, results: modelResults([model({ id: modelType, type: modelType, metrics })]), baseline };
}

/** A search with these models, id -> what it reaches and how fast it is on T4. */
function search(models: Readonly<Record<string, readonly [map: number, t4: number]>>): GateTraining {
  const children = Object.entries(models).map(([id, [map, t4]]) => {
    const latency: Latency = { T4: t4 };
    return model({ id, family: 'child', metrics: { 'map50-95': map, map50: map + 20 }, latency });
  });
  return { modelType: 'nas', results: modelResults(children), baseline: noBaseline };
}

const failed: GateTraining = { modelType: 'broken', results: undefined };
const nano = fineTune('nano', { 'map50-95': 50, map50: 80 });
const small = fineTune('small', { 'map50-95': 60, map50: 70 });

function judge(
  trainings: readonly GateTraining[],
  rules = '',
  targets: readonly HardwareTarget[] = [],
  onMissingBaseline: 'fail' | 'skip' = 'fail',
) {
  const parsed = parseRules(rules);
  expect(parsed.mistakes).toEqual([]);
  return decideSeveral({ trainings, rules: parsed.rules, targets, onMissingBaseline });
}

function said({ together, trainings }: SeveralVerdict) {
  if (together === undefined) return undefined;
  const { verdict, best } = together;
  return {
    outcome: verdict.outcome,
    headline: verdict.headline?.id,
    best,
    own: trainings.map(({ outcome }) => outcome).join(' '),
    rules: verdict.rules.map(({ state, modelId }) => `${state} by ${modelId}`),
  };
}

describe('several trainings', () => {
  test.each([
    {
      name: 'without rules take the most accurate one',
      trainings: [nano, small],
      rules: '',
      expected: { outcome: 'passed', headline: 'small', best: 1, own: 'passed passed', rules: [] },
    },
    {
      name: 'take the most accurate one that holds all rules',
      trainings: [nano, small],
      rules: 'map50 >= 75',
      expected: {
        outcome: 'passed',
        headline: 'nano',
        best: 0,
        own: 'passed failed',
        rules: ['holds by nano'],
      },
    },
    {
      name: 'fail by the rules of the most accurate one if none holds them',
      trainings: [nano, small],
      rules: 'map50 >= 90',
      expected: {
        outcome: 'failed',
        headline: 'small',
        best: 1,
        own: 'failed failed',
        rules: ['broken by small'],
      },
    },
    {
      name: 'do not mind a rule that only warns',
      trainings: [nano, small],
      rules: 'warn: map50 >= 75',
      expected: {
        outcome: 'passed',
        headline: 'small',
        best: 1,
        own: 'passed passed',
        rules: ['broken by small'],
      },
    },
    {
      name: 'fail if one breaks a rule that is for each, and show that one',
      trainings: [nano, small],
      rules: 'each: map50 >= 75\nmap50-95 >= 45',
      expected: {
        outcome: 'failed',
        headline: 'nano',
        best: 0,
        own: 'passed failed',
        rules: ['broken by small', 'holds by nano'],
      },
    },
    {
      name: 'hold a rule that is for each by the one with the least margin',
      trainings: [nano, small],
      rules: 'each: map50 >= 70',
      expected: {
        outcome: 'passed',
        headline: 'small',
        best: 1,
        own: 'passed passed',
        rules: ['holds by small'],
      },
    },
    {
      name: 'do not stop at one without a model',
      trainings: [failed, nano],
      rules: 'map50 >= 75',
      expected: {
        outcome: 'passed',
        headline: 'nano',
        best: 1,
        own: 'undecided passed',
        rules: ['holds by nano'],
      },
    },
    {
      name: 'are undecided if a rule is for each and one has no model, whatever the others break',
      trainings: [small, failed],
      rules: 'each: map50 >= 75',
      expected: {
        outcome: 'undecided',
        headline: 'small',
        best: 0,
        own: 'failed undecided',
        rules: ['unknown by undefined'],
      },
    },
    {
      name: 'are undecided if a rule is for each and one does not report its metric',
      trainings: [nano, fineTune('odd', { 'map50-95': 70 })],
      rules: 'each: map50 >= 75',
      expected: {
        outcome: 'undecided',
        headline: 'nano',
        best: 0,
        own: 'passed undecided',
        rules: ['unknown by odd'],
      },
    },
    {
      name: 'take for the headline one that can be judged, before one that cannot',
      trainings: [fineTune('odd', { 'map50-95': 70 }), nano],
      rules: 'map50 >= 75',
      expected: {
        outcome: 'passed',
        headline: 'nano',
        best: 1,
        own: 'undecided passed',
        rules: ['holds by nano'],
      },
    },
    {
      name: 'judge a rule with a hardware on the pick from the models of all',
      trainings: [small, search({ fast: [40, 2], slow: [55, 20] })],
      rules: 'map50@t4 >= 60\nlatency@t4 <= 5\nmap50 >= 70',
      targets: [target('t4', 10)],
      expected: {
        outcome: 'passed',
        headline: 'small',
        best: 0,
        own: 'passed passed',
        rules: ['holds by fast', 'holds by fast', 'holds by small'],
      },
    },
    {
      name: 'judge a rule with a hardware that is for each on the pick of each',
      trainings: [search({ fast: [40, 2] }), search({ quick: [45, 3] })],
      rules: 'each: map50@t4 >= 62',
      expected: {
        outcome: 'failed',
        headline: 'quick',
        best: 1,
        own: 'failed passed',
        rules: ['broken by fast'],
      },
    },
    {
      name: 'fail if no model of any is within a budget',
      trainings: [small, search({ slow: [55, 20] })],
      rules: '',
      targets: [target('t4', 10)],
      expected: { outcome: 'failed', headline: 'small', best: 0, own: 'passed passed', rules: [] },
    },
  ])('$name', ({ trainings, rules, targets = [], expected }) => {
    expect(said(judge(trainings, rules, targets))).toEqual(expected);
  });

  test('without any model have no verdict', () => {
    const empty: GateTraining = { modelType: 'empty', results: modelResults([]), baseline: noBaseline };
    expect(said(judge([failed, empty]))).toBeUndefined();
  });

  test('tell that one has no model, by itself and in a rule that is for each', () => {
    const several = judge([nano, failed], 'each: map50 >= 75');
    expect(several.trainings[1]).toEqual({
      outcome: 'undecided',
      headline: undefined,
      rules: [],
    });
    const [result] = several.together?.verdict.rules ?? [];
    expect(result?.state === 'unknown' && whyUnknown(result.why)).toBe('broken has no model');
  });

  test.each<{
    name: string;
    trainings: readonly GateTraining[];
    metric: string;
    reportedBy: string;
    best: number;
  }>([
    {
      name: 'the first metric that all report',
      trainings: [fineTune('a', { 'map50-95': 99, map50: 70 }), fineTune('b', { map50: 71 })],
      metric: 'map50',
      reportedBy: 'all',
      best: 1,
    },
    {
      name: 'else the first that any reports, and who does not report it comes last',
      trainings: [fineTune('a', { accuracy: 99 }), fineTune('b', { map50: 10 })],
      metric: 'map50',
      reportedBy: 'some',
      best: 1,
    },
    {
      name: 'the lowest of one that is better when lower',
      trainings: [fineTune('a', { perplexity: 9 }), fineTune('b', { perplexity: 3 })],
      metric: 'perplexity',
      reportedBy: 'all',
      best: 1,
    },
  ])('are put in order by $name', ({ trainings, metric, reportedBy, best }) => {
    expect(judge(trainings).together).toMatchObject({ ranking: { metric, reportedBy }, best });
  });

  test('compare each with its own baseline, and a pick with that of its training', () => {
    const past = (map50: number, t4?: number) =>
      baselineOf([model({ id: 'old', metrics: { map50 }, latency: t4 === undefined ? {} : { T4: t4 } })]);
    const found = { ...search({ fast: [40, 2] }), baseline: past(59, 4) };
    const several = judge(
      [fineTune('nano', { map50: 80 }, past(82)), found],
      'warn: each: map50 >= baseline\nlatency@t4 <= baseline',
    );
    expect(several.together?.verdict.rules).toMatchObject([
      { state: 'broken', modelId: 'nano', bound: 82 },
      { state: 'holds', modelId: 'fast', bound: 4 },
    ]);
  });

  test('leave out of a rule for each the one that has no baseline yet, if the workflow wants that', () => {
    const first = fineTune('first', { map50: 10 }, missing);
    const other = fineTune('other', { map50: 80 }, baselineOf([model({ metrics: { map50: 79 } })]));
    const rules = 'each: map50 >= baseline';
    expect(judge([first, other], rules, [], 'skip').together?.verdict).toMatchObject({
      outcome: 'passed',
      rules: [{ state: 'holds', modelId: 'other' }],
    });
    expect(judge([first], rules, [], 'skip').together?.verdict).toMatchObject({
      outcome: 'passed',
      rules: [{ state: 'unknown', isSkipped: true, why: { kind: 'baseline-missing' } }],
    });
  });

  test('recommend for a hardware what the best of them recommends', () => {
    const recommending = (name: string, map: number): GateTraining => ({
      modelType: name,
      results: modelResults(
        [model({ id: name, family: 'child', metrics: { 'map50-95': map }, latency: { T4: 3 } })],
        { [name === 'a' ? 't4' : 'T4']: name },
      ),
      baseline: noBaseline,
    });
    const several = judge([recommending('a', 50), recommending('b', 60)]);
    expect(several.together?.verdict.picks).toMatchObject([
      { pick: { model: { id: 'b' }, source: 'recommended' } },
    ]);
  });
});
