import { describe, expect, test } from 'vitest';
import { expectFailedClosed, interrupt, nth, signalsFor } from './interrupt.ts';
import { alreadyRunning, endless } from './scenes.ts';
import { ROUTES } from './stages.ts';

describe.each(ROUTES)('a training on the route $route that was only attached to', ({ route, id }) => {
  test.for(
    signalsFor(route).flatMap((signal) =>
      (['cancel', 'stop'] as const).flatMap((onCancel) =>
        (['reuse', 'job-id'] as const).map((by) => ({ signal, onCancel, by })),
      ),
    ),
  )('is not touched: $signal, on-cancel: $onCancel, attached by $by', async ({ signal, onCancel, by }) => {
    const own = by === 'job-id' ? { 'job-id': id } : { reuse: 'running' };
    const interruption = {
      scenario: alreadyRunning(endless()),
      route,
      signal,
      at: nth('poll', 2),
      inputs: { route, 'on-cancel': onCancel, ...own },
    };
    await interrupt(interruption, (interrupted) => {
      expectFailedClosed(interrupted, signal);
      expect(interrupted.main.outputs.get('job-id')).toBe(id);
      expect(interrupted.world.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(interrupted.world.simulator.requests).toHaveLength(interrupted.askedByMain);
    });
  });
});
