import { expect, test } from 'vitest';
import type { TrainingPlan } from '../../simulator/scenario.ts';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { standingOn } from './pending.ts';
import { brief } from './scenes.ts';
import { HEAD, openStatusWorld } from './status-world.ts';

const MINUTE_MS = 60_000;
const FINISHED = /: finished$/;
const EVALUATED = /: being evaluated$/;
const PASSED = /^success: Passed/;
/** The step of settle is red. */
const RED = /^pending: .*queued$/;

interface Options {
  readonly plan?: Partial<TrainingPlan>;
  readonly modelType?: string;
  readonly thresholds?: string;
  readonly hardware?: string;
  readonly faults?: readonly Fault[];
}
const CLASS = { thresholds: 'recall[helmet] >= 60' };
const LATE = { plan: { evaluation: { appearsAfterMs: 4 * MINUTE_MS } }, thresholds: 'f1[helmet] >= 50' };
const SEARCH = { modelType: 'rfdetr-nas-parent', thresholds: 'map50 >= 50' };
const DOWN: readonly Fault[] = [{ route: 'evals', nth: [1, 12], do: { kind: 'status', status: 503 } }];
const DENIED: readonly Fault[] = [{ route: 'evals', nth: 1, do: { kind: 'status', status: 403 } }];
const BASELINE = { thresholds: 'recall[helmet] >= baseline - 50', faults: DENIED };
const WARNING = { thresholds: 'map50 >= 80\nwarn: recall[helmet] >= 60' };

const SPEED = { thresholds: 'latency <= 60 ms' };
const BUDGET = { thresholds: 'map50 >= 80', hardware: 'serverless <= 60 ms' };
const SLOW: readonly Fault[] = [{ route: 'compare', nth: [1, 12], do: { kind: 'status', status: 503 } }];
const NOTHING: Fault = { route: 'compare', nth: [1, 99], do: { kind: 'json', body: {} } };
const UNTIMED = { ...SPEED, faults: [NOTHING] };

/** So many minutes after the end of the training: what the status says once settle has looked. */
type Looks = Readonly<Record<number, RegExp>>;

test.each<readonly [string, ScenarioName, Options, Looks]>([
  ['metrics that come a minute late', 'late-metrics', {}, { 0: FINISHED, 2: PASSED }],
  ['metrics that never come', 'no-metrics', {}, { 0: FINISHED, 29: FINISHED, 31: /^error: .*no metrics/ }],
  ['a model that is listed late', 'bundle-empty', {}, { 0: FINISHED, 3: PASSED }],
  ['models that may be better and come late', 'models-late', SEARCH, { 3: FINISHED, 34: PASSED }],
  ['an evaluation that comes late', 'evaluation-late', CLASS, { 0: FINISHED, 8: EVALUATED, 20: PASSED }],
  ['one beside results by class', 'fine-tune', LATE, { 0: FINISHED, 5: EVALUATED, 9: PASSED }],
  [
    'one that never appears',
    'evaluations-absent',
    CLASS,
    { 0: FINISHED, 29: FINISHED, 31: /^error: .*recall/ },
  ],
  [
    'one that never ends',
    'evaluation-running',
    CLASS,
    { 0: EVALUATED, 90: EVALUATED, 121: /^error: .*still being/ },
  ],
  ['one that failed', 'evaluation-failed', CLASS, { 0: EVALUATED, 5: FINISHED, 36: /^error: .*recall/ }],
  ['one that the key may not read', 'evaluation-refused', CLASS, { 0: RED, 500: RED }],
  ['one behind an outage', 'evaluation-late', { ...CLASS, faults: DOWN }, { 30: RED, 60: PASSED }],
  ["the baseline's, once refused", 'evaluation-late', BASELINE, { 30: RED, 60: PASSED }],
  ['one that only a warning needs', 'evaluations-absent', WARNING, { 0: PASSED }],
  ['a latency that comes late', 'evaluation-late', SPEED, { 0: FINISHED, 8: EVALUATED, 20: PASSED }],
  ['the same by a budget', 'evaluation-late', BUDGET, { 0: FINISHED, 8: EVALUATED, 20: PASSED }],
  ['a latency that never comes', 'evaluations-absent', SPEED, { 0: FINISHED, 31: /^error: .*latency/ }],
  [
    'one that the evaluation never brings',
    'fine-tune',
    UNTIMED,
    { 0: EVALUATED, 5: FINISHED, 36: /^error: .*latency/ },
  ],
  [
    'one of an evaluation that failed',
    'evaluation-failed',
    BUDGET,
    { 0: EVALUATED, 5: /^error: .*serverless/ },
  ],
  ['one behind an outage', 'fine-tune', { ...SPEED, faults: SLOW }, { 10: RED, 60: PASSED }],
])('settle waits for nothing: %s', async (_, scenario, options, looks) => {
  const { plan, modelType = 'rfdetr-nano', thresholds = 'map50 >= 80', hardware = '', faults = [] } = options;
  const whole = brief(scenario, plan);
  const routes = whole.routes === 'trainings' ? 'trainings' : 'both';
  await using world = await openStatusWorld({ scenario: whole, routes, roboflowFaults: faults });
  await world.start({ 'model-type': modelType });
  world.clock.pass(15_000);
  const endedMs = world.clock.now();
  for (const [minutes, expected] of Object.entries(looks)) {
    world.clock.pass(endedMs + Number(minutes) * MINUTE_MS - world.clock.now());
    const beganMs = world.clock.now();
    const step = await world.settle({ thresholds, hardware, baseline: 'previous', 'max-age': '2h' });
    const isRed = expected === RED;
    expect(step.failures).toEqual(isRed ? [expect.stringContaining('stays pending: ')] : []);
    expect(world.clock.now() - beganMs, 'its time').toBeLessThanOrEqual(isRed ? 2 * MINUTE_MS : 5_000);
    expect(standingOn(world, HEAD), `after ${minutes} minutes`).toMatch(expected);
  }
});
