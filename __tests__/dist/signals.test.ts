import { describe, expect, test } from 'vitest';
import type { Fault, RecordedRequest } from '../../simulator/simulator.ts';
import { expectFailedClosed, interrupt, nth, signalsFor } from './interrupt.ts';
import { warningsOf } from './run.ts';
import { alreadyRunning, brief, endless, leftRunning } from './scenes.ts';
import { ROUTES } from './stages.ts';

/** A clock on which a request's shortest deadline, a second, is one minute. */
const SPEED = 60;

interface Moment {
  readonly moment: string;
  readonly route: RecordedRequest['route'];
  readonly count: number;
  readonly faults: readonly Fault[];
  readonly started: 0 | 1;
}

/** A hang keeps main where it is, so that the signal meets it there for certain. */
const MOMENTS: readonly Moment[] = [
  {
    moment: 'the reading of the version',
    route: 'version',
    count: 1,
    faults: [{ route: 'version', nth: 1, do: { kind: 'hang' } }],
    started: 0,
  },
  {
    moment: 'the list before the start',
    route: 'list',
    count: 1,
    faults: [{ route: 'list', nth: 1, do: { kind: 'hang' } }],
    started: 0,
  },
  {
    moment: 'a start that has not arrived',
    route: 'start',
    count: 1,
    faults: [{ route: 'start', nth: 1, do: { kind: 'hang' } }],
    started: 0,
  },
  {
    moment: 'a start that has arrived and is not answered',
    route: 'start',
    count: 1,
    faults: [{ route: 'start', nth: 1, do: { kind: 'hang', effect: 'after' } }],
    started: 1,
  },
  {
    moment: 'the answer of a start',
    route: 'start',
    count: 1,
    faults: [{ route: 'start', nth: 1, do: { kind: 'stall', effect: 'after' } }],
    started: 1,
  },
  {
    moment: 'the search for a start whose answer was lost',
    route: 'list',
    count: 2,
    faults: [
      { route: 'start', nth: 1, do: { kind: 'reset', effect: 'after' } },
      { route: 'list', nth: 2, do: { kind: 'hang' } },
    ],
    started: 1,
  },
  { moment: 'the start', route: 'start', count: 1, faults: [], started: 1 },
  {
    moment: 'the first look',
    route: 'poll',
    count: 1,
    faults: [{ route: 'poll', nth: 1, do: { kind: 'hang' } }],
    started: 1,
  },
  { moment: 'the wait', route: 'poll', count: 3, faults: [], started: 1 },
  {
    moment: 'a look that is not answered',
    route: 'poll',
    count: 2,
    faults: [{ route: 'poll', nth: 2, do: { kind: 'hang' } }],
    started: 1,
  },
];

describe.each(ROUTES)('on the route $route', ({ route, id }) => {
  const signals = signalsFor(route);
  /** A run that nobody outlasts, on a server that has only this route. */
  const base = { scenario: endless(), speed: SPEED, routes: route } as const;
  const withInputs = (inputs: Readonly<Record<string, string>> = {}) => ({
    ...base,
    inputs: { route, ...inputs },
  });

  describe('on-cancel: cancel', () => {
    test.concurrent.for(signals.flatMap((signal) => MOMENTS.map((moment) => ({ ...moment, signal }))))(
      'leaves nothing running: $signal in $moment',
      async ({ route: at, count, faults, started, signal }) => {
        await interrupt({ ...withInputs(), signal, at: nth(at, count), faults }, (interrupted) => {
          expectFailedClosed(interrupted, signal);
          expect(interrupted.simulator.started()).toHaveLength(started);
          expect(leftRunning(interrupted.simulator)).toEqual([]);
        });
      },
    );

    test.concurrent.for(signals)(
      'asks nothing of a run that has ended: %s in the results',
      async (signal) => {
        // The first look comes soon, the second when the training is over, so on one route the third is for the results.
        const [at, count] = route === 'jobs' ? (['results', 1] as const) : (['poll', 3] as const);
        const interruption = {
          ...withInputs({ 'poll-interval': '60s' }),
          scenario: brief('fine-tune'),
          signal,
          at: nth(at, count),
          faults: [{ route: at, nth: [count, 9_999], do: { kind: 'hang' } }] as const,
        };
        await interrupt(interruption, (interrupted) => {
          expectFailedClosed(interrupted, signal);
          expect(interrupted.main.outputs['job-status']).toBe(route === 'jobs' ? 'complete' : 'finished');
          expect(interrupted.simulator.requests).toHaveLength(interrupted.askedByMain);
        });
      },
    );

    test.concurrent('takes CANNOT_CANCEL for the end of the run', async () => {
      const body = { error: { type: 'Conflict', message: 'It has ended.', code: 'CANNOT_CANCEL' } };
      const faults: Fault[] = [{ route: 'cancel', do: { kind: 'status', status: 409, body } }];
      await interrupt({ ...withInputs(), signal: 'SIGINT', at: nth('poll', 2), faults }, (interrupted) => {
        expectFailedClosed(interrupted, 'SIGINT');
        expect(interrupted.post.annotations).toEqual([]);
        expect(interrupted.post.stdout).toContain(`Training ${id} was over already.`);
        expect(interrupted.simulator.requests.filter(({ route: to }) => to === 'cancel')).toHaveLength(1);
      });
    });

    test.concurrent('reports a run that is not cancelled without a refund, with its page', async () => {
      const scenario = endless({ queueMs: 0, refundWindowMs: -1 });
      const interruption = { ...withInputs(), scenario, signal: 'SIGTERM', at: nth('poll', 2) } as const;
      await interrupt(interruption, (interrupted) => {
        expectFailedClosed(interrupted, 'SIGTERM');
        expect(leftRunning(interrupted.simulator)).toHaveLength(1);
        expect(warningsOf(interrupted.post)).toEqual([
          expect.stringMatching(/is still running: .* See https:\/\/app\.roboflow\.com\/acme\/hard-hats\/7$/),
        ]);
        expect(interrupted.post.summary).toContain('https://app.roboflow.com/acme/hard-hats/7');
      });
    });

    test.concurrent('spares the run that somebody else also has on the version', async () => {
      const interruption = {
        ...withInputs({ reuse: 'none' }),
        scenario: alreadyRunning(endless()),
        signal: 'SIGINT',
        at: nth('poll', 2),
      } as const;
      await interrupt(interruption, (interrupted) => {
        expectFailedClosed(interrupted, 'SIGINT');
        const { simulator, post } = interrupted;
        const cancels = simulator.requests.filter(({ route: to }) => to === 'cancel');
        const cancelled = simulator.trainings.filter(({ cancelledAtMs }) => cancelledAtMs !== undefined);
        if (route === 'jobs') {
          // A cancel acts on the whole version here, so none may be sent.
          expect(cancels).toEqual([]);
          expect(cancelled).toEqual([]);
          expect(warningsOf(post)).toEqual([expect.stringContaining(`and ${id} also trains on version 7`)]);
        } else {
          const [own] = simulator.started();
          expect(cancels).toMatchObject([{ body: { trainingId: own?.id } }]);
          expect(cancelled).toEqual([own]);
          expect(post.annotations).toEqual([]);
        }
      });
    });
  });

  describe('on-cancel: stop', () => {
    test.concurrent.for(signals)('stops the run, which keeps its weights: %s in the wait', async (signal) => {
      const interruption = { ...withInputs({ 'on-cancel': 'stop' }), signal, at: nth('poll', 3) };
      await interrupt(interruption, (interrupted) => {
        expectFailedClosed(interrupted, signal);
        const [run] = interrupted.simulator.started();
        expect(run?.stopRequestedAtMs).toBeGreaterThan(0);
        expect(run?.cancelledAtMs).toBeUndefined();
      });
    });
  });

  describe('on-cancel: leave', () => {
    test.concurrent.for(signals)(
      'leaves the run alone and says where it is: %s in the wait',
      async (signal) => {
        const interruption = { ...withInputs({ 'on-cancel': 'leave' }), signal, at: nth('poll', 3) };
        await interrupt(interruption, (interrupted) => {
          expectFailedClosed(interrupted, signal);
          expect(leftRunning(interrupted.simulator)).toHaveLength(1);
          expect(interrupted.simulator.requests).toHaveLength(interrupted.askedByMain);
          expect(warningsOf(interrupted.post)).toEqual([
            'The training was left as it is, as on-cancel says. See https://app.roboflow.com/acme/hard-hats/7',
          ]);
        });
      },
    );
  });
});
