import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { completeRecipe } from '../../../src/roboflow/dataset/recipe.ts';
import type { InProject } from '../../../src/roboflow/http/api.ts';
import { rows } from '../../rows.ts';
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
    expect(await completeRecipe({ ...recipe }, epochs, nano, roboflow.here)).toEqual({
      recipe: expected,
      unwise: [],
    });
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
    expect((await completeRecipe(recipe, undefined, nano, roboflow.here)).recipe).toEqual({
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
});

describe('the value of a hyperparameter', () => {
  const batch = (bounds: object): Fault => {
    const hyperparameters = [{ key: 'batch_size', type: 'number', ...bounds }, { key: 'epochs' }];
    const body = { modelType: 'rfdetr-nano', schema: { hyperparameters }, template: {} };
    return { route: 'recipe', do: { kind: 'json', body } };
  };
  const fitting = (value: unknown, here: InProject) =>
    completeRecipe({ hyperparameters: { batch_size: value } }, undefined, nano, here);
  const table = (text: string) => rows(text).map((cells) => cells.map((cell) => JSON.parse(cell)));

  test.each(
    table(`
    {"min":1,"max":64} | 65 | "1 to 64"
    {"min":1,"max":64} | 0.5 | "1 to 64"
    {"low":1,"high":64} | 65 | "1 to 64"
    [1,64] | -1 | "1 to 64"
    {"min":1} | 0 | "1 or more"
    {"max":64} | 65 | "64 or less"
    {"min":null,"max":64} | 65 | "64 or less"
    [8,16,32] | 12 | "8, 16, 32"
    [8] | 9 | "8"
    ["sgd","adam"] | "adma" | "sgd, adam"
    `),
  )('of which %j is valid is refused if it is %j', async (valid, value, says) => {
    await using roboflow = await simulateRoboflow({ faults: [batch({ valid })] });
    await expect(fitting(value, roboflow.here)).rejects.toThrow(
      `nothing was started: hyperparameter "batch_size" is ${JSON.stringify(value)}, and Roboflow takes ${says}.`,
    );
  });

  test.each(
    table(`
    {"min":1,"max":64} | 1
    {"min":1,"max":64} | 64
    [1,64] | 2.5
    {"min":1} | 1e9
    [8,16,32] | 16
    ["auto",null] | null
    {"min":1,"max":64} | "auto"
    {"min":64,"max":1} | 100
    [64,1] | 100
    {"at least":5} | 1
    "1..64" | 100
    [] | 100
    [[1,64],[128,256]] | 100
    null | 100
    `),
  )('of which %j is valid is taken if it is %j', async (valid, value) => {
    await using roboflow = await simulateRoboflow({ faults: [batch({ valid })] });
    expect((await fitting(value, roboflow.here)).unwise).toEqual([]);
  });

  test('is held against what is advised by a warning, once', async () => {
    const advice = { low: 4, high: 32, default: 8 };
    const faults = [batch({ valid: { min: 1, max: 64 }, advice })];
    await using roboflow = await simulateRoboflow({ faults });
    const recipe = JSON.stringify({ hyperparameters: { batch_size: 48 } });
    await roboflow.startOrAttach({ 'train-recipe': recipe, version: 'new' });
    expect(roboflow.log.filter((line) => line.includes('batch'))).toEqual([
      'train-recipe: hyperparameter "batch_size" is 48, and Roboflow advises 4 to 32.',
    ]);
  });

  test('is refused also of the epochs beside it', async () => {
    const hyperparameters = [{ key: 'epochs', valid: { min: 1, max: 300 } }];
    const body = { schema: { hyperparameters }, template: {} };
    const faults: Fault[] = [{ route: 'recipe', do: { kind: 'json', body } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(completeRecipe({}, 301, nano, roboflow.here)).rejects.toThrow(
      'hyperparameter "epochs" is 301, and Roboflow takes 1 to 300',
    );
    expect(roboflow.requestLines().filter((line) => line.startsWith('POST'))).toEqual([]);
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
