import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { final, missing, type NamedFault, passing, passingOfEachKind, unclear } from './fault-table.ts';
import { errorsOf, expectNoKey, type RunResult, runAgainst } from './run.ts';
import { brief } from './scenes.ts';
import { forGood, isMostTried, once, ROUTES, STAGES, type Stage } from './stages.ts';

/** A clock on which the shortest deadline of a request, a second, is not long. */
const SLOW = 60;
const FAST = 300;

const PASSING = STAGES.flatMap((stage) =>
  (isMostTried(stage) ? passing : passingOfEachKind).map((fault) => ({ ...stage, ...fault })),
);
/** Where the results are refused, other places have the metrics. */
const RESULTS = STAGES.filter(({ stage }) => stage === 'the results');
const FINAL = STAGES.filter((stage) => !RESULTS.includes(stage)).flatMap((stage) =>
  final
    .filter(({ name }) => isMostTried(stage) || name === '401' || name === '409')
    .map((fault) => ({ ...stage, ...fault })),
);

type Scene = Pick<Stage, 'route' | 'inputs' | 'scenario'> & Partial<Pick<Stage, 'at'>>;

/** A fine-tune that passes when all goes well. */
function scene(route: Stage['route']): Scene {
  return { route, inputs: { route }, scenario: brief('fine-tune') };
}

/** Runs a scene, and checks what holds whatever goes wrong. */
async function run(
  { route, inputs, scenario, at }: Scene,
  faults: readonly Fault[],
  speed: number,
): Promise<{ result: RunResult; started: number }> {
  await using simulator = await startSimulator({ scenario, routes: route, speed, faults });
  const result = await runAgainst(simulator, { inputs, speed });
  expectNoKey(result, simulator);
  expect(result.outputs.outcome === 'passed').toBe(result.exitCode === 0);
  if (at !== undefined) {
    const met = simulator.requests.filter(({ route: to }) => at.route === 'any' || to === at.route);
    expect(met.length, 'requests of the stage').toBeGreaterThanOrEqual(at.nth);
  }
  return { result, started: simulator.started().length };
}

function expectPassed({ result, started }: Awaited<ReturnType<typeof run>>): void {
  expect(errorsOf(result)).toEqual([]);
  expect(result.exitCode).toBe(0);
  expect(result.outputs).toMatchObject({ outcome: 'passed', map50: '84.2' });
  expect(started).toBe(1);
}

function speedFor({ waits }: Pick<NamedFault, 'waits'>): number {
  return waits ? SLOW : FAST;
}

describe('a fault that passes', () => {
  test.concurrent.for(PASSING)('changes nothing: $name on $stage, $route', async (row) => {
    expectPassed(await run(row, [once(row, row.action)], speedFor(row)));
  });

  test.concurrent.for(STAGES)('changes nothing when another follows it: $stage, $route', async (stage) => {
    const { route, nth } = stage.at;
    const faults: Fault[] = [
      { route, nth, do: { kind: 'status', status: 503 } },
      { route, nth: nth + 1, do: { kind: 'html', status: 502 } },
    ];
    expectPassed(await run(stage, faults, FAST));
  });
});

describe.each(ROUTES)('on the route $route a fault', ({ route, id }) => {
  const fineTune = scene(route);

  test.concurrent.for(unclear)('in the start makes no second training: $name', async (fault) => {
    // It would hit every further start too, each with effect.
    const ended = await run(fineTune, [{ route: 'start', do: fault.action }], speedFor(fault));
    expectPassed(ended);
    expect(ended.result.outputs['job-id']).toBe(id);
  });

  const lagging = route === 'jobs' ? unclear : unclear.filter(({ action }) => action.kind === 'status');
  test.concurrent.for(lagging.filter(({ waits }) => !waits))(
    'in the start makes no second training when the list lags behind: $name',
    async ({ action }) => {
      const faults: Fault[] = [
        { route: 'start', nth: 1, do: action },
        { route: 'list', do: { kind: 'lag', requests: 5 } },
      ];
      expectPassed(await run(fineTune, faults, SLOW));
    },
  );

  test.concurrent('in the start makes no second training when a 429 and a reset follow each other', async () => {
    const faults: Fault[] = [
      { route: 'start', nth: 1, do: { kind: 'status', status: 429 } },
      { route: 'start', nth: 2, do: { kind: 'reset' } },
      { route: 'start', nth: 3, do: { kind: 'reset', effect: 'after' } },
      { route: 'list', nth: [2, 4], do: { kind: 'html', status: 502 } },
    ];
    expectPassed(await run(fineTune, faults, FAST));
  });

  test.concurrent('may be an answer with Retry-After as a date', async () => {
    const headers = { 'retry-after': new Date(Date.now() + 20_000).toUTCString() };
    const action = { kind: 'status', status: 429, headers } as const;
    const faults: Fault[] = [
      { route: 'list', nth: 1, do: action },
      { route: 'start', nth: 1, do: action },
      { route: 'poll', nth: 1, do: action },
    ];
    expectPassed(await run(fineTune, faults, FAST));
  });

  test.concurrent('may be answers that are late by some seconds', async () => {
    const faults = (['version', 'list', 'start', 'poll', 'results', 'models'] as const).map((stage) => ({
      route: stage,
      nth: 1,
      do: { kind: 'slow', delayMs: 90 } as const,
    }));
    expectPassed(await run(fineTune, faults, SLOW));
  });

  test.concurrent('may be a start whose answer comes after the deadline', async () => {
    expectPassed(await run(fineTune, [{ route: 'start', do: { kind: 'slow', delayMs: 1_500 } }], SLOW));
  });

  test.concurrent('of the key in mid-flight says how to take the run up again', async () => {
    // Root, version, list and start are answered; from the first look on nothing is.
    const faults: Fault[] = [{ route: 'any', nth: [5, 9_999], do: { kind: 'status', status: 401 } }];
    const { result, started } = await run(fineTune, faults, FAST);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ outcome: 'undecided', 'job-id': id });
    expect(errorsOf(result)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Undecided: Roboflow answered 401 .* To take it up again, set job-id to ${id}\\. While it runs, a re-run of this job takes it up too\\.$`,
        ),
      ),
    ]);
    expect(started).toBe(1);
  });
});

describe('a refusal for good', () => {
  test.concurrent.for(FINAL)('ends undecided at once: $name on $stage, $route', async (row) => {
    const { result, started } = await run(row, [once(row, row.action)], FAST);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(errorsOf(result)).toHaveLength(1);
    expect(started).toBe(row.begun);
  });

  test.concurrent.for(RESULTS.flatMap((stage) => final.map((fault) => ({ ...stage, ...fault }))))(
    'of the results leaves the metrics that stand elsewhere: $name, $route',
    async (row) => {
      expectPassed(await run(row, [forGood(row, row.action)], FAST));
    },
  );

  test.concurrent.for(STAGES.filter(({ begun }) => begun === 1))(
    'is not what a 404 means of a thing that was there before: $stage, $route',
    async (stage) => {
      expectPassed(await run(stage, [once(stage, missing.action)], FAST));
    },
  );

  test.concurrent.for(
    STAGES.filter(({ begun, stage }) => begun === 0 && stage !== 'the choice of the route'),
  )('is what a 404 means of a thing that nobody has seen: $stage, $route', async (stage) => {
    const { result, started } = await run(stage, [once(stage, missing.action)], FAST);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(errorsOf(result)).toEqual([expect.stringContaining('answered 404')]);
    expect(started).toBe(0);
  });

  test.concurrent('is not what a 404 means of the version that the API itself named as the latest', async () => {
    const latest = { ...scene('jobs'), inputs: { route: 'jobs', version: 'latest' } };
    expectPassed(await run(latest, [{ route: 'version', nth: 1, do: missing.action }], FAST));
  });
});
