import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scenario } from '../../simulator/scenario.ts';
import { defaultKey, type Simulator, startSimulator } from '../../simulator/simulator.ts';
import type { Withheld } from '../../src/inputs/reader.ts';
import { main } from '../../src/step/main.ts';
import { VirtualClock } from '../flow/clock.ts';
import { noComment } from '../flow/comment.ts';
import { noStatus } from '../flow/status.ts';
import { RecordingRunner } from '../flow/step.ts';
import type { Contexts } from './expressions.ts';
import { bodyOf, isOurs, type Workflow } from './pages.ts';
import { runJobs } from './run-jobs.ts';

/** A simulated Roboflow on which steps run one after another, on a clock that only sleeping moves. */
export interface RecipeWorld extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  /** The folder of the workspace. */
  readonly workspace: string;
  /** Runs a step with these inputs; the rest have their defaults, and key and address of the API are the simulator's. */
  run(inputs: Readonly<Record<string, string>>): Promise<RecordingRunner>;
}

/**
 * Opens a world for the workflows of the documentation.
 * @param withheldFrom from what GitHub withholds secrets
 */
export async function openRecipeWorld(scenario: Scenario, withheldFrom?: Withheld): Promise<RecipeWorld> {
  const clock = new VirtualClock();
  const simulator = await startSimulator({ scenario, now: clock.now });
  const workspace = await mkdtemp(path.join(tmpdir(), 'recipe-'));
  await mkdir(path.join(workspace, 'gate'));
  await writeFile(path.join(workspace, 'gate', 'rules.txt'), 'map50 >= 80\nwarn: recall >= 78\n');
  return {
    simulator,
    clock,
    workspace,
    run: async (inputs) => {
      const connection = {
        'api-key': withheldFrom ? '' : defaultKey,
        'api-url': simulator.url,
        'github-token': 'ghs_1',
      };
      const runner = new RecordingRunner({ ...inputs, ...connection }, new Map(), withheldFrom);
      runner.workspace = workspace;
      await main({
        runner,
        context: { clock, log: runner.log, signal: new AbortController().signal },
        rerunSinceMs: undefined,
        requestDeadlineMs: 10_000,
        comment: noComment,
        status: noStatus,
      });
      return runner;
    },
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      await rm(workspace, { recursive: true, force: true });
    },
  };
}

/** One step with this action that was run. */
export interface StepRun {
  readonly job: string;
  /** What the workflow says under `with:`, its expressions filled in. */
  readonly given: Readonly<Record<string, string>>;
  readonly step: RecordingRunner;
}

/**
 * Runs a workflow with its steps with this action as they are; all others do nothing, and succeed.
 * @param inputs those of `workflow_dispatch` or `workflow_call`; the rest have their defaults
 */
export async function runWorkflow(
  workflow: Workflow,
  world: RecipeWorld,
  inputs: Readonly<Record<string, unknown>> = {},
): Promise<readonly StepRun[]> {
  const runs: StepRun[] = [];
  await runJobs(workflow, { contexts: contextsOf(workflow, inputs) }, async ({ job, step: what, given }) => {
    if (!isOurs(what)) return { conclusion: 'success', outputs: {} };
    const step = await world.run(withFiles(given));
    runs.push({ job, given, step });
    return { conclusion: step.failures.length > 0 ? 'failure' : 'success', outputs: step.given };
  });
  return runs;
}

/** What a workflow can see that runs for the first of its events, with `inputs` and their defaults. */
export function contextsOf(workflow: Workflow, inputs: Readonly<Record<string, unknown>> = {}): Contexts {
  const { on } = bodyOf(workflow);
  const declared = on.workflow_dispatch?.inputs ?? on.workflow_call?.inputs ?? {};
  const defaults = Object.entries(declared).map(([name, input]) => [name, input.default ?? ''] as const);
  return {
    github: { event_name: Object.keys(on)[0], event: {} },
    inputs: { ...Object.fromEntries(defaults), ...inputs },
    secrets: { ROBOFLOW_API_KEY: defaultKey, 'roboflow-api-key': defaultKey },
  };
}

/** Nothing is checked out here: a file of the workspace is given as its content. */
function withFiles(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (given['train-recipe'] === undefined) return given;
  return { ...given, 'train-recipe': '{ "hyperparameters": { "epochs": 50 } }' };
}
