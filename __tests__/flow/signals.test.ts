import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { expectFailedClosed, interrupt, nth, signalsFor } from './interrupt.ts';
import { MOMENTS } from './moments.ts';
import { alreadyRunning, brief, endless, leftRunning } from './scenes.ts';
import { ROUTES } from './stages.ts';

describe.each(ROUTES)('on the route $route', ({ route, id }) => {
  const signals = signalsFor(route);
  /** A run that nobody outlasts, on a server that has only this route. */
  const base = { scenario: endless(), route } as const;
  const withInputs = (inputs: Readonly<Record<string, string>> = {}) => ({
    ...base,
    inputs: { route, ...inputs },
  });

  describe('on-cancel: cancel', () => {
    test.for(signals.flatMap((signal) => MOMENTS.map((moment) => ({ ...moment, signal }))))(
      'leaves nothing running: $signal in $moment',
      async ({ route: at, count, faults, started, signal }) => {
        await interrupt({ ...withInputs(), signal, at: nth(at, count), faults }, (interrupted) => {
          expectFailedClosed(interrupted, signal);
          expect(interrupted.world.simulator.started()).toHaveLength(started);
          expect(leftRunning(interrupted.world.simulator)).toEqual([]);
        });
      },
    );

    test.for(signals)('ends nothing that was seen to end: %s in the results', async (signal) => {
      // The first look comes soon, the second when the training is over, so on one route the third is for the results.
      const [at, count] = route === 'jobs' ? (['results', 1] as const) : (['poll', 3] as const);
      const interruption = {
        ...withInputs({ 'poll-interval': '60s' }),
        scenario: brief('fine-tune'),
        signal,
        at: nth(at, count),
        faults: [{ route: at, nth: count, do: { kind: 'hang' } }] as const,
      };
      await interrupt(interruption, (interrupted) => {
        expectFailedClosed(interrupted, signal);
        expect(interrupted.main.outputs.get('job-status')).toBe(route === 'jobs' ? 'complete' : 'finished');
        expect(interrupted.world.simulator.started()[0]?.cancelledAtMs).toBeUndefined();
        expect(interrupted.post.warnings).toEqual([]);
        expect(interrupted.post.lines).toContain(`Training ${id} was over already.`);
      });
    });

    test('takes CANNOT_CANCEL for the end of the training', async () => {
      const body = { error: { type: 'Conflict', message: 'It has ended.', code: 'CANNOT_CANCEL' } };
      const faults: Fault[] = [{ route: 'cancel', do: { kind: 'status', status: 409, body } }];
      await interrupt({ ...withInputs(), signal: 'SIGINT', at: nth('poll', 2), faults }, (interrupted) => {
        expectFailedClosed(interrupted, 'SIGINT');
        expect(interrupted.post.warnings).toEqual([]);
        expect(interrupted.post.lines).toContain(`Training ${id} was over already.`);
        expect(interrupted.world.simulator.requests.filter(({ route: to }) => to === 'cancel')).toHaveLength(
          1,
        );
      });
    });

    test('reports a training that is not cancelled without a refund, with its page', async () => {
      const scenario = endless({ queueMs: 0, refundWindowMs: -1 });
      const interruption = { ...withInputs(), scenario, signal: 'SIGTERM', at: nth('poll', 2) } as const;
      await interrupt(interruption, (interrupted) => {
        expectFailedClosed(interrupted, 'SIGTERM');
        expect(leftRunning(interrupted.world.simulator)).toHaveLength(1);
        expect(interrupted.post.warnings).toEqual([
          expect.stringMatching(/is still running: .* See https:\/\/app\.roboflow\.com\/acme\/hard-hats\/7$/),
        ]);
        expect(interrupted.post.summaryText).toContain('https://app.roboflow.com/acme/hard-hats/7');
      });
    });

    test('spares the training that somebody else also has on the version', async () => {
      const interruption = {
        ...withInputs({ reuse: 'none' }),
        scenario: alreadyRunning(endless()),
        signal: 'SIGINT',
        at: nth('poll', 2),
      } as const;
      await interrupt(interruption, (interrupted) => {
        expectFailedClosed(interrupted, 'SIGINT');
        const {
          world: { simulator },
          post,
        } = interrupted;
        const cancels = simulator.requests.filter(({ route: to }) => to === 'cancel');
        const cancelled = simulator.trainings.filter(({ cancelledAtMs }) => cancelledAtMs !== undefined);
        if (route === 'jobs') {
          // A cancel acts on the whole version here, so none may be sent.
          expect(cancels).toEqual([]);
          expect(cancelled).toEqual([]);
          expect(post.warnings).toEqual([expect.stringContaining(`and ${id} also trains on version 7`)]);
        } else {
          const [own] = simulator.started();
          expect(cancels).toMatchObject([{ body: { trainingId: own?.id } }]);
          expect(cancelled).toEqual([own]);
          expect(post.warnings).toEqual([]);
        }
      });
    });
  });

  test.for(signals)('on-cancel: stop stops the training, which keeps its weights: %s', async (signal) => {
    const interruption = { ...withInputs({ 'on-cancel': 'stop' }), signal, at: nth('poll', 3) };
    await interrupt(interruption, (interrupted) => {
      expectFailedClosed(interrupted, signal);
      const [run] = interrupted.world.simulator.started();
      expect(run?.stopRequestedAtMs).toBeGreaterThan(0);
      expect(run?.cancelledAtMs).toBeUndefined();
    });
  });

  test.for(signals)('on-cancel: leave leaves it alone and says where it is: %s', async (signal) => {
    const interruption = { ...withInputs({ 'on-cancel': 'leave' }), signal, at: nth('poll', 3) };
    await interrupt(interruption, (interrupted) => {
      expectFailedClosed(interrupted, signal);
      expect(leftRunning(interrupted.world.simulator)).toHaveLength(1);
      expect(interrupted.world.simulator.requests).toHaveLength(interrupted.askedByMain);
      expect(interrupted.post.warnings).toEqual([
        `Training ${id} was left as it is, as on-cancel says. See https://app.roboflow.com/acme/hard-hats/7`,
      ]);
    });
  });
});
