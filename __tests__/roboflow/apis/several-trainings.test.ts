import { describe, expect, test } from 'vitest';
import type { Scenario, SimulatedModel, TrainingIdentity } from '../../../simulator/scenario.ts';
import { day } from '../../../simulator/scenarios/base.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import {
  endedResults,
  hasAny,
  idsIn,
  readingNow,
  type StartedForTest,
  start,
} from '../results/read-results.ts';
import {
  fineTune,
  hour,
  minute,
  type SimulatedRoboflow,
  second,
  simulateRoboflow,
} from '../simulated-roboflow.ts';

/** Trainings that each have a model of their own, which only the models list shows with metrics. */
function eachWithItsModel(seeded: Scenario['seeded'] = []): Scenario {
  const results = (training: TrainingIdentity) => [modelOf(training)];
  return fineTune({ plan: { ...scenarios['fine-tune'].plan, shows: ['models'], results }, seeded });
}

function modelOf({ id, modelType }: TrainingIdentity): SimulatedModel {
  const url = `acme/m-${id}`;
  return { modelId: url, url, name: 'm', modelType, status: 'finished', metrics: { map50: 91 } };
}

/** Two trainings of one type, started one soon after the other, which have both ended. */
async function inParallel(
  roboflow: SimulatedRoboflow,
  route: 'jobs' | 'trainings',
  otherType?: string,
): Promise<readonly [StartedForTest, StartedForTest]> {
  const first = await start(roboflow, route);
  roboflow.clock.pass(5 * second);
  const other = await start(roboflow, route, otherType);
  roboflow.clock.pass(10 * hour);
  return [first, other];
}

describe('of two fine-tunes of one type that ran at the same time on a version', () => {
  test('each has its own models if only the list of trainings names them', async () => {
    const nameless = { status: 'finished', modelType: 'rfdetr-nano', modelGroup: null, models: [] };
    await using named = await simulateRoboflow({ scenario: eachWithItsModel() });
    const ids = (await inParallel(named, 'trainings')).map(({ training }) => training.id);
    const faults = ids.map((trainingId, index): Fault => {
      const body = { trainingId, ...nameless };
      return { route: 'poll', nth: [2 * index + 1, 2 * index + 2], do: { kind: 'json', body } };
    });
    await using roboflow = await simulateRoboflow({ scenario: eachWithItsModel(), faults });
    for (const started of await inParallel(roboflow, 'trainings'))
      expect(idsIn(await readingNow(roboflow, 'trainings', started))).toEqual([
        `acme/m-${started.training.id}`,
      ]);
  });

  test('neither is judged on the route jobs if only the models list has metrics', async () => {
    const empty: Fault = { route: 'results', do: { kind: 'json', body: { status: 'finished', models: [] } } };
    await using roboflow = await simulateRoboflow({ scenario: eachWithItsModel(), faults: [empty] });
    for (const started of await inParallel(roboflow, 'jobs'))
      expect((await readingNow(roboflow, 'jobs', started)).kind).toBe('not-yet');
  });
});

describe('of two trainings one after the other on a version', () => {
  test('the earlier one does not get what the later one has reached so far, on the route jobs', async () => {
    const models = [{ modelId: 'acme/m-later', metrics: { map50: 91 } }];
    const body = { status: 'training', modelType: 'rfdetr-nano', models };
    const faults: Fault[] = [{ route: 'results', do: { kind: 'json', body } }];
    await using roboflow = await simulateRoboflow({ scenario: eachWithItsModel(), faults });
    const first = await start(roboflow, 'jobs');
    roboflow.clock.pass(hour);
    await start(roboflow, 'jobs');
    roboflow.clock.pass(30 * minute);
    expect((await readingNow(roboflow, 'jobs', first)).kind).toBe('not-yet');
  });
});

describe('an older fine-tune of the same version and type', () => {
  const { plan } = eachWithItsModel();
  const older = { version: 7, modelType: 'rfdetr-nano', agoMs: 5 * day, plan };

  test.each(['jobs', 'trainings'] as const)(
    'is never judged in the place of a training without metrics: %s',
    async (route) => {
      const none = { ...plan, shows: [], results: () => [] };
      await using roboflow = await simulateRoboflow({ scenario: fineTune({ plan: none, seeded: [older] }) });
      expect(hasAny(await endedResults(roboflow, route))).toBe(false);
    },
  );

  test.each(['jobs', 'trainings'] as const)('does not hide the models of ours: %s', async (route) => {
    await using roboflow = await simulateRoboflow({ scenario: eachWithItsModel([older]) });
    const reading = await endedResults(roboflow, route);
    expect(idsIn(reading)).toEqual([`acme/m-${roboflow.simulator.started()[0]?.id}`]);
  });
});
