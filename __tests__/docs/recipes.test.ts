import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import { brief } from '../flow/scenes.ts';
import { bodyOf, readRecipes, type Workflow } from './pages.ts';
import { openRecipeWorld, type RecipeWorld, runWorkflow, type StepRun } from './run-workflow.ts';
import { problemsOfResults } from './schema.ts';

/** One way to run a workflow of the documentation. */
interface Case {
  readonly where: string;
  readonly what: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly scenario?: ScenarioName;
  /** The outcome of each step, in order. */
  readonly outcomes: readonly string[];
  /** How many trainings the workflow starts. */
  readonly starts: number;
  /** Whether GitHub withholds the secrets; it does not unless told. */
  readonly withholdsSecrets?: boolean;
  /** What else must hold. */
  readonly check?: (runs: readonly StepRun[]) => void;
  /** What has happened before. */
  readonly before?: (world: RecipeWorld) => Promise<unknown>;
}

const README = 'README.md, example 1';
const recipes = await readRecipes();

const trainOn7 = (world: RecipeWorld) =>
  world.run({ project: 'my-project', version: '7', 'model-type': 'rfdetr-nano' });

const cases: readonly Case[] = [
  { where: README, what: 'as it is', outcomes: ['checked'], starts: 0 },
  { where: README, what: 'without the tick', inputs: { 'dry-run': false }, outcomes: ['passed'], starts: 1 },
  { where: 'docs/recipes/push.yml', what: 'on a push', outcomes: ['passed'], starts: 1 },
  { where: 'docs/recipes/pull-request.yml', what: 'the first time', outcomes: ['passed'], starts: 1 },
  {
    where: 'docs/recipes/pull-request.yml',
    what: 'on a further push',
    before: trainOn7,
    outcomes: ['passed'],
    starts: 1,
  },
  {
    where: 'docs/recipes/pull-request.yml',
    what: 'with a model that falls short',
    scenario: 'fine-tune-short',
    outcomes: ['failed'],
    starts: 1,
  },
  {
    where: 'docs/recipes/forks.yml',
    what: 'on a pull request from a fork',
    withholdsSecrets: true,
    outcomes: ['skipped'],
    starts: 0,
  },
  { where: 'docs/recipes/forks.yml', what: 'with the secret', outcomes: ['passed'], starts: 1 },
  { where: 'docs/recipes/nightly.yml', what: 'at night', outcomes: ['passed'], starts: 1 },
  {
    where: 'docs/recipes/search-and-deploy.yml',
    what: 'by hand',
    scenario: 'nas',
    outcomes: ['passed'],
    starts: 1,
    check: expectDeployMatrix,
  },
  { where: 'docs/recipes/gate-on-classes.yml', what: 'by hand', outcomes: ['passed'], starts: 1 },
  {
    where: 'docs/recipes/weights.yml',
    what: 'by hand',
    outcomes: ['passed'],
    starts: 1,
    check: expectStoredFile,
  },
  { where: 'docs/recipes/judge-only.yml', what: 'with nothing to judge', outcomes: ['undecided'], starts: 0 },
  {
    where: 'docs/recipes/judge-only.yml',
    what: 'with a training of the newest version',
    before: trainOn7,
    outcomes: ['passed'],
    starts: 1,
  },
  {
    where: 'docs/recipes/model-gate.yml',
    what: 'called by team.yml',
    inputs: bodyOf(recipe('docs/recipes/team.yml')).jobs.model?.with ?? {},
    outcomes: ['passed'],
    starts: 1,
  },
  { where: 'docs/recipes/compare.yml', what: 'at night', outcomes: ['passed'], starts: 3 },
  {
    where: 'docs/recipes/model-types.yml',
    what: 'by hand',
    outcomes: ['passed', 'passed', 'passed'],
    starts: 3,
  },
  {
    where: 'docs/recipes/long-training.yml',
    what: 'by hand',
    scenario: 'nas',
    outcomes: ['started', 'passed'],
    starts: 1,
  },
  { where: 'docs/recipes/gate-by-status.yml', what: 'on a push', outcomes: ['started'], starts: 1 },
  { where: 'docs/recipes/deploy-after-settling.yml', what: 'on a push', outcomes: ['started'], starts: 1 },
  { where: 'docs/recipes/enterprise.yml', what: 'behind a proxy', outcomes: ['passed'], starts: 1 },
];

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

/** The artifact's and the statement's pattern fit the file that was stored. */
function expectStoredFile([run]: readonly StepRun[]): void {
  const stored: Record<string, { readonly file: string }> = JSON.parse(run?.step.given.weights ?? '');
  const [{ file } = { file: '' }] = Object.values(stored);
  expect(file).toMatch(/^weights\/[^/]+\.pt$/);
  expect(recipe('docs/recipes/weights.yml').text.match(/weights\/\*\.pt$/gm)).toHaveLength(2);
}

/** The scenario's project under the names that the documentation has. */
function worldOf({ scenario = 'fine-tune', withholdsSecrets = false }: Case): Promise<RecipeWorld> {
  const named = { ...brief(scenario), workspace: 'my-workspace', project: 'my-project' };
  return openRecipeWorld(named, withholdsSecrets);
}

const outcomesOf = (runs: readonly StepRun[]) => runs.map(({ step }) => step.outputs.get('outcome'));

describe('a workflow of the documentation, run as it stands', () => {
  for (const each of cases)
    it(`${each.where}, ${each.what}: ${each.outcomes.join(', ')}`, async () => {
      await using world = await worldOf(each);
      await each.before?.(world);
      const runs = await runWorkflow(recipe(each.where), world, each.inputs);
      expect(outcomesOf(runs), runs.flatMap(({ step }) => step.failures).join('\n')).toEqual(each.outcomes);
      expect(world.simulator.started()).toHaveLength(each.starts);
      each.check?.(runs);
      for (const { step } of runs)
        for (const [name, text] of step.files)
          if (name.endsWith('.json')) expect(problemsOfResults(text)).toEqual([]);
    });

  it('is every one of them that has a step of ours', () => {
    const run = new Set(cases.map(({ where }) => where));
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
