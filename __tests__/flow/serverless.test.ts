import { describe, expect, test } from 'vitest';
import type { EvaluationPlan } from '../../simulator/scenario.ts';
import { type ScenarioName, scenarios } from '../../simulator/scenarios.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { brief } from './scenes.ts';
import { openWorld } from './world.ts';

const minute = 60_000;
const BUDGET = { hardware: 'serverless <= 60 ms', thresholds: '' };
const RULE = { thresholds: 'latency@serverless <= 60 ms' };
const BARE = { thresholds: 'latency <= 60 ms' };
const untimed: Fault = { route: 'compare', nth: [2, 999], do: { kind: 'json', body: {} } };
const forbidden: Fault = { route: 'compare', do: { kind: 'status', status: 403 } };

describe.each(['trainings', 'jobs'] as const)('a fine-tune on the route %s', (route) => {
  test.each<readonly [string, EvaluationPlan, Readonly<Record<string, string>>, string, RegExp]>([
    ['as usual', {}, RULE, 'passed', /Passed: latency on serverless 31\.6.ms, limit 60.ms$/],
    [
      'as usual, by a bare latency',
      {},
      BARE,
      'passed',
      /Passed: latency on serverless 31\.6.ms, limit 60.ms$/,
    ],
    ['as usual, by a budget', {}, BUDGET, 'passed', /Passed: a model for each target, mAP50-95/],
    [
      'as usual, and is too slow',
      {},
      { thresholds: 'latency@serverless <= 9 ms' },
      'failed',
      /Failed: latency on serverless 31\.6.ms, limit 9.ms$/,
    ],
    ['late', { appearsAfterMs: 4 * minute, takesMs: 12 * minute }, RULE, 'passed', /60.ms/],
    ['never', { appearsAfterMs: 99 * minute }, RULE, 'undecided', /no model was measured on serverless/],
    ['failed', { end: 'failed' }, BUDGET, 'undecided', /no model was measured on serverless/],
    ['for too long', { takesMs: 99 * minute }, BARE, 'undecided', /latency is still being evaluated/],
  ])('is judged by its latency there, which comes %s', async (_, evaluation, given, outcome, verdict) => {
    await using world = await openWorld({ route, scenario: brief('fine-tune', { evaluation }) });
    const step = await world.main(given);
    expect([step.given.outcome, step.summaryText.split('\n')[0]]).toEqual([
      outcome,
      expect.stringMatching(verdict),
    ]);
  });
});

describe('the latency on Serverless', () => {
  test.each<readonly [string, readonly Fault[], EvaluationPlan, RegExp]>([
    [
      'never comes',
      [],
      { appearsAfterMs: 99 * minute },
      /no evaluation of this model \(it says: no_evaluation\)/,
    ],
    ['is not timed', [untimed], { takesMs: 0 }, /no latency of this one/],
    ['is refused meanwhile', [{ ...forbidden, nth: [2, 999] }], {}, /may not read .* 403/],
  ])('that %s leaves the outcome undecided, with the reason', async (_, faults, evaluation, reason) => {
    await using world = await openWorld({ scenario: brief('fine-tune', { evaluation }), faults });
    const step = await world.main(RULE);
    expect(step.given.outcome).toBe('undecided');
    expect(step.failures.join()).toMatch(reason);
  });

  test('is named as the workflow names it, in picks, latency and matrix', async () => {
    await using world = await openWorld();
    const { given } = await world.main({ ...BUDGET, hardware: 'Serverless' });
    const latency = JSON.parse(given.latency ?? '');
    expect(Object.keys(latency)).toEqual(['Serverless']);
    expect(JSON.parse(given.picks ?? '')).toMatchObject({ Serverless: { latency: latency.Serverless } });
    expect(JSON.parse(given['deploy-matrix'] ?? '').include).toMatchObject([
      { hardware: 'Serverless', latency: latency.Serverless },
    ]);
  });

  test.each<readonly [ScenarioName, string, string]>([
    ['fine-tune', 'rfdetr-nano', 'map50 >= 80'],
    ['fine-tune', 'rfdetr-nano', 'map50 >= 99'],
    ['fine-tune', 'rfdetr-nano', ''],
    ['compare', 'rfdetr-nano\nyolov11n', 'each: map50 >= 80\nwarn: recall >= 99'],
    ['nas', 'rfdetr-nas-parent', 'latency <= 40 ms\nmap50@t4 >= 70'],
    ['nas', 'rfdetr-nano\nrfdetr-nas-parent', 'latency@t4 <= 40 ms\nmap50-95 >= 70'],
  ])('is only shown without a rule on it: %s, %s, %s', async (name, types, thresholds) => {
    const outputs = async (faults: readonly Fault[]) => {
      const scenario = brief(name, { evaluation: { takesMs: 0 } });
      await using world = await openWorld({ scenario, faults, route: 'trainings' });
      const { given } = await world.main({ 'model-type': types, thresholds });
      const { latency, ...others } = given;
      return { latency: JSON.parse(latency ?? '{}'), others, endMs: world.clock.now() };
    };
    const shown = await outputs([]);
    const refused = await outputs([forbidden]);
    expect({ ...shown, latency: refused.latency }).toEqual(refused);
    const { serverless, ...own } = shown.latency;
    expect(own).toEqual(refused.latency);
    if (name === 'fine-tune') expect(serverless).toBeGreaterThan(30);
  });

  test.each(['version-only', 'bundle-empty', 'fine-tune-short'] as const)(
    'is read wherever the metrics are: %s',
    async (name) => {
      await using world = await openWorld({ scenario: brief(name) });
      const step = await world.main({ thresholds: 'latency <= 60 ms' });
      expect(step.given.outcome).toBe('passed');
    },
  );

  test('decides among three fine-tunes: the most accurate within 60 ms', async () => {
    await using world = await openWorld({ scenario: scenarios.compare, route: 'trainings' });
    const types = 'rfdetr-nano\nrfdetr-small\nrfdetr-medium';
    const step = await world.main({ 'model-type': types, ...BUDGET });
    expect(step.given.outcome).toBe('passed');
    expect(JSON.parse(step.given.picks ?? '')).toMatchObject({ serverless: { modelType: 'rfdetr-small' } });
  });

  test('stands beside that of a search, and each is judged by its own', async () => {
    await using world = await openWorld({ scenario: brief('nas'), route: 'trainings' });
    const step = await world.main({
      'model-type': 'rfdetr-nano\nrfdetr-nas-parent',
      thresholds: 'latency@t4 <= 20 ms\nlatency@serverless <= 200 ms\neach: map50@serverless >= 10',
    });
    expect(step.given).toMatchObject({ outcome: 'passed' });
    expect(Object.keys(JSON.parse(step.given.picks ?? ''))).toContain('serverless');
  });

  test('of the baseline is that of its own version', async () => {
    await using world = await openWorld();
    const step = await world.main({ baseline: 'previous', thresholds: 'latency@serverless <= baseline + 5' });
    expect(step.given.outcome).toBe('passed');
    const asked = world.simulator.requests.filter(({ path }) => path.endsWith('/compare'));
    expect(new Set(asked.map(({ query }) => query.version))).toEqual(new Set(['6', '7']));
  });
});
