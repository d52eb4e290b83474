import { describe, expect, test } from 'vitest';
import { rows } from '../rows.ts';
import { type Given, givenIn, inputs, mistakes } from './given.ts';

/** The recipe that `given` comes to. */
function recipeOf(given: Given, files: Given = {}): unknown {
  const { training } = inputs(given, files);
  return training.kind === 'start' ? training.recipe : 'attached';
}

describe('a train-recipe', () => {
  const recipe = {
    hyperparameters: { batch_size: 4 },
    online_augmentation: { splits: ['train'], steps: [] },
  };
  const files: Given = {
    'recipes/fast.json': JSON.stringify(recipe),
    'list.json': '[1]',
    'text.json': '"epochs"',
    'broken.json': '{"hyperparameters": {',
    'empty.json': '',
    'odd.json': '{"hyperparameters": "fast"}',
    'sixty.json': '{"hyperparameters": {"epochs": 60}}',
    'marked.json': `\u{feff}${JSON.stringify(recipe)}\r\n`,
  };

  test('is read from the input itself', () => {
    expect(recipeOf({ 'train-recipe': `\n${JSON.stringify(recipe, null, 2)}\n` })).toEqual(recipe);
  });

  test.each([' recipes/fast.json ', 'marked.json'])('is read from a file of the workspace: %s', (name) => {
    expect(recipeOf({ 'train-recipe': name }, files)).toEqual(recipe);
  });

  test.each(['\u{feff}', '\u{200b}', '\u{a0}', '\u{2060}\n'])('is read with %j around it', (around) => {
    const text = JSON.stringify(recipe);
    expect(recipeOf({ 'train-recipe': `${around}${text}${around}` })).toEqual(recipe);
    expect(recipeOf({ 'train-recipe': `${around}recipes/fast.json${around}` }, files)).toEqual(recipe);
  });

  test('may be empty', () => {
    expect(recipeOf({ 'train-recipe': '{}' })).toEqual({});
  });

  const noObject = 'must be a JSON object, in braces';
  const oddHyperparameters = 'train-recipe: "hyperparameters" must be a JSON object, such as {"epochs": 50}';
  test.each(
    rows(`
    is no list | train-recipe: [1] | train-recipe: ${noObject}
    is no list in a file | train-recipe: list.json | train-recipe: "list.json" ${noObject}
    is no text in a file | train-recipe: text.json | train-recipe: "text.json" ${noObject}
    is no file that is not there | train-recipe: recipes/slow.json | train-recipe: "recipes/slow.json" is neither JSON nor a file that can be read: there is no such file
    has hyperparameters that are an object: not a text | train-recipe: odd.json | ${oddHyperparameters}
    has hyperparameters that are an object: not a list | train-recipe: {"hyperparameters": [{"epochs": 50}]} | ${oddHyperparameters}
    has hyperparameters that are an object: not null | train-recipe: {"hyperparameters": null} | ${oddHyperparameters}
    does not say other epochs than the input | train-recipe: sixty.json; epochs: 50 | epochs: "50" is not the same as the 60 epochs in train-recipe; leave one of them out
    does not say epochs in another form than the input | train-recipe: {"hyperparameters": {"epochs": "50"}}; epochs: 50 | epochs: "50" is not the same as the "50" epochs in train-recipe; leave one of them out
    `),
  )('%s', (_, given, expected) => {
    expect(mistakes(givenIn(given), files)).toEqual([expected]);
  });

  test.each(['broken.json', 'empty.json'])('is no JSON in %s, and that is said with the reason', (name) => {
    const [mistake, ...more] = mistakes({ 'train-recipe': name }, files);
    expect(mistake).toMatch(new RegExp(`^train-recipe: "${name}" is not JSON: .+`));
    expect(more).toEqual([]);
  });

  test.each(['{', '{hyperparameters: {}}', '[1'])('is not %s, which is no JSON', (text) => {
    const [mistake, ...more] = mistakes({ 'train-recipe': text });
    expect(mistake).toMatch(/^train-recipe: is not JSON: .+/);
    expect(more).toEqual([]);
  });

  test('may say the same epochs as the input', () => {
    expect(recipeOf({ 'train-recipe': 'sixty.json', epochs: '60' }, files)).toEqual({
      hyperparameters: { epochs: 60 },
    });
  });

  test.each(['auto', 'trainings'])('goes with the route %s', (route) => {
    expect(recipeOf({ 'train-recipe': '{}', route })).toEqual({});
  });

  test('does not count if a job is attached to, but its mistakes are told', () => {
    expect(recipeOf({ 'train-recipe': '{}', 'job-id': 'job_x1' })).toBe('attached');
    expect(mistakes({ 'train-recipe': '[]', 'job-id': 'job_x1' })).toEqual([
      'train-recipe: must be a JSON object, in braces',
    ]);
  });
});
