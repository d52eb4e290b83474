import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import { START_MS } from '../flow/clock.ts';
import { brief } from '../flow/scenes.ts';
import { errorsOf, type RunResult, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

const hour = 3_600_000;

/** Runs the step as attempt `attempt` of a workflow run whose push was `agoMs` ago, by a machine whose clock goes ahead. */
async function attempt(
  simulator: Simulator,
  inputs: Readonly<Record<string, string>>,
  run: { readonly attempt: number; readonly agoMs: number },
): Promise<RunResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'event-'));
  const file = path.join(folder, 'event.json');
  const event = {
    head_commit: { timestamp: new Date(START_MS + 9 * hour).toISOString() },
    pull_request: { milestone: { due_on: new Date(START_MS + 99 * hour).toISOString() } },
    repository: { pushed_at: (START_MS - run.agoMs) / 1000 },
  };
  await writeFile(file, JSON.stringify(event));
  const env = { GITHUB_RUN_ATTEMPT: String(run.attempt), GITHUB_EVENT_PATH: file };
  const result = await runAgainst(simulator, { inputs, env });
  await rm(folder, { recursive: true });
  return result;
}

/** Which training an earlier attempt started is the same code on both routes; `flow/timeout.test.ts` has both. */
const route = 'trainings';
const id = '666934f109234004a782';

describe('a re-run', () => {
  test.concurrent.for([
    ['starts a training if the one that is there is older than the event', 1, 1],
    ['takes a finished training that is newer than the event', 4, 0],
  ] as const)('%s', async ([, pushedHoursAgo, started]) => {
    const { seeded, plan, ...rest } = brief('fine-tune');
    const there = { version: 7, modelType: 'rfdetr-nano', agoMs: 2 * hour, plan };
    const scenario = { ...rest, plan, seeded: [...seeded, there] };
    await using simulator = await startTimed({ scenario, routes: route });
    const result = await attempt(simulator, { route }, { attempt: 2, agoMs: pushedHoursAgo * hour });
    expect(errorsOf(result)).toEqual([]);
    expect(result.outputs.outcome).toBe('passed');
    expect(result.outputs['job-id'] === id).toBe(started === 0);
    expect(simulator.started()).toHaveLength(started);
  });
});
