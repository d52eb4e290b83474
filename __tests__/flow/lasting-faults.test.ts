import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { fewPassing, missing, passingOfEachKind } from './fault-table.ts';
import { expectNoKey } from './no-key.ts';
import { brief, endless } from './scenes.ts';
import { forGood, isMostTried, ROUTES, STAGES, type Stage } from './stages.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld } from './world.ts';

/** Read with the same patience as the looks of the wait. */
const READ_AFTER = ['the results', 'the models'];

/** What is final ends the step at once, whether it lasts or not, so it is not here again. */
const ROWS = STAGES.flatMap((stage) =>
  (isMostTried(stage) && !READ_AFTER.includes(stage.stage) ? passingOfEachKind : fewPassing)
    .concat(missing)
    .map((fault) => ({ ...stage, ...fault })),
).filter(({ name, stage, route }) => !(name === '404' && stage === 'the results' && route === 'jobs'));

type Scene = Pick<Stage, 'route' | 'inputs' | 'scenario'>;

async function run(
  { route, inputs, scenario }: Scene,
  faults: readonly Fault[],
): Promise<{ result: RecordingRunner; started: number }> {
  await using world = await openWorld({ scenario, routes: route, faults });
  const result = await world.main(inputs);
  expectNoKey(world, result);
  return { result, started: world.simulator.started().length };
}

describe('a fault that lasts', () => {
  test.for(ROWS)('ends undecided, never green: $name on $stage, $route', async (row) => {
    const { result, started } = await run(row, [forGood(row, row.action)]);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([expect.stringMatching(/^Not judged: /)]);
    expect(result.summaryText.split('\n')[0]).toMatch(/^## ⚠️ Not judged: /);
    expect(started).toBe(row.begun);
  });

  test('404 on the results by version is how a server says that it has none: the models list decides', async () => {
    const inputs = { route: 'jobs' };
    const faults: Fault[] = [{ route: 'results', do: missing.action }];
    const { result, started } = await run(
      { route: 'jobs', inputs, scenario: brief('fine-tune', { shows: ['models'] }) },
      faults,
    );
    expect(result.failures).toEqual([]);
    expect(result.given).toMatchObject({ outcome: 'passed', map50: '84.2' });
    expect(started).toBe(1);
  });
});

describe.each(ROUTES)('on the route $route a fault that lasts', ({ route, id }) => {
  const fineTune: Scene = { route, inputs: { route }, scenario: brief('fine-tune') };

  test('on everything but the start itself begins one training at most', async () => {
    const faults: Fault[] = [
      { route: 'start', do: { kind: 'reset', effect: 'after' } },
      { route: 'list', nth: [3, 9_999], do: { kind: 'status', status: 502 } },
    ];
    const { result, started } = await run(fineTune, faults);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(started).toBe(1);
  });

  test.for([
    { name: 'the first look', nth: 1 },
    { name: 'the wait', nth: 2 },
  ])('names the training and how to attach to it again: 500 from $name on', async ({ nth }) => {
    const faults: Fault[] = [{ route: 'poll', nth: [nth, 9_999], do: { kind: 'status', status: 500 } }];
    const { result } = await run({ ...fineTune, scenario: endless() }, faults);
    expect(result.given).toMatchObject({
      outcome: 'undecided',
      'job-id': id,
      url: 'https://app.roboflow.com/acme/hard-hats/7',
    });
    expect(result.failures).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Not judged: no good answer came from Roboflow for 15 min\\. .* set job-id to ${id}\\. While it runs, a re-run of this job attaches to it too\\.$`,
        ),
      ),
    ]);
  });

  test('from the first look on does not outlast the timeout, and on-timeout is done', async () => {
    const faults: Fault[] = [{ route: 'poll', do: { kind: 'status', status: 500 } }];
    const inputs = { route, timeout: '5m', 'on-timeout': 'cancel' };
    const { result } = await run({ route, inputs, scenario: endless() }, faults);
    expect(result.failures).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Not judged: .* the timeout of 5 min passed, and Roboflow had given no good answer since\\. .* Training ${id} was cancelled\\.$`,
        ),
      ),
    ]);
  });
});
