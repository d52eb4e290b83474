import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../simulator/scenarios/base.ts';
import { isScenarioName, scenarios } from '../../simulator/scenarios.ts';
import type { Scenario } from '../../simulator/scenario.ts';
import { stateOf } from '../../simulator/simulator.ts';
import type { Checked } from '../../src/report/conclusion.ts';
import { checkedConclusion } from '../../src/step/checked.ts';
import { prepare } from '../../src/step/prepare.ts';
import { inputs } from '../inputs/given.ts';
import { fineTune, project, type SimulatedRoboflow, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';

/** What the simulated server holds: a dry run must not change it. */
function heldBy({ simulator, clock }: SimulatedRoboflow) {
  return simulator.trainings.map((training) => ({
    id: training.id,
    cancelledAtMs: training.cancelledAtMs,
    stopRequestedAtMs: training.stopRequestedAtMs,
    phase: stateOf(training, clock.now()).phase,
  }));
}

/** Scenarios in which there is something to judge already, or nothing that could be started. */
const ACTIONS: Readonly<Record<string, string>> = { 'untyped-in-flight': 'attach', 'results-overtaken': 'start' };

describe('a dry run', () => {
  test.each(Object.keys(scenarios))('only reads, and says what it would do: %s', async (name) => {
    if (!isScenarioName(name)) throw new Error(`there is no scenario ${name}`);
    const scenario: Scenario = scenarios[name];
    await using roboflow = await simulateRoboflow({ scenario });
    const held = heldBy(roboflow);
    const given = { thresholds: 'map50 >= 80', ...scenario.inputs, 'dry-run': 'true' };
    const startMs = roboflow.clock.now();
    const step = await roboflow.runStep(given);
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('outcome')).toBe('checked');
    expect(heldBy(roboflow)).toEqual(held);
    const { requests } = roboflow.simulator;
    expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    // Also to read an export begins it.
    expect(requests.filter(({ route }) => route === 'export')).toEqual([]);
    expect(roboflow.clock.now()).toBe(startMs);
    expect(step.outputs.has('job-id')).toBe(false);
    expect(step.state.size).toBe(0);
    expect(JSON.parse(step.files.get('results.json') ?? '')).toMatchObject({ outcome: 'checked' });
    void ACTIONS;
  });
});

async function checked(roboflow: SimulatedRoboflow, given: Readonly<Record<string, string>> = {}): Promise<Checked> {
  const asked = inputs({ 'api-url': roboflow.simulator.url, project: 'acme/hard-hats', ...given, 'dry-run': 'true' });
  const { next, baseline } = await prepare(asked, roboflow.api, project, undefined, roboflow.context);
  return checkedConclusion(next, baseline, asked, project);
}
