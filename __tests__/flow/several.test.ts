import { describe, expect, test } from 'vitest';
import { REACHED, runsIn, severalTypes, THREE } from './several-world.ts';
import { openWorld } from './world.ts';

describe.each(['jobs', 'trainings'] as const)('three model types on the route %s', (route) => {
  test('are each trained once, and the best that holds the rules is the headline', async () => {
    await using world = await openWorld({ scenario: severalTypes(), route });
    const step = await world.main({ 'model-type': THREE });
    console.log(step.stdout, step.warnings, step.failures);
    expect(step.given).toMatchObject({ outcome: 'passed', 'model-type': 'rfdetr-nano', map50: '84.2', version: '7' });
    expect(world.simulator.started().map(({ modelType }) => modelType).toSorted()).toEqual(Object.keys(REACHED).toSorted());
    expect(runsIn(step.outputs)).toMatchObject([{}, {}, {}]);
    console.log(step.given, step.summaryText);
  });
});
