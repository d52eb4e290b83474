import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { completeRecipe } from '../../../src/roboflow/dataset/recipe.ts';
import { simulateRoboflow } from '../simulated-roboflow.ts';

const template = {
  schema_version: 1,
  input: { width: 512, height: 512 },
  online_preprocessing: [],
  online_augmentation: { splits: ['train'], steps: [] },
  source_version: 7,
  hyperparameters: { epochs: 60, batch_size: 8, learning_rate: 0.0002, weight_decay: 0.0001 },
};

const nano = { version: 7, modelType: 'rfdetr-nano' };

describe('a recipe', () => {
  const of = (changes: object) => ({ hyperparameters: { ...template.hyperparameters, ...changes } });
  const flip = { steps: [{ name: 'flip' }] };
  const others = { online_preprocessing: [{ name: 'gray' }], online_augmentation: null };
  test.each<[name: string, recipe: object, epochs: number | undefined, changed: object]>([
    ['that is empty is the template', {}, undefined, {}],
    ['changes one hyperparameter', { hyperparameters: { batch_size: 4 } }, undefined, of({ batch_size: 4 })],
    ['gets the epochs', { hyperparameters: { batch_size: 4 } }, 25, of({ batch_size: 4, epochs: 25 })],
    ['without hyperparameters gets the epochs of the input', {}, 25, of({ epochs: 25 })],
    ['keeps epochs of its own', { hyperparameters: { epochs: 30 } }, undefined, of({ epochs: 30 })],
    [
      'keeps what it does not name of the augmentation',
      { online_augmentation: flip },
      undefined,
      { online_augmentation: { splits: ['train'], ...flip } },
    ],
    [
      'replaces lists and single values',
      { ...others, input: { width: 640 } },
      undefined,
      { ...others, input: { width: 640, height: 512 } },
    ],
  ])('%s', async (_, recipe, epochs, changed) => {
    const expected = { ...template, ...changed };
    await using roboflow = await simulateRoboflow();
    expect(await completeRecipe({ ...recipe }, epochs, nano, roboflow.here)).toEqual(expected);
    expect(roboflow.simulator.requests).toMatchObject([
      { path: '/acme/hard-hats/7/v2/trainings/recipe', query: { modelType: 'rfdetr-nano' } },
    ]);
  });

  const parts =
    'schema_version, input, online_preprocessing, online_augmentation, source_version, hyperparameters';
  const known = 'epochs, batch_size, learning_rate, weight_decay';
  const unknown = (name: string, hint = '') => `hyperparameter "${name}" is unknown (valid: ${known}${hint})`;
  const meant = (name: string) => `; did you mean "${name}"?`;
  test.each<[recipe: object, says: readonly string[]]>([
    [{ hyperparameters: { batchsize: 4 } }, [unknown('batchsize', meant('batch_size'))]],
    [
      { online_augmentations: {}, epochs: 5, hyperparameters: { constructor: 1 } },
      [
        `"online_augmentations" is unknown (valid: ${parts}${meant('online_augmentation')})`,
        `"epochs" is unknown (valid: ${parts})`,
        unknown('constructor'),
      ],
    ],
    [{ toString: {} }, [`"toString" is unknown (valid: ${parts})`]],
    [{ hyperparameters: [1] }, ['"hyperparameters" must be a JSON object']],
  ])('of %j is refused with all that is wrong', async (recipe, says) => {
    await using roboflow = await simulateRoboflow();
    await expect(completeRecipe({ ...recipe }, undefined, nano, roboflow.here)).rejects.toMatchObject({
      message: `The train-recipe does not fit rfdetr-nano, so nothing was started: ${says.join('; ')}.`,
    });
  });

  const poor = (keys: readonly string[]): Fault => {
    const body = {
      modelType: 'rfdetr-nano',
      schema: { hyperparameters: keys.map((key) => ({ key, type: 'integer' })) },
      template: { schema_version: 1, hyperparameters: {} },
    };
    return { route: 'recipe', do: { kind: 'json', body } };
  };

  test('may have any part that recipes have, also if the template leaves it out', async () => {
    await using roboflow = await simulateRoboflow({ faults: [poor(['epochs'])] });
    const recipe = { online_augmentation: { steps: [] }, input: {} };
    expect(await completeRecipe(recipe, undefined, nano, roboflow.here)).toEqual({
      schema_version: 1,
      online_augmentation: { steps: [] },
      input: {},
      hyperparameters: {},
    });
  });

  test('is refused beside epochs that would have no place', async () => {
    await using roboflow = await simulateRoboflow({ faults: [poor(['max_steps'])] });
    await expect(completeRecipe({}, 30, nano, roboflow.here)).rejects.toThrow(
      'epochs cannot be set, since it is none of its hyperparameters (max_steps), and beside a recipe no other epochs count',
    );
  });

  test('on a server without v2/trainings is refused before anything is generated or started', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'jobs' });
    const given = { 'train-recipe': '{}', version: 'new' };
    await expect(roboflow.startOrAttach(given)).rejects.toMatchObject({
      message: "train-recipe needs Roboflow's v2/trainings, and this server has none.",
      hint: 'Leave train-recipe out, or set api-url to a server that has it. Nothing was started.',
    });
    expect(roboflow.requestLines().filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('of a search knows no hyperparameter but its epochs', async () => {
    await using roboflow = await simulateRoboflow();
    const parent = { version: 7, modelType: 'rfdetr-nas-parent' };
    const recipe = completeRecipe({ hyperparameters: { batch_size: 4 } }, 150, parent, roboflow.here);
    await expect(recipe).rejects.toThrow('hyperparameter "batch_size" is unknown (valid: epochs)');
  });

  test('of a model type that Roboflow does not know is refused with the types that it knows', async () => {
    await using roboflow = await simulateRoboflow();
    const unknown = { version: 7, modelType: 'rfdetr-tiny' };
    await expect(completeRecipe({}, undefined, unknown, roboflow.here)).rejects.toThrow(
      'answered 400 "No recipe for "rfdetr-tiny"; valid: rfdetr-nano, rfdetr-small,',
    );
  });
});

describe('a training with a recipe', () => {
  test('goes through the trainings route, and says its epochs in the recipe alone', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'both' });
    const started = await roboflow.startOrAttach({
      'train-recipe': '{"hyperparameters": {"batch_size": 4}}',
      epochs: '25',
    });
    expect(started.reason).toBe('which this server has');
    const start = roboflow.simulator.requests.find(({ method }) => method === 'POST');
    const hyperparameters = { ...template.hyperparameters, batch_size: 4, epochs: 25 };
    expect(start?.body).toEqual({ modelType: 'rfdetr-nano', trainRecipe: { ...template, hyperparameters } });
    expect(roboflow.simulator.started()).toMatchObject([{ requested: { epochs: 25 } }]);
  });

  test('is not started if the recipe does not fit', async () => {
    await using roboflow = await simulateRoboflow();
    await expect(
      roboflow.startOrAttach({ 'train-recipe': '{"hyperparameters": {"batchsize": 4}}' }),
    ).rejects.toThrow('hyperparameter "batchsize" is unknown');
    expect(roboflow.simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});
