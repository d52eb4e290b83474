import { describe, expect, test } from 'vitest';
import type { SeededTraining, TrainingPlan } from '../../../simulator/scenario.ts';
import { fineTunePlan, goodMetrics, versionSpec } from '../../../simulator/scenarios/base.ts';
import {
  fineTune,
  hour,
  minute,
  type SimulatedRoboflow,
  simulateRoboflow,
} from '../../roboflow/simulated-roboflow.ts';

const only = { reuse: 'only', 'model-type': '' };
const nowhere = {
  hint: 'With "reuse: only" nothing is started. Check version and model-type, or start a training with another reuse.',
};

/** A training on version 7 of which nothing is in flight any more, unless it was started less than 72 minutes ago. */
function on7(agoMs: number, modelType = 'rfdetr-nano', changes: Partial<TrainingPlan> = {}): SeededTraining {
  return { version: 7, modelType, agoMs, plan: { ...fineTunePlan(goodMetrics), ...changes } };
}

const inFlight = on7(5 * minute);
const finished = on7(5 * hour);
const failed = { end: 'failed', endsAt: 0.1 } as const;
const cancelled = { end: 'cancelled', endsAt: 0.1 } as const;
const stopped = { end: 'stopped', endsAt: 0.1 } as const;

function withTrainings(...seeded: readonly SeededTraining[]): Promise<SimulatedRoboflow> {
  return simulateRoboflow({ scenario: fineTune({ seeded }) });
}

/** The ids of the trainings on a route, in the order in which they were seeded. */
function idsOf({ simulator }: SimulatedRoboflow, route: string): readonly string[] {
  return simulator.trainings.map(({ id, jobId }) => (route === 'jobs' ? jobId : id));
}

function changesIn({ simulator }: SimulatedRoboflow): readonly string[] {
  return simulator.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);
}

describe.each(['jobs', 'trainings'])('with reuse: only, on the route %s', (route) => {
  test.each<
    [name: string, seeded: readonly SeededTraining[], expected: number, more?: { readonly given?: object }]
  >([
    ['the only one, in flight', [inFlight], 0],
    ['the only one, which has ended', [finished], 0],
    ['one that was stopped, with its weights', [on7(5 * hour, 'rfdetr-nano', stopped)], 0],
    ['the newest in flight', [on7(30 * minute), inFlight], 1],
    [
      'one in flight before a newer one that has ended',
      [on7(60 * minute), on7(20 * minute, 'rfdetr-small', stopped), on7(10 * minute, 'rfdetr-nano', failed)],
      0,
    ],
    ['the newest that ended with a model', [on7(9 * hour), finished], 1],
    [
      'an older one with a model, if newer ones have none',
      [finished, on7(3 * hour, 'rfdetr-nano', failed), on7(2 * hour, 'rfdetr-nano', cancelled)],
      0,
    ],
    [
      'the one of the model type that is asked for',
      [finished, on7(3 * hour, 'rfdetr-small')],
      0,
      { given: { 'model-type': 'RFDETR-Nano' } },
    ],
    [
      'one of a size of the family that is asked for',
      [on7(3 * hour, 'yolov11n'), finished],
      0,
      { given: { 'model-type': 'yolo11' } },
    ],
    ['the newest of any type if none is asked for', [finished, on7(3 * hour, 'yolov11n')], 1],
    ['one on the latest version', [finished], 0, { given: { version: 'latest' } }],
  ])('%s is judged, and nothing is changed', async (_, seeded, expected, { given } = {}) => {
    await using roboflow = await withTrainings(...seeded);
    const id = idsOf(roboflow, route)[expected];
    const followed = await roboflow.startOrAttach({ ...only, route, ...given });
    expect(followed).toMatchObject({ origin: 'attached', request: undefined, training: { id, version: 7 } });
    expect(changesIn(roboflow)).toEqual([]);
    expect(roboflow.log).toContain(
      `Attached to training ${id} (${followed.training.status}): with "reuse: only" nothing is started.`,
    );
  });

  test('what was there while it was in flight is known, and after its end it is not', async () => {
    await using running = await withTrainings(finished, inFlight);
    expect((await running.startOrAttach({ ...only, route })).before?.trainings).toHaveLength(2);
    await using over = await withTrainings(finished);
    expect((await over.startOrAttach({ ...only, route })).before).toBeUndefined();
  });

  test('one in flight is waited for and judged', async () => {
    await using roboflow = await withTrainings(inFlight);
    const step = await roboflow.runStep({ ...only, route, thresholds: 'map50 >= 80' });
    expect(step.failures).toEqual([]);
    expect(step.given).toMatchObject({ outcome: 'passed', map50: '84.2', version: '7' });
    expect(changesIn(roboflow)).toEqual([]);
  });

  test('none on the version is told', async () => {
    await using roboflow = await withTrainings({ ...finished, version: 6 });
    await expect(roboflow.startOrAttach({ ...only, route })).rejects.toMatchObject({
      message: 'There is no training to judge on version 7: it has no trainings.',
      ...nowhere,
    });
    expect(changesIn(roboflow)).toEqual([]);
  });

  test('none that can be judged is told with those that are there, newest first', async () => {
    await using roboflow = await withTrainings(
      on7(9 * hour, 'rfdetr-nano', failed),
      on7(5 * hour, 'rfdetr-small'),
      on7(3 * hour, 'rfdetr-nano', cancelled),
    );
    const [first, second, third] = idsOf(roboflow, route);
    const word = route === 'jobs' ? 'complete' : 'finished';
    await expect(
      roboflow.startOrAttach({ ...only, route, 'model-type': 'rfdetr-nano' }),
    ).rejects.toMatchObject({
      message: `There is no training of rfdetr-nano to judge on version 7: it has ${third} (rfdetr-nano, cancelled), ${second} (rfdetr-small, ${word}), ${first} (rfdetr-nano, failed).`,
      ...nowhere,
    });
  });

  test('one of a type that only a look tells is looked at', async () => {
    const untyped = on7(5 * minute, 'yolov11n', { odd: { listedWithoutType: true } });
    await using roboflow = await withTrainings(untyped);
    const [id] = idsOf(roboflow, route);
    const given = { ...only, route, 'model-type': 'yolov11n' };
    expect(await roboflow.startOrAttach(given)).toMatchObject({ training: { id, modelType: 'yolov11n' } });
    await expect(roboflow.startOrAttach({ ...given, 'model-type': 'rfdetr-nano' })).rejects.toThrow(
      `it has ${id} (yolov11n, `,
    );
  });
});

test.each(['7', 'latest'])('with reuse: only, a project without versions is told: %s', async (version) => {
  await using roboflow = await simulateRoboflow({ scenario: fineTune({ versions: [], seeded: [] }) });
  await expect(roboflow.startOrAttach({ ...only, version })).rejects.toThrow('has no dataset version yet');
});

test('with reuse: only, a version is judged that could not be trained on', async () => {
  const versions = [versionSpec(7, { exports: [], images: 0 })];
  await using roboflow = await simulateRoboflow({ scenario: fineTune({ versions, seeded: [finished] }) });
  const step = await roboflow.runStep({ ...only, thresholds: 'map50 >= 80' });
  expect(step.given).toMatchObject({ outcome: 'passed', map50: '84.2' });
});
