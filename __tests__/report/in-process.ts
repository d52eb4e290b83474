import { type ScenarioName, scenarios } from '../../simulator/scenarios.ts';
import { defaultKey, startSimulator } from '../../simulator/simulator.ts';
import { main } from '../../src/step/main.ts';
import { VirtualClock } from '../flow/clock.ts';
import { noComment } from '../flow/comment.ts';
import { noStatus } from '../flow/status.ts';
import { RecordingRunner } from '../flow/step.ts';

/**
 * Runs the whole story on a scenario, in this process and against the simulator, on a clock that stands still but for
 * sleeping. So the same run gives the same report to the letter.
 */
export async function runInProcess(
  scenario: ScenarioName,
  inputs: Readonly<Record<string, string>>,
): Promise<RecordingRunner> {
  const clock = new VirtualClock();
  await using simulator = await startSimulator({ scenario: scenarios[scenario], now: clock.now });
  const given = { 'api-key': defaultKey, 'api-url': simulator.url, project: 'hard-hats', ...inputs };
  const runner = new RecordingRunner(given);
  await main({
    runner,
    context: { clock, log: runner.log, signal: new AbortController().signal },
    rerunSinceMs: undefined,
    requestDeadlineMs: 10_000,
    comment: noComment,
    status: noStatus,
  });
  return runner;
}
