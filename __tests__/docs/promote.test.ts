import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fineTunePlan } from '../../simulator/scenarios/base.ts';
import { defaultKey } from '../../simulator/simulator.ts';
import { brief } from '../flow/scenes.ts';
import { rows } from '../rows.ts';
import { isOurs, readRecipes } from './pages.ts';
import { runJobs, type StepCall, type StepEnd } from './run-jobs.ts';
import { runScript } from './run-script.ts';
import { contextsOf, openRecipeWorld, type RecipeWorld } from './run-workflow.ts';
import { serving } from './serving.ts';

const HOUR_MS = 3_600_000;
const recipes = await readRecipes();
const [promote] = recipes.filter(({ where }) => where === 'docs/recipes/promote.yml');

/** An artifact as GitHub lists it, and its one file. */
interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly expired: boolean;
  readonly workflow_run: Readonly<Record<string, unknown>> | null;
  readonly file: string;
}

const artifact = (id: number, file: string, run: object = {}, expired = false): Artifact => {
  const own = { id: 1000 + id, head_branch: 'main', head_repository_id: 1, repository_id: 1 };
  return { id, name: 'production', expired, workflow_run: { ...own, ...run }, file };
};

/** Roboflow and GitHub over several nights: versions come, and runs of promote.yml with what they deploy and store. */
class Nights {
  readonly deployed: string[] = [];
  readonly artifacts: Artifact[] = [];
  isGithubDown = false;
  readonly #world: RecipeWorld;
  #runs = 0;

  constructor(world: RecipeWorld) {
    this.#world = world;
  }

  /** A person generates a version, which is there some minutes later. */
  async version(): Promise<void> {
    const { simulator, clock } = this.#world;
    const answer = await fetch(`${simulator.url}/my-workspace/my-project/generate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${defaultKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ preprocessing: {}, augmentation: {} }),
    });
    expect(answer.ok).toBe(true);
    clock.pass(HOUR_MS);
  }

  /** The workflow on a fresh runner; how its job ends. */
  async run(deployFails = false): Promise<string | undefined> {
    const { workspace } = this.#world;
    await rm(workspace, { recursive: true });
    await mkdir(workspace);
    this.#runs += 1;
    const listed = { total_count: this.artifacts.length, artifacts: this.artifacts };
    const answers = this.isGithubDown ? {} : { 'GET /repos/acme/site-safety/actions/artifacts': listed };
    await using github = await serving(answers);
    const inWorkspace = (file: string) => path.join(workspace, file);
    const hashFiles = (file: string) => (existsSync(inWorkspace(file)) ? 'a1b2' : '');
    if (promote === undefined) throw new Error('there is no promote.yml');
    const done = await runJobs(promote, { contexts: contextsOf(promote), hashFiles }, (call) =>
      this.#perform(call, github.url, deployFails),
    );
    return done.promote;
  }

  async #perform(call: StepCall, url: string, deployFails: boolean): Promise<StepEnd> {
    const { workspace } = this.#world;
    const { step, given, env } = call;
    const done: StepEnd = { conclusion: 'success', outputs: {} };
    if (isOurs(step)) return this.#judge(given);
    if (given.script !== undefined) return runScript(call, { url, workspace });
    if (step.uses?.startsWith('actions/download-artifact@')) {
      const stored = this.artifacts.find(({ workflow_run: run }) => String(run?.id) === given['run-id']);
      await mkdir(path.join(workspace, given.path ?? ''));
      await writeFile(path.join(workspace, given.path ?? '', 'results.json'), stored?.file ?? '');
    } else if (step.uses?.startsWith('actions/upload-artifact@')) {
      const file = await readFile(path.join(workspace, given.path ?? ''), 'utf8');
      this.artifacts.push(artifact(this.#runs, file));
    } else {
      if (deployFails) return { conclusion: 'failure', outputs: {} };
      const ran = spawnSync('sh', ['-ec', step.run ?? ''], {
        cwd: workspace,
        env: { ...process.env, ...env },
      });
      expect(String(ran.stderr)).toBe('');
      this.deployed.push(/-(\d+)-/.exec(env.MODEL_ID ?? '')?.[1] ?? '');
    }
    return done;
  }

  async #judge(given: Readonly<Record<string, string>>): Promise<StepEnd> {
    const runner = await this.#world.run(given);
    const file = path.join(this.#world.workspace, 'kept-results.json');
    await writeFile(file, runner.files.get('results.json') ?? '');
    const outputs = { ...runner.given, 'results-file': file };
    return { conclusion: runner.failures.length > 0 ? 'failure' : 'success', outputs };
  }
}

/** mAP50-95 of each version's training; the training of version 12 takes longer than the runner is given. */
const REACHED: Readonly<Record<number, number>> = { 7: 61.7, 8: 64, 9: 62, 10: 64.3, 11: 66, 12: 68, 13: 79 };
const plan = fineTunePlan(null);
const trains = (version: number) => ({
  ...brief('fine-tune').plan,
  trainMs: version === 12 ? 7 * HOUR_MS : HOUR_MS,
  results: (training: Parameters<typeof plan.results>[0]) => {
    const map5095 = REACHED[training.version] ?? 0;
    const metrics = { map50: map5095 + 20, map5095, precision: 88, recall: 80 };
    return fineTunePlan(metrics).results(training);
  },
});

async function openNights() {
  const brought = { newest: 7, isFailing: false };
  const scenario = {
    ...brief('fine-tune'),
    workspace: 'my-workspace',
    project: 'my-project',
    get plan() {
      return { ...trains(brought.newest), ...(brought.isFailing && { end: 'failed' as const }) };
    },
  };
  const world = await openRecipeWorld(scenario);
  return {
    world,
    brought,
    nights: new Nights(world),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

test('ten nights are green or red as a person would wish, deploy what is better, and pay for each version once', async () => {
  await using story = await openNights();
  const { world, nights, brought } = story;
  const seen: string[][] = [];
  const table = rows(`
    1: there is no production yet | success | 7 | 1
    2: nothing is new | success | 7 | 1
    3: version 8 is better | success | 7 8 | 2
    4: version 9 is worse | failure | 7 8 | 3
    5: nothing is new | failure | 7 8 | 3
    6: version 10 is better by less than the margin | failure | 7 8 | 4
    7: version 11 is better, and its deployment fails | failure | 7 8 | 5
    8: nothing is new | success | 7 8 11 | 5
    9: version 12 trains for longer than a runner may wait | failure | 7 8 11 | 6
    10: it has ended meanwhile, and is better | success | 7 8 11 12 | 6
  `);
  for (const [what = ''] of table) {
    const version = /version (\d+)/.exec(what)?.[1];
    if (version !== undefined) {
      await nights.version();
      brought.newest = Number(version);
    }
    const result = await nights.run(what.includes('deployment fails'));
    seen.push([what, result ?? '', nights.deployed.join(' '), String(world.simulator.started().length)]);
    world.clock.pass(12 * HOUR_MS);
  }
  expect(seen).toEqual(table);
});

test('a training that has failed on Roboflow is started again the next night', async () => {
  await using story = await openNights();
  story.brought.isFailing = true;
  expect(await story.nights.run()).toBe('failure');
  story.brought.isFailing = false;
  expect(await story.nights.run()).toBe('success');
  expect(story.nights.deployed).toEqual(['7']);
  expect(story.world.simulator.started()).toHaveLength(2);
});

describe('production', () => {
  test.each<readonly [string, readonly Artifact[], readonly string[]]>([
    ['is what another branch says of it', [artifact(9, '{}', { head_branch: 'feature' })], ['7']],
    ['is what a fork says of it', [artifact(9, '{}', { head_repository_id: 2 })], ['7']],
    ['is an artifact that has expired', [artifact(9, '{}', {}, true)], ['7']],
  ])('is none if it %s', async (_, artifacts, deployed) => {
    await using story = await openNights();
    story.nights.artifacts.push(...artifacts);
    expect(await story.nights.run()).toBe('success');
    expect(story.nights.deployed).toEqual(deployed);
  });

  test.each(['', '{}', '{"schemaVersion":1', 'null'])(
    'that cannot be read is red and pays nothing: %j',
    async (file) => {
      await using story = await openNights();
      story.nights.artifacts.push(artifact(9, file));
      expect(await story.nights.run()).toBe('failure');
      expect(story.nights.deployed).toEqual([]);
      expect(story.world.simulator.started()).toEqual([]);
    },
  );

  test('that GitHub does not tell is red and pays nothing', async () => {
    await using story = await openNights();
    story.nights.isGithubDown = true;
    expect(await story.nights.run()).toBe('failure');
    expect(story.world.simulator.started()).toEqual([]);
  });

  test('is kept every night, so that it never expires', async () => {
    await using story = await openNights();
    for (let night = 0; night < 3; night += 1) await story.nights.run();
    const [first, ...others] = story.nights.artifacts.map(({ file }) => file);
    expect(others).toEqual([first, first]);
  });
});
