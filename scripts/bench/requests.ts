import { type ClockFile, createClockFile } from '../../simulator/clock-file.ts';
import { runStep } from '../../simulator/runner.ts';
import {
  defaultKey,
  type RoutesMode,
  type ScenarioName,
  type Simulator,
  startSimulator,
} from '../../simulator/simulator.ts';

export async function reportRequestsOfFinishedTraining(): Promise<void> {
  await requestsIn('fine-tune', 'metrics in the models list');
  await requestsIn('version-only', 'metrics in the version only');
}

async function requestsIn(scenario: ScenarioName, what: string): Promise<void> {
  await using clock = await createClockFile();
  await using simulator = await startSimulator({ scenario, now: clock.now });
  const finished = simulator.trainings.find(({ origin, version }) => origin === 'seed' && version === 6);
  if (finished === undefined) throw new Error('the scenario has no finished training on version 6');
  const inputs = { project: 'hard-hats', 'job-id': finished.jobId, thresholds: 'map50 >= 80' };
  await tellRequests(what, simulator, inputs, clock);
}

/** What servers that speak one dialect, or mean labelling jobs by `/jobs`, are asked until a training is read back. */
export async function reportRequestsOfStarts(): Promise<void> {
  const starts: readonly (readonly [RoutesMode, Readonly<Record<string, string>>])[] = [
    ['jobs', { version: '7' }],
    ['trainings', { version: '7' }],
    ['trainings', { version: '7', route: 'trainings' }],
    ['annotation-jobs', { version: '7' }],
    ['jobs', { version: 'latest' }],
    ['trainings', { version: 'new' }],
  ];
  for (const [routes, given] of starts) {
    await using clock = await createClockFile();
    await using simulator = await startSimulator({ scenario: 'fine-tune', routes, now: clock.now });
    const pairs = Object.entries(given).map((pair) => pair.join(': '));
    const inputs = { project: 'acme/hard-hats', 'model-type': 'rfdetr-nano', wait: 'none', ...given };
    await tellRequests(`a server with ${routes}, ${pairs.join(', ')}`, simulator, inputs, clock);
  }
}

/** The same requests one after another are told once, with their count. */
async function tellRequests(
  what: string,
  { url, requests }: Pick<Simulator, 'url' | 'requests'>,
  inputs: Readonly<Record<string, string>>,
  { file }: ClockFile,
): Promise<void> {
  const { outputs } = await runStep({
    inputs: { 'api-key': defaultKey, 'api-url': url, ...inputs },
    env: { TRAIN_GATE_CLOCK: file },
  });
  console.log(`${what}: ${requests.length} (outcome ${outputs.outcome})`);
  const lines = requests.map(({ method, path: target }) => `${method} ${target}`);
  for (const [index, line] of lines.entries()) {
    if (line === lines[index - 1]) continue;
    const next = lines.findIndex((each, at) => at > index && each !== line);
    const count = (next === -1 ? lines.length : next) - index;
    console.log(count === 1 ? `  ${line}` : `  ${line} (${count} times)`);
  }
}
