import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { requireKnownType } from '../../../src/roboflow/dataset/recipe.ts';
import { simulateRoboflow } from '../simulated-roboflow.ts';

describe('a model type that the server does not know', () => {
  test('is told with the words of the server, which name those that it knows', async () => {
    await using roboflow = await simulateRoboflow();
    await expect(requireKnownType('rfdetr-naon', 7, roboflow.here)).rejects.toMatchObject({
      name: 'TrainGateError',
      message: expect.stringMatching(
        /^Roboflow does not know the model-type "rfdetr-naon", so nothing was started: .* answered 400 .*No recipe for "rfdetr-naon"; valid: rfdetr-nano, /,
      ),
      hint: 'Set model-type to one that Roboflow can train for this project.',
    });
  });

  test('ends the step before anything is paid for, exported or waited for', async () => {
    await using roboflow = await simulateRoboflow();
    const startMs = roboflow.clock.now();
    const step = await roboflow.runStep({ 'model-type': 'rfdetr-naon' });
    expect(step.failures).toEqual([
      expect.stringContaining('Roboflow does not know the model-type "rfdetr-naon"'),
    ]);
    expect(roboflow.clock.now()).toBe(startMs);
    expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('a model type is taken', () => {
  test.each(['rfdetr-nano', 'yolov11s', 'rfdetr-nas-parent'])(
    'if the server knows it: %s',
    async (modelType) => {
      await using roboflow = await simulateRoboflow();
      await requireKnownType(modelType, 7, roboflow.here);
      expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats/7/v2/trainings/recipe']);
    },
  );

  test.each([401, 403, 404, 405, 501])(
    'if the server will not say whether it knows it: %d',
    async (status) => {
      const faults: Fault[] = [{ route: 'recipe', do: { kind: 'status', status } }];
      await using roboflow = await simulateRoboflow({ faults });
      await expect(requireKnownType('rfdetr-naon', 7, roboflow.here)).resolves.toBeUndefined();
    },
  );

  test('after an outage that passes', async () => {
    const faults: Fault[] = [{ route: 'recipe', nth: [1, 3], do: { kind: 'status', status: 502 } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(requireKnownType('rfdetr-nano', 7, roboflow.here)).resolves.toBeUndefined();
    expect(roboflow.requestLines()).toHaveLength(4);
  });
});
