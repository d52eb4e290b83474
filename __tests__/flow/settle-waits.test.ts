import { expect, test } from 'vitest';
import type { TrainingPlan } from '../../simulator/scenario.ts';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { standingOn } from './pending.ts';
import { brief } from './scenes.ts';
import { HEAD, openStatusWorld } from './status-world.ts';

const MINUTE_MS = 60_000;
const PLACE = ' (rfdetr-nano on version 7)';
const FINISHED = 'pending: rfdetr-nano on version 7: finished';
const EVALUATED = 'pending: rfdetr-nano on version 7: being evaluated';
const CLASSES = 'recall[helmet] >= 60';
const DOWN: Fault = { route: 'evals', nth: [1, 12], do: { kind: 'status', status: 503 } };

interface Row {
  readonly name: string;
  readonly scenario: ScenarioName;
  readonly plan?: Partial<TrainingPlan>;
  readonly modelType?: string;
  readonly thresholds?: string;
  readonly faults?: readonly Fault[];
  /** So many minutes after the end of the training: what the status says once settle has looked, and whether settle is red. */
  readonly looks: readonly (readonly [number, string | RegExp, 'red'?])[];
}

const rows: readonly Row[] = [
  {
    name: 'metrics that come a minute late',
    scenario: 'late-metrics',
    looks: [
      [0, FINISHED],
      [2, /^success: Passed/],
    ],
  },
  {
    name: 'metrics that never come',
    scenario: 'no-metrics',
    looks: [
      [0, FINISHED],
      [29, FINISHED],
      [31, /^error: Not judged: no metrics were reported/],
    ],
  },
  {
    name: 'a model that is listed late',
    scenario: 'bundle-empty',
    looks: [
      [0, FINISHED],
      [3, /^success: Passed/],
    ],
  },
  {
    name: 'models that are listed late, by which it might be another that is judged',
    scenario: 'models-late',
    modelType: 'rfdetr-nas-parent',
    thresholds: 'map50 >= 50',
    looks: [
      [3, 'pending: rfdetr-nas-parent on version 7: finished'],
      [34, /^success: Passed/],
    ],
  },
  {
    name: 'an evaluation that appears late, of a version that has results by class',
    scenario: 'fine-tune',
    plan: { evaluation: { appearsAfterMs: 4 * MINUTE_MS } },
    thresholds: 'f1[helmet] >= 50',
    looks: [
      [0, FINISHED],
      [5, EVALUATED],
      [9, /^success: Passed/],
    ],
  },
  {
    name: 'an evaluation that appears late',
    scenario: 'evaluation-late',
    thresholds: CLASSES,
    looks: [
      [0, FINISHED],
      [3, FINISHED],
      [8, EVALUATED],
      [20, /^success: Passed/],
    ],
  },
  {
    name: 'an evaluation that never appears',
    scenario: 'evaluations-absent',
    thresholds: CLASSES,
    looks: [
      [0, FINISHED],
      [29, FINISHED],
      [31, /^error: Not judged: recall of helmet was not reported/],
    ],
  },
  {
    name: 'an evaluation that never ends',
    scenario: 'evaluation-running',
    thresholds: CLASSES,
    looks: [
      [0, EVALUATED],
      [90, EVALUATED],
      [121, /^error: Not judged: recall of helmet is still being evaluated/],
    ],
  },
  {
    name: 'an evaluation that failed',
    scenario: 'evaluation-failed',
    thresholds: CLASSES,
    looks: [
      [0, EVALUATED],
      [5, FINISHED],
      [36, /^error: Not judged: recall of helmet/],
    ],
  },
  {
    name: 'an evaluation that the key may not read',
    scenario: 'evaluation-refused',
    thresholds: CLASSES,
    looks: [
      [0, /^pending/, 'red'],
      [500, /^pending/, 'red'],
    ],
  },
  {
    name: 'an evaluation behind an outage',
    scenario: 'evaluation-late',
    thresholds: CLASSES,
    faults: [DOWN],
    looks: [
      [30, /^pending/, 'red'],
      [60, /^success: Passed/],
    ],
  },
  {
    name: "the baseline's evaluation, which the key may not read for a while",
    scenario: 'evaluation-late',
    thresholds: 'recall[helmet] >= baseline - 50',
    faults: [{ route: 'evals', nth: 1, do: { kind: 'status', status: 403 } }],
    looks: [
      [30, /^pending/, 'red'],
      [60, /^success: Passed/],
    ],
  },
  {
    name: 'an evaluation that only a warning needs',
    scenario: 'evaluations-absent',
    thresholds: `map50 >= 80\nwarn: ${CLASSES}`,
    looks: [[0, /^success: Passed/]],
  },
];

test.each(rows)(
  'settle waits for nothing: $name',
  async ({ scenario, plan, modelType = 'rfdetr-nano', thresholds = 'map50 >= 80', faults = [], looks }) => {
    const whole = brief(scenario, plan);
    const routes = whole.routes === 'trainings' ? 'trainings' : 'both';
    await using world = await openStatusWorld({ scenario: whole, routes, roboflowFaults: faults });
    await world.start({ 'model-type': modelType });
    world.clock.pass(15_000);
    const endedMs = world.clock.now();
    for (const [minutes, expected, red] of looks) {
      world.clock.pass(endedMs + minutes * MINUTE_MS - world.clock.now());
      const beganMs = world.clock.now();
      const step = await world.settle({ thresholds, baseline: 'previous', 'max-age': '2h' });
      expect(step.failures).toEqual(red ? [expect.stringContaining('stays pending: ')] : []);
      expect(world.clock.now() - beganMs, 'how long it took').toBeLessThanOrEqual(
        red ? 2 * MINUTE_MS : 5_000,
      );
      const shown = standingOn(world, HEAD)?.replace(PLACE, '');
      if (typeof expected === 'string') expect(shown, `after ${minutes} minutes`).toBe(expected);
      else expect(shown, `after ${minutes} minutes`).toMatch(expected);
    }
  },
);
