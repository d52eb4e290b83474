import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { isNoSuccess, passingOfEachKind } from './fault-table.ts';
import { expectNoKey } from './no-key.ts';
import { alreadyRunning, brief, endless, leftRunning } from './scenes.ts';
import { ROUTES } from './stages.ts';
import { openWorld } from './world.ts';

describe.each(ROUTES)('the timeout on the route $route', ({ route, id }) => {
  test('tells how long an earlier version took, if its version has one model and so says it', async () => {
    const scenario = endless();
    const versions = scenario.versions.map((version) => ({ ...version, kind: 'smpv' as const }));
    await using world = await openWorld({ scenario: { ...scenario, versions }, routes: route });
    const result = await world.main({ route, timeout: '2m' });
    expect(result.summaryText).toMatch(/ · version\s6 took 1\sh\s12\smin\n/);
  });

  test('is taken up again by a re-run, which starts nothing', async () => {
    await using world = await openWorld({
      scenario: brief('fine-tune', { trainMs: 600_000 }),
      routes: route,
    });
    const first = await world.main({ route, timeout: '2m' });
    expect(first.failures).toEqual([
      expect.stringContaining('While it runs, a re-run of this job attaches to it'),
    ]);
    const second = await world.main({ route, reuse: 'finished' });
    expect(second.exitCode).toBe(0);
    expect(second.given).toMatchObject({ outcome: 'passed', 'job-id': id });
    expect(world.simulator.started()).toHaveLength(1);
  });

  test('does not touch a training that was only attached to', async () => {
    await using world = await openWorld({ scenario: alreadyRunning(endless()), routes: route });
    const result = await world.main({ route, timeout: '2m', 'on-timeout': 'cancel' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(world.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe.each(ROUTES)('on-timeout on the route $route', ({ route }) => {
  // All faults on a cancel: flow/cleanup-faults.test.ts.
  test.for(passingOfEachKind.filter(isNoSuccess))(
    'cancels in spite of a fault: $name',
    async ({ action }) => {
      const faults: Fault[] = [{ route: 'cancel', nth: 1, do: action }];
      await using world = await openWorld({ scenario: endless(), routes: route, faults });
      const inputs = { route, timeout: '30s', 'on-timeout': 'cancel' };
      const result = await world.main(inputs);
      expect(result.exitCode).toBe(1);
      expect(result.outputs.get('outcome')).toBe('undecided');
      expect(leftRunning(world.simulator)).toEqual([]);
      expect(world.simulator.started()).toHaveLength(1);
      expectNoKey(world, result);
    },
  );
});
