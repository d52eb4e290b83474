import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import type { VirtualClock } from './clock.ts';
import { fewPassing, final, missing, passing, passingOfEachKind, unclear } from './fault-table.ts';
import { expectNoKey } from './no-key.ts';
import { brief } from './scenes.ts';
import { isMostTried, once, ROUTES, STAGES, type Stage } from './stages.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld } from './world.ts';

const PASSING = STAGES.flatMap((stage) =>
  (stage.stage === 'the start' ? passing : isMostTried(stage) ? passingOfEachKind : fewPassing).map(
    (fault) => ({ ...stage, ...fault }),
  ),
);
const FINAL = STAGES.flatMap((stage) =>
  final
    .filter(({ name }) => isMostTried(stage) || name === '401' || name === '409')
    .map((fault) => ({ ...stage, ...fault })),
);

type Scene = Pick<Stage, 'route' | 'inputs' | 'scenario'> & Partial<Pick<Stage, 'at'>>;

/** A fine-tune that passes when all goes well. */
function scene(route: Stage['route']): Scene {
  return { route, inputs: { route }, scenario: brief('fine-tune') };
}

const forbidden = { kind: 'status', status: 403 } as const;

/** Runs a scene, and checks what holds whatever goes wrong. */
async function run(
  { route, inputs, scenario, at }: Scene,
  faults: readonly Fault[],
): Promise<{ result: RecordingRunner; started: number }> {
  await using world = await openWorld({ scenario, routes: route, faults });
  const result = await world.main(inputs);
  expectNoKey(world, result);
  expect(result.outputs.get('outcome') === 'passed').toBe(result.exitCode === 0);
  if (at !== undefined) {
    const met = world.simulator.requests.filter(({ route: to }) => at.route === 'any' || to === at.route);
    expect(met.length, 'requests of the stage').toBeGreaterThanOrEqual(at.nth);
  }
  return { result, started: world.simulator.started().length };
}

function expectPassed({ result, started }: Awaited<ReturnType<typeof run>>): void {
  expect(result.failures).toEqual([]);
  expect(result.exitCode).toBe(0);
  expect(result.given).toMatchObject({ outcome: 'passed', map50: '84.2' });
  expect(started).toBe(1);
}

describe('a fault that passes', () => {
  test.for(PASSING)('changes nothing: $name on $stage, $route', async (row) => {
    expectPassed(await run(row, [once(row, row.action)]));
  });

  test.for(STAGES)('changes nothing when another follows it: $stage, $route', async (stage) => {
    const { route, nth } = stage.at;
    const faults: Fault[] = [
      { route, nth, do: { kind: 'status', status: 503 } },
      { route, nth: nth + 1, do: { kind: 'html', status: 502 } },
    ];
    expectPassed(await run(stage, faults));
  });
});

describe.each(ROUTES)('on the route $route a fault', ({ route, id, requestsToStart }) => {
  const fineTune = scene(route);

  test.for(unclear)('in the start makes no second training: $name', async (fault) => {
    // It would hit every further start too, each with effect.
    const ended = await run(fineTune, [{ route: 'start', do: fault.action }]);
    expectPassed(ended);
    expect(ended.result.outputs.get('job-id')).toBe(id);
  });

  const lagging = route === 'jobs' ? unclear : unclear.filter(({ action }) => action.kind === 'status');
  test.for(lagging.filter(({ waits }) => !waits))(
    'in the start makes no second training when the list lags behind: $name',
    async ({ action }) => {
      const faults: Fault[] = [
        { route: 'start', nth: 1, do: action },
        { route: 'list', do: { kind: 'lag', forMs: 50_000 } },
      ];
      expectPassed(await run(fineTune, faults));
    },
  );

  test('in the start makes no second training when a 429 and a reset follow each other', async () => {
    const faults: Fault[] = [
      { route: 'start', nth: 1, do: { kind: 'status', status: 429 } },
      { route: 'start', nth: 2, do: { kind: 'reset' } },
      { route: 'start', nth: 3, do: { kind: 'reset', effect: 'after' } },
      { route: 'list', nth: [4, 6], do: { kind: 'html', status: 502 } },
    ];
    expectPassed(await run(fineTune, faults));
  });

  test('may be answers that are late by some seconds', async () => {
    const onAnswer = (_: unknown, clock: VirtualClock) => clock.pass(5_000);
    await using world = await openWorld({ scenario: fineTune.scenario, routes: route, onAnswer });
    const result = await world.main({ route });
    expectPassed({ result, started: world.simulator.started().length });
  });

  test('of the key in mid-flight says how to attach to the training again', async () => {
    const afterStart = [requestsToStart + 1, 9_999] as const;
    const faults: Fault[] = [{ route: 'any', nth: afterStart, do: { kind: 'status', status: 401 } }];
    const { result, started } = await run(fineTune, faults);
    expect(result.exitCode).toBe(1);
    expect(result.given).toMatchObject({ outcome: 'undecided', 'job-id': id });
    expect(result.failures).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Not judged: Roboflow answered 401 .* To attach to it again, set job-id to ${id}\\. While it runs, a re-run of this job attaches to it too\\.$`,
        ),
      ),
    ]);
    expect(started).toBe(1);
  });
});

describe('a refusal for good', () => {
  test.for(FINAL)('ends undecided at once: $name on $stage, $route', async (row) => {
    const { result, started } = await run(row, [once(row, row.action)]);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toHaveLength(1);
    expect(started).toBe(row.begun);
  });

  /** What the project's list of versions, the first list or the start has shown. */
  const wasThere = ({ begun, stage }: Stage) => begun === 1 || stage === 'the version';

  test.for(STAGES.filter(wasThere))(
    'is not what a 404 means of a thing that was there before: $stage, $route',
    async (stage) => {
      expectPassed(await run(stage, [once(stage, missing.action)]));
    },
  );

  /** A 404 there is no end, or one with words of its own. */
  const OTHERS = ['the choice of the route', 'the project'];

  test.for(STAGES.filter((stage) => !wasThere(stage) && !OTHERS.includes(stage.stage)))(
    'is what a 404 means of a thing that nobody has seen: $stage, $route',
    async (stage) => {
      const { result, started } = await run(stage, [once(stage, missing.action)]);
      expect(result.exitCode).toBe(1);
      expect(result.outputs.get('outcome')).toBe('undecided');
      expect(result.failures).toEqual([expect.stringContaining('answered 404')]);
      expect(started).toBe(0);
    },
  );

  test('of a project that the workspace lists all the same does not suggest its own name', async () => {
    const { result } = await run(scene('jobs'), [{ route: 'project', nth: 1, do: missing.action }]);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([
      'Not judged: There is no project acme/hard-hats that the key may see. Workspace acme lists it all the same: re-run this job, or check that the key may read this project.',
    ]);
  });

  test('of the models list does not matter if the version has the metrics', async () => {
    const scenario = brief('fine-tune', { shows: ['models', 'version'] });
    const at = { route: 'models', nth: 1 } as const;
    expectPassed(await run({ ...scene('jobs'), scenario, at }, [{ route: 'models', do: forbidden }]));
  });
});
