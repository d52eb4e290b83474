import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { completeRecipe, requireKnownType } from '../../../src/roboflow/dataset/recipe.ts';
import type { InProject } from '../../../src/roboflow/http/api.ts';
import { rows } from '../../rows.ts';
import { simulateRoboflow } from '../simulated-roboflow.ts';

describe('a model type that the server does not know', () => {
  test('is told with the words of the server, which name those that it knows', async () => {
    await using roboflow = await simulateRoboflow();
    await expect(requireKnownType('rfdetr-naon', 7, roboflow.here)).rejects.toMatchObject({
      name: 'TrainGateError',
      message: 'Roboflow does not know the model-type "rfdetr-naon", so nothing was started',
      hint: expect.stringMatching(
        /^Set model-type to one that Roboflow can train for this project; did you mean "rfdetr-nano"\? Roboflow answered 404 .*No recipe for "rfdetr-naon"; valid: rfdetr-nano, /,
      ),
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

describe('a model type that is refused with a list', () => {
  const refusal = (status: number, body: unknown): Fault => ({
    route: 'recipe',
    do: { kind: 'status', status, body },
  });
  test.each(
    rows(`
    404 | {"error":{"message":"Unknown model type","validModelTypes":["rfdetr-nano","yolov11n"]}}
    404 | {"error":"Unknown model type","valid":["rfdetr-nano"]}
    404 | {"error":{"message":"No recipe","hint":"See the list"},"modelTypes":["yolov11n","rfdetr-nano"]}
    404 | {"error":{"message":"Unknown model type rfdetr-naon. Valid: rfdetr-nano, yolov11n."}}
    404 | {"message":"Unknown model type; valid types: 'rfdetr-nano' or 'yolov11n'"}
    404 | {"error":{"message":"Unknown; valid types: [rfdetr-nano]","hint":"Pick one: any"}}
    400 | {"error":{"message":"Unknown model type","validModelTypes":["rfdetr-nano","yolov11n"]}}
    422 | {"errors":["Unknown model type; valid: rfdetr-nano, yolov11n"]}
    `),
  )('is told, with the nearest of it: %s %s', async (status = '', body = '') => {
    const faults = [refusal(Number(status), JSON.parse(body))];
    for (const ask of [
      (here: InProject) => requireKnownType('rfdetr-naon', 7, here),
      (here: InProject) => completeRecipe({}, undefined, { version: 7, modelType: 'rfdetr-naon' }, here),
    ]) {
      await using roboflow = await simulateRoboflow({ faults });
      await expect(ask(roboflow.here)).rejects.toMatchObject({
        message: 'Roboflow does not know the model-type "rfdetr-naon", so nothing was started',
        hint: expect.stringMatching(
          /^Set model-type to one that Roboflow can train for this project; did you mean "rfdetr-nano"\? Roboflow answered \d+ .*rfdetr-nano/,
        ),
      });
    }
  });

  test.each(
    rows(`
    404 | {"error":"Not found: check the address"}
    404 | {"error":{"message":"Cannot GET /acme/hard-hats/7/v2/trainings/recipe"}}
    404 | {"error":{"message":"Unsupported get request: workspace does not exist, or permissions are missing","type":"GraphMethodException"}}
    404 | {"message":"No route; see: https://docs.roboflow.com, and the status page"}
    400 | {"error":{"message":"Cannot read properties of undefined (reading 'schema')"}}
    403 | {"error":{"message":"Not allowed","scopes":["version:read","project:read"]}}
    `),
  )('is something else: %s %s', async (status = '', body = '') => {
    const faults = [refusal(Number(status), JSON.parse(body))];
    await using roboflow = await simulateRoboflow({ faults });
    const asked = requireKnownType('rfdetr-naon', 7, roboflow.here);
    if (status === '400') await expect(asked).rejects.toThrow('Cannot read properties');
    else await expect(asked).resolves.toBeUndefined();
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
