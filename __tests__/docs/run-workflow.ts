import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { Scenario } from '../../simulator/scenario.ts';
import { defaultKey, type Simulator, startSimulator } from '../../simulator/simulator.ts';
import type { Withheld } from '../../src/inputs/reader.ts';
import { main } from '../../src/step/main.ts';
import { VirtualClock } from '../flow/clock.ts';
import { noComment } from '../flow/comment.ts';
import { noStatus } from '../flow/status.ts';
import { RecordingRunner } from '../flow/step.ts';
import { bodyOf, isOurs, type Workflow, type WorkflowJob, type WorkflowStep } from './pages.ts';

/** A simulated Roboflow on which steps run one after another, on a clock that only sleeping moves. */
export interface RecipeWorld extends AsyncDisposable {
  readonly simulator: Simulator;
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
  return {
    simulator,
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

/** What expressions can see. */
type Contexts = Readonly<Record<string, unknown>>;

/**
 * Runs the steps with this action, job by job and leg by leg, as GitHub would if every job's `if` held.
 * @param inputs those of `workflow_dispatch` or `workflow_call`; the rest have their defaults
 */
export async function runWorkflow(
  workflow: Workflow,
  world: RecipeWorld,
  inputs: Readonly<Record<string, unknown>> = {},
): Promise<readonly StepRun[]> {
  const { on, jobs } = bodyOf(workflow);
  const declared = on.workflow_dispatch?.inputs ?? on.workflow_call?.inputs ?? {};
  const defaults = Object.entries(declared).map(([name, input]) => [name, input.default ?? ''] as const);
  const contexts = {
    inputs: { ...Object.fromEntries(defaults), ...inputs },
    secrets: { ROBOFLOW_API_KEY: defaultKey, 'roboflow-api-key': defaultKey },
  };
  const runs: StepRun[] = [];
  const needs: Record<string, unknown> = {};
  for (const [name, job] of Object.entries(jobs)) {
    let steps: Record<string, unknown> = {};
    for (const matrix of legsOf(job)) {
      const done = await runJob(name, job, world, { ...contexts, needs, matrix });
      steps = Object.fromEntries(
        done.flatMap(({ id, run }) =>
          id === undefined ? [] : [[id, { outputs: Object.fromEntries(run.step.outputs) }]],
        ),
      );
      runs.push(...done.map(({ run }) => run));
    }
    needs[name] = { result: 'success', outputs: filledIn(job.outputs ?? {}, { ...contexts, needs, steps }) };
  }
  return runs;
}

/** The values of `matrix` in each leg; one without values for a job that has none. */
function legsOf({ strategy }: WorkflowJob): readonly Readonly<Record<string, string>>[] {
  const matrix = strategy?.matrix;
  if (matrix === undefined || typeof matrix === 'string') return [{}];
  return Object.entries(matrix).reduce<readonly Readonly<Record<string, string>>[]>(
    (legs, [name, values]) =>
      // What an expression gives is not known here.
      typeof values === 'string'
        ? legs
        : legs.flatMap((leg) => values.map((value) => ({ ...leg, [name]: value }))),
    [{}],
  );
}

async function runJob(
  job: string,
  { steps = [] }: WorkflowJob,
  world: RecipeWorld,
  contexts: Contexts,
): Promise<readonly { readonly id: string | undefined; readonly run: StepRun }[]> {
  const done = [];
  for (const step of steps.filter(isOurs)) {
    const given = givenTo(step, contexts);
    const ran = await world.run(withFiles(given));
    done.push({ id: step.id, run: { job, given, step: ran } });
  }
  return done;
}

function givenTo(step: WorkflowStep, contexts: Contexts): Readonly<Record<string, string>> {
  const given = Object.entries(step.with ?? {}).map(([name, value]) => [name, String(value)] as const);
  return filledIn(Object.fromEntries(given), contexts);
}

/** Nothing is checked out here: a file of the workspace is given as its content. */
function withFiles(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (given['train-recipe'] === undefined) return given;
  return { ...given, 'train-recipe': '{ "hyperparameters": { "epochs": 50 } }' };
}

function filledIn(values: Readonly<Record<string, string>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => evaluated(expression, contexts)),
    ]),
  );
}

/** The text that GitHub's own evaluator makes of an expression. */
export function evaluated(expression: string, contexts: Contexts): string {
  const parsed = new Parser(new Lexer(expression.trim()).lex().tokens, Object.keys(contexts), []).parse();
  const known: unknown = JSON.parse(JSON.stringify(contexts), data.reviver);
  if (!(known instanceof data.Dictionary)) throw new Error('contexts are a dictionary');
  return new Evaluator(parsed, known).evaluate().coerceString();
}
