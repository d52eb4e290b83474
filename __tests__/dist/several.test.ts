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

  test.concurrent('are all ended by the post step if the step is killed', async () => {
    const scenario = severalTypes(REACHED, { trainMs: 500 * hour, refundWindowMs: 500 * hour });
    const at = nth('poll', 7);
    const inputs = { 'model-type': THREE };
    await interrupt({ scenario, routes: 'trainings', inputs, signal: 'SIGKILL', at }, (interrupted) => {
      expectFailedClosed(interrupted, 'SIGKILL');
      expect(interrupted.simulator.started()).toHaveLength(3);
      expect(leftRunning(interrupted.simulator)).toEqual([]);
    });
  });
});
