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
  test.concurrent('starts a training if the one that is there is older than the event', async () => {
    const { seeded, plan, ...rest } = brief('fine-tune');
    const older = { version: 7, modelType: 'rfdetr-nano', agoMs: 2 * hour, plan };
    const scenario = { ...rest, plan, seeded: [...seeded, older] };
    await using simulator = await startTimed({ scenario, routes: route });
    const result = await attempt(simulator, { route, wait: 'none' }, { attempt: 2, agoMs: hour });
    expect(errorsOf(result)).toEqual([]);
    expect(result.outputs.outcome).toBe('started');
    expect(simulator.started()).toHaveLength(1);
  });

  test.concurrent('takes a finished training that is newer than the event', async () => {
    const { seeded, plan, ...rest } = brief('fine-tune');
    const newer = { version: 7, modelType: 'rfdetr-nano', agoMs: 2 * hour, plan };
    const scenario = { ...rest, plan, seeded: [...seeded, newer] };
    await using simulator = await startTimed({ scenario, routes: route });
    const result = await attempt(simulator, { route }, { attempt: 2, agoMs: 4 * hour });
    expect(result.outputs).toMatchObject({ outcome: 'passed', 'job-id': id });
    expect(simulator.started()).toEqual([]);
  });
});
