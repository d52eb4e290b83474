import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { isNoSuccess, missing, passing, passingOfEachKind, unclear } from './fault-table.ts';
import { interrupt } from './interrupt.ts';
import { errorsOf, expectNoKey, runAgainst } from './run.ts';
import { alreadyRunning, brief, endless, leftRunning } from './scenes.ts';
import { ROUTES } from './stages.ts';

const SPEED = 300;
/** A clock on which the shortest deadline of a request is as long as in reality, half a minute. */
const REAL = 30;

const ON_THE_CANCEL = {
  jobs: [...passing, ...unclear, missing].filter(isNoSuccess),
  trainings: [...passingOfEachKind, missing].filter(isNoSuccess),
};

describe.each(ROUTES)('the timeout on the route $route', ({ route, id }) => {
  test.concurrent('leaves the run alone by default, and says how to take it up again', async () => {
    await using simulator = await startSimulator({ scenario: endless(), routes: route, speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { route, timeout: '2m' }, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ outcome: 'undecided', 'job-id': id });
    expect(errorsOf(result)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Undecided: training ${id} had not ended \\((training|running)\\) when the timeout of 2 min passed.* set job-id to ${id}\\. While it runs, a re-run of this job takes it up too\\.$`,
        ),
      ),
    ]);
    expect(leftRunning(simulator)).toHaveLength(1);
    const post = await runAgainst(simulator, { entry: 'post', state: result.state, speed: SPEED });
    expect(post.exitCode).toBe(0);
    expect(leftRunning(simulator)).toHaveLength(1);
  });

  test.concurrent('is taken up again by a re-run, which starts nothing', async () => {
    await using simulator = await startSimulator({
      scenario: brief('fine-tune', { trainMs: 600_000 }),
      routes: route,
      speed: SPEED,
    });
    const first = await runAgainst(simulator, { inputs: { route, timeout: '2m' }, speed: SPEED });
    expect(first.outputs.outcome).toBe('undecided');
    const second = await runAgainst(simulator, { inputs: { route, reuse: 'finished' }, speed: SPEED });
    expect(second.exitCode).toBe(0);
    expect(second.outputs).toMatchObject({ outcome: 'passed', 'job-id': id });
    expect(simulator.started()).toHaveLength(1);
  });

  test.concurrent('does not touch a run that was only attached to', async () => {
    await using simulator = await startSimulator({
      scenario: alreadyRunning(endless()),
      routes: route,
      speed: SPEED,
    });
    const result = await runAgainst(simulator, {
      inputs: { route, timeout: '2m', 'on-timeout': 'cancel' },
      speed: SPEED,
    });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe.each(ROUTES)('on-timeout on the route $route', ({ route, id }) => {
  test.concurrent('cancel cancels the run', async () => {
    await using simulator = await startSimulator({ scenario: endless(), routes: route, speed: SPEED });
    const inputs = { route, timeout: '2m', 'on-timeout': 'cancel' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(errorsOf(result)).toEqual([expect.stringContaining(`Training ${id} was cancelled.`)]);
    expect(simulator.started()[0]?.cancelledAtMs).toBeGreaterThan(0);
  });

  test.concurrent('stop stops the run, which keeps its weights', async () => {
    await using simulator = await startSimulator({ scenario: endless(), routes: route, speed: SPEED });
    const result = await runAgainst(simulator, {
      inputs: { route, timeout: '2m', 'on-timeout': 'stop' },
      speed: SPEED,
    });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(simulator.started()[0]?.stopRequestedAtMs).toBeGreaterThan(0);
    expect(simulator.started()[0]?.cancelledAtMs).toBeUndefined();
  });

  test.concurrent('says that a run goes on which is not cancelled without a refund', async () => {
    await using simulator = await startSimulator({
      scenario: endless({ queueMs: 0, refundWindowMs: -1 }),
      routes: route,
      speed: SPEED,
    });
    const inputs = { route, timeout: '2m', 'on-timeout': 'cancel' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(errorsOf(result)).toEqual([expect.stringContaining(`Training ${id} is still running`)]);
    expect(errorsOf(result)).toEqual([expect.stringContaining(`set job-id to ${id}`)]);
    expect(leftRunning(simulator)).toHaveLength(1);
  });

  test.concurrent.for(ON_THE_CANCEL[route])(
    'cancels in spite of a fault: $name',
    async ({ action, waits }) => {
      const speed = waits ? REAL : SPEED / 3;
      const faults: Fault[] = [{ route: 'cancel', nth: 1, do: action }];
      await using simulator = await startSimulator({ scenario: endless(), routes: route, speed, faults });
      const inputs = { route, timeout: '30s', 'on-timeout': 'cancel' };
      const result = await runAgainst(simulator, { inputs, speed });
      expect(result.exitCode).toBe(1);
      expect(result.outputs.outcome).toBe('undecided');
      expect(leftRunning(simulator)).toEqual([]);
      expect(simulator.started()).toHaveLength(1);
      expectNoKey(result, simulator);
    },
  );

  test.concurrent.for([400, 401, 403, 404, 500])(
    'says that the run goes on where every cancel gets %d',
    async (status) => {
      const faults: Fault[] = [{ route: 'cancel', do: { kind: 'status', status } }];
      await using simulator = await startSimulator({
        scenario: endless(),
        routes: route,
        speed: SPEED,
        faults,
      });
      const inputs = { route, timeout: '2m', 'on-timeout': 'cancel' };
      const result = await runAgainst(simulator, { inputs, speed: SPEED });
      expect(result.exitCode).toBe(1);
      expect(result.outputs.outcome).toBe('undecided');
      expect(errorsOf(result)).toEqual([expect.stringContaining('could not be ended and is still running')]);
      expect(leftRunning(simulator)).toHaveLength(1);
    },
  );

  test.concurrent.for(['SIGINT', 'SIGKILL'] as const)(
    'is made good for by the post step when %s comes in between',
    async (signal) => {
      const interruption = {
        scenario: endless(),
        routes: route,
        speed: SPEED,
        signal,
        at: (request: { readonly route: unknown }) => request.route === 'cancel',
        inputs: { route, timeout: '2m', 'on-timeout': 'cancel' },
        faults: [{ route: 'cancel', nth: 1, do: { kind: 'hang' } }] as const,
      };
      await interrupt(interruption, ({ main, post, simulator }) => {
        expect(main.exitCode).not.toBe(0);
        expect(post.exitCode).toBe(0);
        expect(leftRunning(simulator)).toEqual([]);
      });
    },
  );
});
