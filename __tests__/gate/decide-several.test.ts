import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/baseline.ts';
import { type Decision, decide, type GateTraining } from '../../src/gate/decide.ts';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import { formatRule } from '../../src/gate/rules.ts';
import { whyUnknown } from '../../src/report/words/unknown-words.ts';
import { model, modelResults, splitFigures, target } from '../build.ts';
import { linesIn, named, rows } from '../rows.ts';
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

const failed: GateTraining = { modelType: 'broken', results: undefined, baseline: noBaseline };
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
  return decide({ trainings, rules: parsed.rules, targets, onMissingBaseline });
}

function said({ own, verdict, best }: Decision) {
  return {
    outcome: verdict.outcome,
    headline: verdict.headline?.id,
    best,
    own: own.map(({ outcome }) => outcome).join(' '),
    rules: verdict.rules.map(({ state, modelId }) => `${state} by ${modelId}`),
  };
}

/** One whose headline model reaches this mAP50 on test. */
function onTest(modelType: string, metrics: Metrics, map50: number): GateTraining {
  const details = { figures: [splitFigures('test', { map50 }, [])], lacking: [] };
  return {
    modelType,
    results: modelResults([model({ id: modelType, metrics, details })]),
    baseline: noBaseline,
  };
}

describe('several trainings', () => {
  const best = { 'map50-95': 70, map50: 70 };
  const good = { 'map50-95': 60, map50: 80 };
  /** The trainings of a row, by their names. */
  const known: Readonly<Record<string, GateTraining>> = {
    nano,
    small,
    failed,
    odd: fineTune('odd', { 'map50-95': 70 }),
    'best, 60 on test': onTest('a', best, 60),
    'good, 60 on test': onTest('b', good, 60),
    'fair, 90 on test': onTest('b', { 'map50-95': 60, map50: 70 }, 90),
    'weak, 60 on test': onTest('c', { 'map50-95': 50, map50: 80 }, 60),
    'fast and slow': search({ fast: [40, 2], slow: [55, 20] }),
    fast: search({ fast: [40, 2] }),
    quick: search({ quick: [45, 3] }),
    slow: search({ slow: [55, 20] }),
  };

  // Name | trainings | rules | budget on T4 in ms | headline | outcome of each | outcome | results of the rules
  test.each(
    rows(`
    without rules take the most accurate one | nano; small | | | small | passed passed | passed |
    take the most accurate one that holds all rules | nano; small | map50 >= 75 | | nano | passed failed | passed | holds by nano
    take one that holds all rules before one that holds what the training itself reports | best, 60 on test; fair, 90 on test | map50 >= 65; map50@test >= 80 | | b | failed passed | passed | holds by b; holds by b
    take the most accurate one that holds what the training itself reports, if none holds all | best, 60 on test; good, 60 on test; weak, 60 on test | map50 >= 75; map50@test >= 80 | | b | failed failed failed | failed | holds by b; broken by b
    fail by the rules of the most accurate one if none holds them | nano; small | map50 >= 90 | | small | failed failed | failed | broken by small
    do not mind a rule that only warns | nano; small | warn: map50 >= 75 | | small | passed passed | passed | broken by small
    fail if one breaks a rule that is for each, and show that one | nano; small | each: map50 >= 75; map50-95 >= 45 | | nano | passed failed | failed | broken by small; holds by nano
    hold a rule that is for each by the one with the least margin | nano; small | each: map50 >= 70 | | small | passed passed | passed | holds by small
    do not stop at one without a model | failed; nano | map50 >= 75 | | nano | undecided passed | passed | holds by nano
    are undecided if a rule is for each and one has no model, whatever the others break | small; failed | each: map50 >= 75 | | small | failed undecided | undecided | unknown by undefined
    are undecided if a rule is for each and one does not report its metric | nano; odd | each: map50 >= 75 | | nano | passed undecided | undecided | unknown by odd
    take for the headline one that can be judged, before one that cannot | odd; nano | map50 >= 75 | | nano | undecided passed | passed | holds by nano
    judge a rule with a hardware on the pick from the models of all | small; fast and slow | map50@t4 >= 60; latency@t4 <= 5; map50 >= 70 | 10 | small | passed passed | passed | holds by fast; holds by fast; holds by small
    judge a rule with a hardware that is for each on the pick of each | fast; quick | each: map50@t4 >= 62 | | quick | failed passed | failed | broken by fast
    fail if no model of any is within a budget | small; slow | | 10 | small | passed passed | failed |
    `),
  )('%s', (_, names, text, budgetMs, headline, own, outcome, results) => {
    const trainings = names.split('; ').map((name) => named(known, name));
    const models = trainings.map(({ modelType, results: made }) => made?.models[0]?.id ?? modelType);
    const targets = budgetMs === '' ? [] : [target('t4', Number(budgetMs))];
    expect(said(judge(trainings, linesIn(text), targets))).toEqual({
      outcome,
      headline,
      best: models.indexOf(headline),
      own,
      rules: results === '' ? [] : results.split('; '),
    });
  });

  test('tell which model was passed over, and all that it lacks', () => {
    const passedOverIn = (trainings: readonly GateTraining[], text: string) => {
      const { passedOver } = judge(trainings, text).verdict;
      return passedOver && [passedOver.model.id, ...passedOver.lacking.map(({ rule }) => formatRule(rule))];
    };
    const both = [nano, small];
    const lacking = ['small', 'map50 >= 75'];
    expect(passedOverIn(both, 'map50-95 >= 40\nmap50 >= 75\nwarn: map50 >= 99')).toEqual(lacking);
    const tested = [failed, onTest('a', best, 60), onTest('b', good, 90)];
    expect(passedOverIn(tested, 'map50@test >= 80')).toEqual(['a', 'map50@test >= 80']);
    // Of a training whose own headline model is not its most accurate one, that one.
    const own = [small, search({ top: [80, 20], fast: [75, 2] }), nano];
    expect(passedOverIn(own, 'latency <= 10\nmap50 >= 75')).toEqual(['top', 'latency <= 10 ms']);
    expect(passedOverIn(both, 'map50 >= 60')).toBeUndefined();
    expect(passedOverIn(both, 'map50 >= 90')).toBeUndefined();
  });

  test('without any model have none to take', () => {
    const empty: GateTraining = { modelType: 'empty', results: modelResults([]), baseline: noBaseline };
    expect(judge([failed, empty])).toMatchObject({ best: undefined, verdict: { headline: undefined } });
  });

  test('tell that one has no model, by itself and in a rule that is for each', () => {
    const several = judge([nano, failed], 'each: map50 >= 75');
    expect(several.own[1]).toMatchObject({ outcome: 'undecided', headline: undefined, rules: [] });
    const [result] = several.verdict.rules;
    expect(result?.state === 'unknown' && whyUnknown(result.why)).toBe('broken has no model');
  });

  const [a, b] = [fineTune('a', { 'map50-95': 99, map50: 70 }), fineTune('b', { map50: 71 })];
  test.each<readonly [name: string, trainings: readonly GateTraining[], metric: string]>([
    ['the first metric that all report', [a, b], 'map50'],
    [
      'else the first that any reports, and who does not report it comes last',
      [fineTune('a', { accuracy: 99 }), fineTune('b', { map50: 10 })],
      'map50',
    ],
    [
      'the lowest of one that is better when lower',
      [fineTune('a', { perplexity: 9 }), fineTune('b', { perplexity: 3 })],
      'perplexity',
    ],
  ])('are put in order by %s', (_, trainings, metric) => {
    expect(judge(trainings)).toMatchObject({ ranking: metric, best: 1 });
  });

  test('compare each with its own baseline, and a pick with that of its training', () => {
    const past = (map50: number, t4?: number) =>
      baselineOf([model({ id: 'old', metrics: { map50 }, latency: t4 === undefined ? {} : { T4: t4 } })]);
    const found = { ...search({ fast: [40, 2] }), baseline: past(59, 4) };
    const several = judge(
      [fineTune('nano', { map50: 80 }, past(82)), found],
      'warn: each: map50 >= baseline\nlatency@t4 <= baseline',
    );
    expect(several.verdict.rules).toMatchObject([
      { state: 'broken', modelId: 'nano', bound: 82 },
      { state: 'holds', modelId: 'fast', bound: 4 },
    ]);
    // Of no model: with what one of the best would be.
    const none = [
      fineTune('worse', { map50: 60 }, past(60, 5)),
      fineTune('best', { map50: 80 }, past(70, 5)),
    ];
    const [unknown] = judge(none, 'map50@t4 >= baseline').verdict.rules;
    expect(unknown).toMatchObject({ state: 'unknown', bound: 70 });
  });

  test('leave out of a rule for each the one that has no baseline yet, if the workflow wants that', () => {
    const first = fineTune('first', { map50: 10 }, missing);
    const other = fineTune('other', { map50: 80 }, baselineOf([model({ metrics: { map50: 79 } })]));
    const rules = 'each: map50 >= baseline';
    expect(judge([first, other], rules, [], 'skip').verdict).toMatchObject({
      outcome: 'passed',
      rules: [{ state: 'holds', modelId: 'other' }],
    });
    expect(judge([first], rules, [], 'skip').verdict).toMatchObject({
      outcome: 'passed',
      rules: [{ state: 'unknown', isSkipped: true, why: { kind: 'baseline-missing' } }],
    });
  });

  test('recommend for a hardware what the best of them recommends', () => {
    const recommending = (id: string, map: number, hardware: string): GateTraining => {
      const made = model({ id, family: 'child', metrics: { 'map50-95': map }, latency: { T4: 3 } });
      return { modelType: id, results: modelResults([made], { [hardware]: id }), baseline: noBaseline };
    };
    const { verdict } = judge([recommending('a', 50, 't4'), recommending('b', 60, 'T4')]);
    expect(verdict.picks).toMatchObject([{ model: { id: 'b' }, source: 'recommended' }]);
  });
});
