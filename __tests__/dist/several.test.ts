import { describe, expect, test } from 'vitest';
import { nth } from '../flow/interrupt.ts';
import { leftRunning } from '../flow/scenes.ts';
import { REACHED, severalTypes, THREE } from '../flow/several-world.ts';
import { expectFailedClosed, interrupt } from './interrupt.ts';
import { expectNoKey, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

const hour = 3_600_000;

describe('several model types on dist', () => {
  test.concurrent('are trained side by side and compared', async () => {
    await using simulator = await startTimed({ scenario: severalTypes(), routes: 'trainings' });
    const result = await runAgainst(simulator, { inputs: { 'model-type': THREE } });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ outcome: 'passed', 'model-type': 'rfdetr-nano' });
    expect(JSON.parse(result.outputs.runs ?? '')).toMatchObject([
      { outcome: 'passed' },
      { outcome: 'failed' },
      { outcome: 'passed' },
    ]);
    expect(simulator.started().map(({ modelType }) => modelType)).toEqual(Object.keys(REACHED));
    expectNoKey(result, simulator);
  });

  test.concurrent.each([
    { budget: 'serverless <= 60 ms', outcome: 'passed', exitCode: 0, types: ['rfdetr-small'] },
    { budget: 'serverless <= 9 ms', outcome: 'failed', exitCode: 1, types: [] },
  ])('hand on the most accurate within $budget', async ({ budget, outcome, exitCode, types }) => {
    const scenario = severalTypes({ ...REACHED, 'rfdetr-large': { map50: 90, map5095: 70 } });
    await using simulator = await startTimed({ scenario, routes: 'trainings' });
    const sizes = 'rfdetr-nano\nrfdetr-small\nrfdetr-large';
    const inputs = { 'model-type': sizes, hardware: budget, thresholds: '' };
    const result = await runAgainst(simulator, { inputs });
    expect(result).toMatchObject({ exitCode, outputs: { outcome } });
    const { include } = JSON.parse(result.outputs['deploy-matrix'] ?? '');
    expect(include.map((entry: Record<string, string>) => entry['model-type'])).toEqual(types);
  });

  /** Trainings that no test outlasts. `flow/told.test.ts` has all moments. */
  const scenario = severalTypes(REACHED, { trainMs: 500 * hour, refundWindowMs: 500 * hour });

  test.concurrent.for([
    { moment: 'the wait', signal: 'SIGKILL', at: ['poll', 7], inputs: {}, faults: [] },
    {
      moment: 'the end of the second after the timeout',
      signal: 'SIGTERM',
      at: ['cancel', 2],
      inputs: { timeout: '3m', 'on-timeout': 'cancel' },
      faults: [
        { route: 'cancel', nth: 1, do: { kind: 'status', status: 403 } },
        { route: 'cancel', nth: 2, do: { kind: 'hang' } },
      ],
    },
  ] as const)(
    'are all ended by the post step, which names each: $signal in $moment',
    async ({ signal, at, inputs, faults }) => {
      const base = {
        scenario,
        routes: 'trainings',
        inputs: { 'model-type': THREE, ...inputs },
        faults,
      } as const;
      await interrupt({ ...base, signal, at: nth(at[0], at[1]) }, (interrupted) => {
        expectFailedClosed(interrupted, signal);
        const { main, post, simulator } = interrupted;
        const ids = simulator.started().map(({ id }) => id);
        expect(ids).toHaveLength(3);
        expect(leftRunning(simulator)).toEqual([]);
        const runs: { 'job-id': string }[] = JSON.parse(main.outputs.runs ?? '');
        expect(runs.map((run) => run['job-id'])).toEqual(ids);
        for (const id of ids) expect(post.summary.split(id)).toHaveLength(2);
      });
    },
  );
});
