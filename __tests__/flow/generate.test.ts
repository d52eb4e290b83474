import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../simulator/scenario.ts';
import { defaultKey, type Fault } from '../../simulator/simulator.ts';
import { fewPassing, final, missing, passingOfEachKind, unclear } from './fault-table.ts';
import { expectFailedClosed, interrupt } from './interrupt.ts';
import { expectNoKey } from './no-key.ts';
import { brief } from './scenes.ts';
import { ROUTES } from './stages.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld } from './world.ts';

/** A new version is generated and exported in seconds, so that a test is over soon. */
const SCENARIO: Scenario = { ...brief('fine-tune'), generateMs: 12_000, exportMs: 12_000 };

interface Ended {
  readonly result: RecordingRunner;
  /** The versions that trainings were started on. */
  readonly trained: readonly number[];
  /** How many versions the project has at the end; it had four. */
  readonly versions: number;
}

async function run(
  faults: readonly Fault[],
  { scenario = SCENARIO, inputs = {} }: { scenario?: Scenario; inputs?: Record<string, string> } = {},
): Promise<Ended> {
  await using world = await openWorld({ scenario, faults });
  const result = await world.main({ version: 'new', ...inputs });
  expectNoKey(world, result);
  expect(result.outputs.get('outcome') === 'passed').toBe(result.exitCode === 0);
  const trained = world.simulator.started().map(({ version }) => version);
  return { result, trained, versions: await countVersions(world.simulator.url) };
}

async function countVersions(url: string): Promise<number> {
  const answer = await fetch(`${url}/acme/hard-hats`, { headers: { authorization: `Bearer ${defaultKey}` } });
  const [, count] = /"versions":(\d+),/.exec(await answer.text()) ?? [];
  return Number(count);
}

function expectOneVersion({ result, trained, versions }: Ended): void {
  expect(result.failures).toEqual([]);
  expect(result.given).toMatchObject({ outcome: 'passed', version: '8', map50: '84.2' });
  expect(trained).toEqual([8]);
  expect(versions).toBe(5);
}

describe('version: new', () => {
  test.for(ROUTES)('trains one new version, once it is generated and exported: $route', async ({ route }) => {
    const scenario = { ...SCENARIO, generateMs: 90_000, exportMs: 90_000 };
    await using world = await openWorld({ scenario, routes: route });
    const result = await world.main({ version: 'new' });
    expect(result.failures).toEqual([]);
    expect(result.given).toMatchObject({ outcome: 'passed', version: '8', map50: '84.2' });
    expect(result.stdout).toContain('Generating version 8.\n');
    expect(result.stdout).toContain('Waiting until version 8 is generated');
    expect(result.stdout).toContain('Waiting until version 8 is exported as coco');
    expect(world.simulator.started()).toMatchObject([{ version: 8, origin: route }]);
  });

  test.for([...passingOfEachKind, ...unclear])(
    'makes one version in spite of $name on generate',
    async (fault) => {
      expectOneVersion(await run([{ route: 'generate', nth: 1, do: fault.action }]));
    },
  );

  test.for(
    (['project', 'version', 'export'] as const).flatMap((at) =>
      fewPassing.map((fault) => ({ ...fault, at })),
    ),
  )('makes one version in spite of $name on $at', async ({ at, ...fault }) => {
    expectOneVersion(await run([{ route: at, nth: 1, do: fault.action }]));
  });

  test('makes one version if the search for it meets faults too', async () => {
    const faults: Fault[] = [
      { route: 'generate', nth: 1, do: { kind: 'reset', effect: 'after' } },
      { route: 'project', nth: [2, 3], do: { kind: 'html', status: 502 } },
    ];
    expectOneVersion(await run(faults));
  });

  test('outlives a 404 on the version that it has just made', async () => {
    expectOneVersion(await run([{ route: 'version', nth: [1, 2], do: missing.action }]));
  });

  test.for([...final, missing])('ends at once if generate is refused: $name', async ({ action }) => {
    const { result, trained, versions } = await run([{ route: 'generate', do: action }]);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([expect.stringMatching(/^Not judged: Roboflow answered 4\d\d /)]);
    expect(trained).toEqual([]);
    expect(versions).toBe(4);
  });

  test.for(fewPassing)('starts nothing if no generate is answered well: $name', async (fault) => {
    const { result, trained, versions } = await run([{ route: 'generate', do: fault.action }]);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([
      expect.stringMatching(
        /^Not judged: It is not clear whether a version was made: no new version shows\. The last answer was: /,
      ),
    ]);
    expect(trained).toEqual([]);
    expect(versions).toBe(4);
  });

  test('starts nothing if the timeout passes before the version is generated', async () => {
    const scenario = { ...SCENARIO, generateMs: 36_000_000 };
    const { result, trained } = await run([], { scenario, inputs: { timeout: '2m' } });
    expect(result.given).toMatchObject({ outcome: 'undecided', version: '8' });
    expect(result.failures).toEqual([
      expect.stringMatching(
        /^Not judged: The timeout passed before version 8 is generated .*; no training was started\. /,
      ),
    ]);
    expect(trained).toEqual([]);
  });

  test.for([
    { route: 'generate', signal: 'SIGTERM' },
    { route: 'generate', signal: 'SIGKILL' },
    { route: 'version', signal: 'SIGTERM' },
    { route: 'export', signal: 'SIGKILL' },
  ] as const)('leaves nothing for the post step if $signal comes in $route', async ({ route, signal }) => {
    const interruption = {
      scenario: SCENARIO,
      signal,
      at: (request: { readonly route: unknown }) => request.route === route,
      inputs: { version: 'new' },
      faults: [{ route, do: { kind: 'hang', effect: 'after' } }],
    } as const;
    await interrupt(interruption, (interrupted) => {
      expectFailedClosed(interrupted, signal);
      expect(interrupted.world.simulator.started()).toEqual([]);
      expect(interrupted.world.simulator.requests).toHaveLength(interrupted.askedByMain);
      expect(interrupted.post.warnings).toEqual([]);
      if (route === 'version')
        expect(interrupted.main.failures.join()).toContain('Version 8 was generated: set version to 8 to');
    });
  });
});
