import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import type { Withheld } from '../../src/inputs/reader.ts';
import { brief } from '../flow/scenes.ts';
import { bodyOf, readRecipes, type Workflow } from './pages.ts';
import { openRecipeWorld, type RecipeWorld, runWorkflow, type StepRun } from './run-workflow.ts';
import { problemsOfResults } from './schema.ts';

/** How a workflow of the documentation is run. */
interface Way {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly scenario?: ScenarioName;
  /** From what GitHub withholds the secrets; from nothing unless told. */
  readonly withheldFrom?: Withheld;
  /** What else must hold. */
  readonly check?: (runs: readonly StepRun[]) => void;
  /** What has happened before. */
  readonly before?: (world: RecipeWorld) => Promise<unknown>;
}

/** A workflow, when it runs, the outcome of each of its steps, and how many trainings it starts. */
type Case = readonly [where: string, what: string, outcomes: readonly string[], starts: number, way?: Way];

const README = 'README.md, example 1';
const recipes = await readRecipes();

const trainOn7 = (world: RecipeWorld) =>
  world.run({ project: 'my-project', version: '7', 'model-type': 'rfdetr-nano' });

const team = bodyOf(recipe('docs/recipes/team.yml')).jobs.model?.with ?? {};
const cases: readonly Case[] = [
  [README, 'as it is', ['checked'], 0],
  [README, 'without the tick', ['passed'], 1, { inputs: { 'dry-run': false } }],
  ['push', 'on a push', ['passed'], 1],
  ['pull-request', 'the first time', ['passed'], 1],
  ['pull-request', 'on a further push', ['passed'], 1, { before: trainOn7 }],
  ['pull-request', 'with a model that falls short', ['failed'], 1, { scenario: 'fine-tune-short' }],
  ['accept-regression', 'without the label', ['failed'], 1, { scenario: 'fine-tune-short' }],
  ['rules-in-a-file', 'on a push', ['passed'], 1],
  ['rules-in-a-file', 'with a model that falls short', ['failed'], 1, { scenario: 'fine-tune-short' }],
  ['forks', 'on a pull request from a fork', ['skipped'], 0, { withheldFrom: 'fork' }],
  ['forks', 'with the secret', ['passed'], 1],
  ['nightly', 'at night', ['passed'], 1],
  ['promote', 'on its first night', ['passed'], 1],
  ['chat', 'at night', ['passed'], 1],
  ['search-and-deploy', 'by hand', ['passed'], 1, { scenario: 'nas', check: expectDeployMatrix }],
  ['gate-on-classes', 'by hand', ['passed'], 1],
  ['weights', 'by hand', ['passed'], 1, { check: expectStoredFile }],
  ['judge-only', 'with nothing to judge', ['undecided'], 0],
  ['judge-only', 'with a training of the newest version', ['passed'], 1, { before: trainOn7 }],
  ['model-gate', 'called by team.yml', ['passed'], 1, { inputs: team }],
  ['compare', 'at night', ['passed'], 3],
  ['choose-by-speed', 'by hand', ['passed'], 3, { scenario: 'compare', check: expectOneWithin60Ms }],
  ['choose-by-speed', 'with none that is good', ['failed'], 3, { scenario: 'fine-tune-short' }],
  ['model-types', 'by hand', ['passed', 'passed', 'passed'], 3],
  ['long-training', 'by hand', ['started', 'passed'], 1, { scenario: 'nas' }],
  ['gate-by-status', 'on a push', ['started'], 1],
  ['deploy-after-settling', 'on a push', ['started'], 1],
  ['enterprise', 'behind a proxy', ['passed'], 1],
];
const placeOf = (where: string) => (where === README ? README : `docs/recipes/${where}.yml`);

function recipe(where: string): Workflow {
  const found = recipes.find((each) => each.where === where);
  if (!found) throw new Error(`there is no workflow ${where}`);
  return found;
}

/** The matrix has an entry for each hardware of the recipe, with what its deploy job reads. */
function expectDeployMatrix([run]: readonly StepRun[]): void {
  const matrix: { readonly include: readonly object[] } = JSON.parse(
    run?.step.outputs.get('deploy-matrix') ?? '',
  );
  const { text } = recipe('docs/recipes/search-and-deploy.yml');
  const read = [...text.matchAll(/\bmatrix\.([\w-]+)/g)].map(([, name = '']) => name);
  expect(read).toContain('model-id');
  expect(matrix.include).toHaveLength(3);
  for (const entry of matrix.include) expect(Object.keys(entry)).toEqual(expect.arrayContaining(read));
}

/** The one entry of the matrix is the most accurate that is fast enough. */
function expectOneWithin60Ms([run]: readonly StepRun[]): void {
  const { include } = JSON.parse(run?.step.outputs.get('deploy-matrix') ?? '');
  expect(include).toEqual([
    expect.objectContaining({ hardware: 'serverless', 'model-type': 'rfdetr-small', 'map50-95': 64.9 }),
  ]);
  expect(include[0].latency).toBeLessThanOrEqual(60);
}

/** The artifact's and the statements' pattern fit the file that was stored. */
function expectStoredFile([run]: readonly StepRun[]): void {
  const stored: Record<string, { readonly file: string }> = JSON.parse(run?.step.given.weights ?? '');
  const [{ file } = { file: '' }] = Object.values(stored);
  expect(file).toMatch(/^weights\/[^/]+\.pt$/);
  expect(recipe('docs/recipes/weights.yml').text.match(/weights\/\*\.pt$/gm)).toHaveLength(3);
}

/** The scenario's project under the names that the documentation has. */
function worldOf({ scenario = 'fine-tune', withheldFrom }: Way): Promise<RecipeWorld> {
  const named = { ...brief(scenario), workspace: 'my-workspace', project: 'my-project' };
  return openRecipeWorld(named, withheldFrom);
}

const outcomesOf = (runs: readonly StepRun[]) => runs.map(({ step }) => step.outputs.get('outcome'));

describe('a workflow of the documentation, run as it stands', () => {
  it.for(cases)('%s, %s: %s', async ([where, , outcomes, starts, way = {}]) => {
    await using world = await worldOf(way);
    await way.before?.(world);
    const runs = await runWorkflow(recipe(placeOf(where)), world, way.inputs);
    expect(outcomesOf(runs), runs.flatMap(({ step }) => step.failures).join('\n')).toEqual(outcomes);
    expect(world.simulator.started()).toHaveLength(starts);
    way.check?.(runs);
    for (const { step } of runs)
      for (const [name, text] of step.files)
        if (name.endsWith('.json')) expect(problemsOfResults(text)).toEqual([]);
  });

  it('is every one of them that has a step of ours', () => {
    const run = new Set(cases.map(([where]) => placeOf(where)));
    const ours = recipes.filter(({ text }) => text.includes('/train-gate@')).map(({ where }) => where);
    expect(ours.filter((where) => !run.has(where))).toEqual([]);
  });
});

describe('what recipes hand on', () => {
  it('team.yml gives just what model-gate.yml asks for', () => {
    interface Callee {
      readonly on: { readonly workflow_call: { readonly inputs: object; readonly secrets: object } };
    }
    const callee: Callee = parse(recipe('docs/recipes/model-gate.yml').text);
    const { model }: { readonly model: { readonly with: object; readonly secrets: object } } = parse(
      recipe('docs/recipes/team.yml').text,
    ).jobs;
    const { inputs, secrets } = callee.on.workflow_call;
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(model.with)));
    expect(Object.keys(secrets)).toEqual(Object.keys(model.secrets));
  });
});
