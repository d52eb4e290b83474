import { describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { openWorld } from './world.ts';

const TYPES = scenarios.compare.inputs?.['model-type'] ?? '';
const standingIn = (lines: readonly string[]) =>
  lines.filter((line) => line.includes('trainings have ended'));

describe('the log of several trainings', () => {
  test.each<{ route: 'jobs' | 'trainings'; maxParallel: string; told: readonly string[] }>([
    {
      route: 'jobs',
      maxParallel: '4',
      told: [
        '0 of 3 trainings have ended, about 2 h 55 min left.',
        '1 of 3 trainings have ended, about 2 h 24 min left.',
        '2 of 3 trainings have ended, about 1 h 30 min left.',
        '3 of 3 trainings have ended.',
      ],
    },
    {
      route: 'trainings',
      maxParallel: '2',
      told: [
        '1 of 3 trainings have ended.',
        '2 of 3 trainings have ended, about 55 min left.',
        '3 of 3 trainings have ended.',
      ],
    },
  ])(
    'tells how long the rest takes where that is known: $route, $maxParallel at a time',
    async ({ route, maxParallel, told }) => {
      await using world = await openWorld({ scenario: scenarios.compare, route });
      const step = await world.main({ 'model-type': TYPES, 'max-parallel': maxParallel, timeout: '10h' });
      expect(standingIn(step.lines)).toEqual(told);
    },
  );

  test('counts none as ended that runs on, or never began', async () => {
    await using world = await openWorld({ scenario: scenarios.compare, route: 'jobs' });
    const step = await world.main({ 'model-type': TYPES, timeout: '60m' });
    expect(step.given).toMatchObject({ outcome: 'undecided' });
    expect(standingIn(step.lines)).toEqual([
      expect.stringMatching(/^0 of 3 trainings have ended, about 2 h/),
    ]);
  });
});
