import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricsPlace, OtherTraining, Scenario, SeededTraining } from '../../simulator/scenario.ts';
import { goodMetrics } from '../../simulator/scenarios/base.ts';
import { otherMetrics, twoTrainingsScenario } from '../../simulator/scenarios/two-trainings.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { runs } from '../setup/seeds.ts';
import { openWorld } from './world.ts';

const second = 1_000;
const minute = 60 * second;

/** Up to so many minutes, in steps that often make two things happen at the same moment. */
function minutes(from: number, to: number): fc.Arbitrary<number> {
  return fc.integer({ min: from / 5, max: to / 5 }).map((fives) => fives * 5 * minute);
}

const delay = fc.oneof(
  fc.constantFrom(0, 10 * second, minute),
  fc.integer({ min: 0, max: 240 }).map((seconds) => seconds * second),
);

const RUNS = runs(20);

/** Ours is short, so that few looks are needed. */
const OUR_TRAIN_MS = 10 * minute;

const times = fc.record({
  otherType: fc.constantFrom('rfdetr-nano', 'rfdetr-nano', 'rfdetr-small', 'yolov11n', 'rfdetr'),
  otherStartsMs: minutes(-40, 20),
  otherTrainMs: minutes(5, 40),
  otherResultsMs: fc.oneof(delay, minutes(0, 30)),
  ourResultsMs: delay,
});

const places: fc.Arbitrary<readonly MetricsPlace[]> = fc.uniqueArray(
  fc.constantFrom('results', 'trainings', 'models', 'version'),
  { minLength: 1, maxLength: 4 },
);

const oneStep = fc.record({
  times,
  shows: places,
  otherShows: places,
  /** From the end of each until its metrics show anywhere. */
  metricsDelayMs: delay,
  otherMetricsDelayMs: delay,
  route: fc.constantFrom('jobs' as const, 'trainings' as const),
  reuse: fc.constantFrom('none', 'running'),
  pollInterval: fc.constantFrom('', '2m', '5m', '5m'),
  /** What becomes of the answer to the start. */
  start: fc.constantFrom(
    'answered' as const,
    'answered' as const,
    'lost before' as const,
    'lost after' as const,
  ),
});

type OneStep = typeof oneStep extends fc.Arbitrary<infer Value> ? Value : never;

/** The other ends three minutes before ours starts, and shows its results two minutes after that. Ours come after it ends. */
const lateResultsOfOneThatHadEnded: OneStep = {
  times: {
    otherType: 'rfdetr-nano',
    otherStartsMs: -10 * minute,
    otherTrainMs: 5 * minute,
    otherResultsMs: 5 * minute,
    ourResultsMs: minute,
  },
  shows: ['results'],
  otherShows: ['results'],
  metricsDelayMs: 0,
  otherMetricsDelayMs: 0,
  route: 'jobs',
  reuse: 'none',
  pollInterval: '',
  start: 'answered',
};

/** The other ends three minutes before ours starts. Its model is listed by then, and gets its metrics after that. */
const lateMetricsOfOneThatHadEnded: OneStep = {
  ...lateResultsOfOneThatHadEnded,
  times: { ...lateResultsOfOneThatHadEnded.times, otherResultsMs: 0 },
  otherMetricsDelayMs: 5 * minute,
};

const EXAMPLES: [OneStep][] = [[lateResultsOfOneThatHadEnded], [lateMetricsOfOneThatHadEnded]];

/** The scenario of two trainings, which show their metrics in these places. */
function scenarioOf({ times: when, shows, otherShows, metricsDelayMs, ...step }: OneStep): Scenario {
  const scenario = twoTrainingsScenario(when);
  const { plan, seeded, others = [] } = scenario;
  const late = { shows: otherShows, metricsDelayMs: step.otherMetricsDelayMs };
  const elsewhere = <Other extends SeededTraining | OtherTraining>(other: Other): Other =>
    other.version === 7 ? { ...other, plan: { ...other.plan, ...late } } : other;
  return {
    ...scenario,
    plan: { ...plan, shows, metricsDelayMs, trainMs: OUR_TRAIN_MS },
    seeded: seeded.map(elsewhere),
    others: others.map(elsewhere),
  };
}

function faultsOf({ start }: OneStep): readonly Fault[] {
  if (start === 'answered') return [];
  const effect = start === 'lost before' ? 'before' : 'after';
  return [{ route: 'start', nth: 1, do: { kind: 'reset', effect } }];
}

/** Runs a step beside the other training: how it ended, and whose training it says that it judged. */
async function run(step: OneStep) {
  const { route, reuse, pollInterval } = step;
  await using world = await openWorld({ scenario: scenarioOf(step), faults: faultsOf(step), route });
  const { outputs } = await world.main({ reuse, 'poll-interval': pollInterval });
  const followed = world.simulator.trainings.find(({ id, jobId }) =>
    [id, jobId].includes(outputs.get('job-id') ?? ''),
  );
  return {
    outcome: outputs.get('outcome'),
    map50: outputs.get('map50') ?? '',
    isOurs: world.simulator.started().some((training) => training === followed),
    started: world.simulator.started().length,
    sent: world.simulator.requests.filter((request) => request.route === 'start').length,
  };
}

describe('two trainings on one version, whatever order and delay their answers come in', () => {
  test('are never judged by each other’s figures, and no more than one is started', async () => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(oneStep, async (step) => {
        const { outcome, map50, isOurs, started, sent } = await run(step);
        const own = String((isOurs ? goodMetrics : otherMetrics).map50);
        expect(['', own]).toContain(map50);
        expect(outcome).toBe(map50 === '' ? 'undecided' : 'passed');
        expect(started).toBeLessThanOrEqual(1);
        // A request that did not arrive may be sent once more.
        expect(sent).toBeLessThanOrEqual(step.start === 'lost before' ? 2 : 1);
        if (outcome === 'passed') passed += 1;
      }),
      { numRuns: RUNS, endOnFailure: true, examples: EXAMPLES },
    );
    // A step that never judges anything would hold all of that.
    expect(passed).toBeGreaterThan(RUNS / 4);
  });
});
