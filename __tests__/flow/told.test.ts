import { describe, expect, test } from 'vitest';
import type { Scenario, TrainingPlan } from '../../simulator/scenario.ts';
import { type Fault, type SimulatedTraining, stateOf } from '../../simulator/simulator.ts';
import { expectFailedClosed, interrupt, nth } from './interrupt.ts';
import { leftRunning } from './scenes.ts';
import { REACHED, runsIn, severalTypes } from './several-world.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld, type World } from './world.ts';

const hour = 3_600_000;
const ONE = 'rfdetr-nano';
const TWO = `${ONE}\nrfdetr-medium`;
const refused = { kind: 'status', status: 403 } as const;

/** Trainings of a minute each; that of the first type differs. */
function world(first: Partial<TrainingPlan> = {}): Scenario {
  const scenario = severalTypes(REACHED, { queueMs: 10_000, trainMs: 50_000, refundWindowMs: 500 * hour });
  return { ...scenario, planOf: { [ONE]: { ...scenario.plan, ...first } } };
}

const endless = { trainMs: 500 * hour };
const allEndless: Scenario = severalTypes(REACHED, { ...endless, refundWindowMs: 500 * hour });

/** What the step itself has told a person: annotations and summary. */
const toldBy = (...steps: readonly RecordingRunner[]) =>
  steps.map(({ failures, warnings }) => [...failures, ...warnings].join('\n')).join('\n');

const nowOf = ({ simulator }: World) => simulator.requests.at(-1)?.atMs ?? 0;
const isRunning = (training: SimulatedTraining, atWorld: World) =>
  stateOf(training, nowOf(atWorld)).phase !== 'ended' && training.stopRequestedAtMs === undefined;

interface Around {
  readonly first?: Partial<TrainingPlan>;
  readonly faults?: readonly Fault[];
  readonly inputs?: Readonly<Record<string, string>>;
}

/** How the first training ends, and what is said of it, whether it is the only one or one of several. It goes on: then its id is told. */
type Ending = readonly [name: string, said: RegExp, world: Around, runs?: true];

const passing = { timeout: '3m' };
const cancelling = { ...passing, 'on-timeout': 'cancel' };
const ENDINGS: readonly Ending[] = [
  ['failed', /failed: No GPU\./, { first: { end: 'failed', failureReason: 'No GPU.' } }],
  [
    'was cancelled on Roboflow',
    /was cancelled on Roboflow, not by this step/,
    { first: { end: 'cancelled' } },
  ],
  [
    'was stopped, without rules',
    /was stopped early, and there are no rules to judge what it reached/,
    { first: { end: 'stopped' }, inputs: { thresholds: '' } },
  ],
  [
    'ran past the timeout',
    /had not ended \((?:running|training)\) when the timeout of 3 min passed/,
    { first: endless, inputs: passing },
    true,
  ],
  [
    'was cancelled at the timeout',
    /when the timeout of 3 min passed[\s\S]*Training \w+ was cancelled/,
    { first: endless, inputs: cancelling },
  ],
  [
    'was stopped at the timeout',
    /Training \w+ was told to stop: .* To judge what it reached, set job-id to \w+.* once it has ended/,
    { first: endless, inputs: { ...passing, 'on-timeout': 'stop' } },
  ],
  [
    'could not be cancelled at the timeout',
    /Training \w+ is still running: Roboflow answered 403/,
    { first: endless, inputs: cancelling, faults: [{ route: 'cancel', do: refused }] },
    true,
  ],
  [
    'is not cancelled without a refund',
    /Training \w+ is still running: the time in which a cancel is refunded is over/,
    { first: { ...endless, refundWindowMs: -hour }, inputs: cancelling },
    true,
  ],
  [
    'could not be seen for too long',
    /no good answer came from Roboflow for 15 min/,
    { first: endless, faults: [{ route: 'poll', do: { kind: 'status', status: 502 } }] },
    true,
  ],
  [
    'could not be looked at',
    /answered 403/,
    { first: endless, faults: [{ route: 'poll', nth: 1, do: refused }] },
    true,
  ],
  ['has no results', /did not come within 3 min/, { first: { lag: { bundleMs: Number.POSITIVE_INFINITY } } }],
  [
    'was not started',
    /answered 422/,
    { faults: [{ route: 'start', nth: 1, do: { kind: 'status', status: 422 } }] },
  ],
];

describe.each([
  { of: 'one type', modelType: ONE, route: 'trainings' },
  { of: 'two types', modelType: TWO, route: 'trainings' },
  { of: 'one type', modelType: ONE, route: 'jobs' },
] as const)('a training of $of on the route $route', ({ modelType, route }) => {
  test.for(ENDINGS.filter(([, , { first }]) => route === 'trainings' || first?.lag === undefined))(
    'that %s is told of, with its id',
    async ([, said, { first, faults = [], inputs = {} }, runs = false]) => {
      await using there = await openWorld({ scenario: world(first), route, faults });
      const step = await there.main({ 'model-type': modelType, ...inputs });
      expect(toldBy(step)).toMatch(said);
      const training = there.simulator.started().find((each) => each.modelType === ONE);
      const id = route === 'jobs' ? training?.jobId : training?.id;
      expect(runsIn(step.outputs)[0]).toMatchObject({ 'job-id': id ?? null });
      expect(step.summaryText).toContain(id ?? '');
      expect(training !== undefined && isRunning(training, there)).toBe(runs);
      if (runs) expect(toldBy(step)).toMatch(new RegExp(`may run on and be paid for.*set job-id to ${id}`));
      // It was told of, so nothing is left to be done.
      const asked = there.simulator.requests.length;
      const post = await there.post(step);
      expect(there.simulator.requests).toHaveLength(asked);
      expect(post.summaryText).toBe('');
    },
  );
});

interface Moment {
  readonly moment: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  readonly at: () => Parameters<typeof interrupt>[0]['at'];
}

/** What a look at the first training says of it. */
const ENDED = { trainingId: '666934f109234004a782', status: 'finished', modelType: ONE, models: [] };

/** Signals that come when one training is through and the step has not told of it. */
const MOMENTS: readonly Moment[] = [
  ...(['before', 'after'] as const).map((effect) => ({
    moment: `a start without an answer that hangs ${effect} it took effect, with one in flight`,
    faults: [{ route: 'start', nth: 2, do: { kind: 'hang', effect } }] as const,
    at: () => nth('start', 2),
  })),
  ...['leave', 'stop', 'cancel'].map((onTimeout) => ({
    moment: `the last look at the second, on-timeout: ${onTimeout}`,
    inputs: { timeout: '3m', 'on-timeout': onTimeout, 'poll-interval': '100s' },
    at: () => nth('poll', 6),
  })),
  {
    moment: 'the end of the second, when that of the first was refused',
    inputs: { timeout: '3m', 'on-timeout': 'cancel' },
    faults: [
      { route: 'cancel', nth: 1, do: refused },
      { route: 'cancel', nth: 2, do: { kind: 'hang' } },
    ],
    at: () => nth('cancel', 2),
  },
  {
    moment: 'the start of the second, with wait: none',
    inputs: { wait: 'none' },
    faults: [
      { route: 'start', nth: 2, do: { kind: 'status', status: 429 } },
      { route: 'start', nth: 3, do: { kind: 'hang' } },
    ],
    at: () => nth('start', 3),
  },
  {
    moment: 'the look at the second, with wait: none',
    inputs: { wait: 'none' },
    faults: [{ route: 'poll', nth: 2, do: { kind: 'hang' } }],
    at: () => nth('poll', 2),
  },
  {
    moment: 'the wait for the second, when the look at the first was refused',
    faults: [{ route: 'poll', nth: 1, do: refused }],
    at: () => nth('poll', 5),
  },
  ...[ONE, TWO].map((modelType, more) => ({
    moment: `the results of one of ${more + 1}, which say that it runs though a look said that it had ended`,
    inputs: { 'model-type': modelType, 'poll-interval': '40s' },
    faults: [{ route: 'poll', nth: 2 + more, do: { kind: 'json', body: ENDED } }] as const,
    at: () => nth('poll', 4 + more),
  })),
];

describe('an interrupted step', () => {
  test.for(
    MOMENTS.flatMap((moment) => (['SIGTERM', 'SIGKILL'] as const).map((signal) => ({ ...moment, signal }))),
  )('leaves none running: $signal in $moment', async ({ signal, at, inputs = {}, faults = [] }) => {
    const given = { 'model-type': TWO, ...inputs };
    await interrupt(
      { scenario: allEndless, route: 'trainings', faults, inputs: given, signal, at: at() },
      (interrupted) => {
        expectFailedClosed(interrupted, signal);
        expect(interrupted.world.simulator.started().length).toBeGreaterThan(0);
        expect(leftRunning(interrupted.world.simulator)).toEqual([]);
      },
    );
  });

  test('names all that were started, in outputs, summary, results file and error', async () => {
    const inputs = { 'model-type': TWO };
    await interrupt(
      { scenario: allEndless, route: 'trainings', inputs, signal: 'SIGTERM', at: nth('poll', 4) },
      ({ main, world: { simulator } }) => {
        const ids = simulator.started().map(({ id }) => id);
        expect(ids).toHaveLength(2);
        expect(runsIn(main.outputs).map((run) => run['job-id'])).toEqual(ids);
        const file = JSON.parse(main.files.get('results.json') ?? '');
        expect(file.trainings.map(({ jobId }: { jobId: string }) => jobId)).toEqual(ids);
        for (const id of ids) {
          expect(main.summaryText).toContain(id);
          expect(toldBy(main)).toContain(id);
        }
      },
    );
  });

  test('is told of once in the post step, each training by its id', async () => {
    const faults: Fault[] = [{ route: 'cancel', nth: 2, do: refused }];
    const inputs = { 'model-type': TWO };
    await interrupt(
      { scenario: allEndless, route: 'trainings', faults, inputs, signal: 'SIGTERM', at: nth('poll', 4) },
      ({ post, world: { simulator } }) => {
        const ids = simulator.started().map(({ id }) => id);
        expect(post.summaryText.match(/The step ended early/g)).toHaveLength(1);
        expect(post.summaryText).not.toContain('No training of it runs on');
        for (const id of ids) expect(post.summaryText.split(id)).toHaveLength(2);
        const running = simulator.started().find(({ jobId }) => leftRunning(simulator).includes(jobId));
        expect(post.warnings).toEqual([expect.stringContaining(running?.id ?? '-')]);
      },
    );
  });
});
