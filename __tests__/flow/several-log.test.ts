import { describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { openWorld } from './world.ts';

const TYPES = scenarios.compare.inputs?.['model-type'] ?? '';
const standingIn = (lines: readonly string[]) =>
  lines.filter((line) => line.includes('trainings have ended'));

describe('the log of several trainings', () => {
  test('tells how many have ended, each time that one does', async () => {
    await using world = await openWorld({ scenario: scenarios.compare, route: 'trainings' });
    const step = await world.main({ 'model-type': TYPES, 'max-parallel': '2', timeout: '10h' });
    expect(standingIn(step.lines)).toEqual([1, 2, 3].map((over) => `${over} of 3 trainings have ended.`));
  });

  test('counts none as ended that runs on, or never began', async () => {
    await using world = await openWorld({ scenario: scenarios.compare, route: 'jobs' });
    const step = await world.main({ 'model-type': TYPES, timeout: '60m' });
    expect(step.given).toMatchObject({ outcome: 'undecided' });
    expect(standingIn(step.lines)).toEqual([]);
  });
});
