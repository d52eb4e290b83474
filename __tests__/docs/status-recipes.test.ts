import { describe, expect, test } from 'vitest';
import { brief } from '../flow/scenes.ts';
import { HEAD, openStatusWorld, type StatusWorld } from '../flow/status-world.ts';
import { isOurs, isSettle, readRecipes, stepsOf, type WorkflowStep } from './pages.ts';

const recipes = await readRecipes();
const MAIN = 'c'.repeat(40);

/** What the step of a recipe has under `with:`, but for the key, which is the simulator's. */
function given(name: string, is: (step: WorkflowStep) => boolean): Readonly<Record<string, string>> {
  const recipe = recipes.find(({ where }) => where === `docs/recipes/${name}.yml`);
  const step = recipe && stepsOf(recipe).find(is);
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

  test('deploy-after-settling.yml hands on what it deploys', async () => {
    await using world = await open();
    const push = { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '', GITHUB_SHA: MAIN };
    await world.start(given('deploy-after-settling', isOurs), push);
    world.clock.pass(60_000);
    const settled = await world.settle(given('deploy-after-settling', isSettle));
    const output = settled.outputs.get('settled') ?? '';
    // As the condition of the job has it.
    expect(output).toContain('"outcome":"passed"');
    expect(JSON.parse(output)).toMatchObject([
      { sha: MAIN, 'pull-request': null, outcome: 'passed', 'model-id': expect.any(String) },
    ]);
  });
});
