import { describe, expect, test } from 'vitest';
import { brief } from '../flow/scenes.ts';
import { HEAD, openStatusWorld, type StatusWorld } from '../flow/status-world.ts';
import { isOurs, isSettle, readRecipes, stepsOf, type Workflow, type WorkflowStep } from './pages.ts';
import { runJobs } from './run-jobs.ts';
import { runScript } from './run-script.ts';

const recipes = await readRecipes();
const MAIN = 'c'.repeat(40);

function recipeNamed(name: string): Workflow {
  const recipe = recipes.find(({ where }) => where === `docs/recipes/${name}.yml`);
  if (recipe === undefined) throw new Error(`there is no ${name}`);
  return recipe;
}

/** What the step of a recipe has under `with:`, but for the key, which is the simulator's. */
function given(name: string, is: (step: WorkflowStep) => boolean): Readonly<Record<string, string>> {
  const step = stepsOf(recipeNamed(name)).find(is);
  if (step === undefined) throw new Error(`there is no such step in ${name}`);
  const { 'api-key': _, ...rest } = step.with ?? {};
  return Object.fromEntries(Object.entries(rest).map(([input, value]) => [input, String(value)]));
}

function open(): Promise<StatusWorld> {
  const scenario = { ...brief('fine-tune'), workspace: 'my-workspace', project: 'my-project' };
  return openStatusWorld({ scenario, branches: { main: [MAIN] } });
}

describe('recipes that go together', () => {
  test.each(['settle', 'settle-on-demand'])('gate-by-status.yml is judged by %s.yml', async (name) => {
    await using world = await open();
    const started = await world.start(given('gate-by-status', isOurs));
    expect(started.failures).toEqual([]);
    world.clock.pass(60_000);
    const settled = await world.settle(given(name, isSettle));
    expect(settled.failures).toEqual([]);
    expect(world.github.statuses.at(-1)).toMatchObject({
      sha: HEAD,
      context: 'model-quality',
      state: 'success',
    });
  });

  test('gate-by-status.yml and both that settle have the same rules, and comment', () => {
    const rules = (['settle', 'settle-on-demand'] as const).map((name) => given(name, isSettle));
    for (const { thresholds, comment } of [given('gate-by-status', isOurs), ...rules])
      expect({ thresholds, comment }).toEqual({ thresholds: rules[0]?.thresholds, comment: 'true' });
  });
});

/** An older commit on main, and a newer one. */
const [OLDER, NEWER] = [MAIN, 'd'.repeat(40)];

interface Release {
  /** On which of them GitHub refuses to have a verdict set in the first run. */
  readonly refused?: readonly string[];
  readonly isNewerLate?: boolean;
}

/** Two commits whose trainings pass, and what each of two runs of deploy-after-settling.yml on a schedule deploys. */
async function releases({ refused = [], isNewerLate = false }: Release) {
  const no = { kind: 'status', status: 403, message: 'Resource not accessible' } as const;
  let refusing: readonly string[] = [];
  await using world = await openStatusWorld({
    scenario: { ...brief('fine-tune'), workspace: 'my-workspace', project: 'my-project' },
    branches: { main: [NEWER, OLDER] },
    faultAt: ({ route, path }) =>
      route === 'create-status' && refusing.some((sha) => path.endsWith(sha)) ? no : undefined,
  });
  for (const sha of [OLDER, NEWER]) {
    const push = { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '', GITHUB_SHA: sha };
    const started = await world.start(given('deploy-after-settling', isOurs), push);
    expect(started.failures).toEqual([]);
    if (sha === OLDER || !isNewerLate) world.clock.pass(60_000);
  }
  const runs: string[][] = [];
  for (const refusedNow of [refused, []]) {
    refusing = refusedNow;
    runs.push(await deployedBy(world));
    world.clock.pass(60_000);
  }
  return runs;
}

async function deployedBy(world: StatusWorld): Promise<string[]> {
  const contexts = { github: { event_name: 'schedule', run_id: 1 }, secrets: {} };
  const deployed: string[] = [];
  await runJobs(recipeNamed('deploy-after-settling'), { contexts }, async (call) => {
    if (call.step.id === 'newest') return runScript(call, { url: world.github.url });
    if (call.step.name === 'Deploy') deployed.push(call.env.COMMIT === NEWER ? 'newer' : 'older');
    if (!isSettle(call.step)) return { conclusion: 'success', outputs: {} };
    const { 'api-key': _, ...inputs } = call.given;
    const step = await world.settle(inputs);
    return { conclusion: step.failures.length > 0 ? 'failure' : 'success', outputs: step.given };
  });
  return deployed;
}

describe('deploy-after-settling.yml deploys', () => {
  test.each<readonly [string, Release, first: readonly string[], second: readonly string[]]>([
    ['only the newest of two that passed', {}, ['newer'], []],
    ['the newer, and no older one that is settled after it', { refused: [OLDER] }, ['newer'], []],
    ['nothing while nothing can be settled, then the newest', { refused: [OLDER, NEWER] }, [], ['newer']],
    ['each when it has passed', { isNewerLate: true }, ['older'], ['newer']],
  ])('%s', async (_, release, first, second) => {
    expect(await releases(release)).toEqual([first, second]);
  });
});
