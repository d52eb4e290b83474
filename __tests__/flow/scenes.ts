import type { Scenario, TrainingPlan } from '../../simulator/scenario.ts';
import { type ScenarioName, scenarios } from '../../simulator/scenarios.ts';
import { type Simulator, stateOf } from '../../simulator/simulator.ts';

const second = 1_000;
const hour = 3_600 * second;

/** The named scenario with a training of some seconds: each look at it costs a test time. */
export function brief(name: ScenarioName, changes: Partial<TrainingPlan> = {}): Scenario {
  const scenario: Scenario = scenarios[name];
  const { plan } = scenario;
  return {
    ...scenario,
    plan: {
      ...plan,
      queueMs: 4 * second,
      trainMs: 8 * second,
      ...(plan.miningMs !== undefined && { miningMs: 2 * second }),
      ...(plan.warmUp !== undefined && { warmUp: { ...plan.warmUp, ms: 60 * second } }),
      ...changes,
    },
  };
}

/** A fine-tune that no test outlasts, and that can be cancelled with a refund all the time. */
export function endless(changes: Partial<TrainingPlan> = {}): Scenario {
  return brief('fine-tune', { trainMs: 500 * hour, refundWindowMs: 500 * hour, ...changes });
}

/** `scenario` with a run of its own kind that somebody else began five minutes ago. */
export function alreadyRunning(scenario: Scenario): Scenario {
  const run = { version: 7, modelType: 'rfdetr-nano', agoMs: 300 * second, plan: scenario.plan };
  return { ...scenario, seeded: [...scenario.seeded, run] };
}

/** The job ids of the runs that a request began, that nobody ended, and that go on at the last request. */
export function leftRunning(simulator: Simulator): readonly string[] {
  const nowMs = simulator.requests.at(-1)?.atMs ?? 0;
  return simulator
    .started()
    .filter((run) => run.cancelledAtMs === undefined && run.stopRequestedAtMs === undefined)
    .filter((run) => stateOf(run, nowMs).phase !== 'ended')
    .map(({ jobId }) => jobId);
}
