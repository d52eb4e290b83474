import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { fewPassing, final, unclear } from './fault-table.ts';
import { expectNoKey } from './no-key.ts';
import { REACHED, severalTypes, THREE } from './several-world.ts';
import { openWorld } from './world.ts';

/** Runs three types, of which the second meets the fault, and checks what holds whatever goes wrong. */
async function run(faults: readonly Fault[]) {
  await using world = await openWorld({ scenario: severalTypes(), route: 'trainings', faults });
  const step = await world.main({ 'model-type': THREE });
  expectNoKey(world, step);
  return { step, types: world.simulator.started().map(({ modelType }) => modelType) };
}

const ALL = Object.keys(REACHED);

describe('a fault in the start of the second of three trainings', () => {
  test.for([...fewPassing, ...unclear])('changes nothing: $name', async ({ action }) => {
    const { step, types } = await run([{ route: 'start', nth: 2, do: action }]);
    expect(step.given).toMatchObject({ outcome: 'passed', 'model-type': 'rfdetr-nano' });
    expect(step.warnings).toEqual([]);
    expect(types).toEqual(ALL);
  });

  test.for(final)('does not stop the others: $name', async ({ action }) => {
    const { step, types } = await run([{ route: 'start', nth: 2, do: action }]);
    expect(step.given).toMatchObject({ outcome: 'passed', 'model-type': 'rfdetr-nano' });
    expect(step.warnings.join('\n')).toContain('rfdetr-small has no model: it was not started: ');
    expect(types).toEqual(['rfdetr-nano', 'rfdetr-medium']);
  });
});

describe('a fault in a look at the second of three trainings', () => {
  test.for(fewPassing)('changes nothing: $name', async ({ action }) => {
    const { step, types } = await run([{ route: 'poll', nth: 5, do: action }]);
    expect(step.given).toMatchObject({ outcome: 'passed', 'model-type': 'rfdetr-nano' });
    expect(types).toEqual(ALL);
  });

  test.for(final)('that is a refusal is told, and the others are judged: $name', async ({ action }) => {
    const { step, types } = await run([{ route: 'poll', nth: 5, do: action }]);
    expect(step.warnings.filter((text) => text.includes('was not watched to its end'))).toHaveLength(1);
    expect(step.outputs.get('outcome')).toBe('passed');
    expect(types).toEqual(ALL);
  });
});
