import { describe, expect, test } from 'vitest';
import { expectFailedClosed, interrupt, nth, signalsFor } from './interrupt.ts';
import { alreadyRunning, endless } from './scenes.ts';
import { ROUTES } from './stages.ts';

/** A clock on which a request's shortest deadline, a second, is one minute. */
const SPEED = 60;

describe.each(ROUTES)('a run on the route $route that was only attached to', ({ route, id }) => {
  test.concurrent.for(
    signalsFor(route).flatMap((signal) =>
      (['cancel', 'stop'] as const).flatMap((onCancel) =>
        (['reuse', 'job-id'] as const).map((by) => ({ signal, onCancel, by })),
      ),
    ),
  )('is not touched: $signal, on-cancel: $onCancel, attached by $by', async ({ signal, onCancel, by }) => {
    const own = by === 'job-id' ? { 'job-id': id } : { reuse: 'running' };
    const interruption = {
      scenario: alreadyRunning(endless()),
      routes: route,
      speed: SPEED,
      signal,
      at: nth('poll', 2),
      inputs: { route, 'on-cancel': onCancel, ...own },
    };
    await interrupt(interruption, (interrupted) => {
      expectFailedClosed(interrupted, signal);
      expect(interrupted.main.outputs['job-id']).toBe(id);
      expect(interrupted.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(interrupted.simulator.requests).toHaveLength(interrupted.askedByMain);
    });
  });
});
