import { type Contexts, evaluated, type Functions, filledIn, holds } from './expressions.ts';
import { bodyOf, type Workflow, type WorkflowJob, type WorkflowStep } from './pages.ts';

/** A step that is to be done, its expressions filled in. */
export interface StepCall {
  readonly job: string;
  readonly step: WorkflowStep;
  /** What it has under `with:` and under `env:`. */
  readonly given: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/** How a step came out. */
export interface StepEnd {
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
}

type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

/** Does a step. */
export type Perform = (call: StepCall) => Promise<StepEnd>;

/** What a run can see from its beginning; `hashFiles` tells whether a file is there. */
export interface RunSurroundings {
  readonly contexts: Contexts;
  readonly hashFiles?: (pattern: string) => string;
}

interface Run extends RunSurroundings {
  readonly perform: Perform;
  isCancelled: boolean;
}

/** Runs the jobs of a workflow as GitHub does: in order, leg by leg, by their conditions. Returns how each job came out. */
export async function runJobs(
  workflow: Workflow,
  surroundings: RunSurroundings,
  perform: Perform,
): Promise<Readonly<Record<string, Conclusion>>> {
  const run: Run = { ...surroundings, perform, isCancelled: false };
  const done: Record<string, { readonly result: Conclusion; readonly outputs: object }> = {};
  for (const [name, job] of Object.entries(bodyOf(workflow).jobs)) {
    const needed = [job.needs ?? []].flat();
    const needs = Object.fromEntries(needed.map((each) => [each, done[each]]));
    const contexts = { matrix: {}, ...run.contexts, needs };
    const results = needed.map((each) => done[each]?.result);
    const mayRun = () => holds(job.if, contexts, functionsOf(run, run.isCancelled, results));
    done[name] = mayRun()
      ? await runLegs(name, job, contexts, run, mayRun)
      : { result: 'skipped', outputs: {} };
  }
  return Object.fromEntries(Object.entries(done).map(([name, { result }]) => [name, result]));
}

function functionsOf(run: Run, isCancelled: boolean, before: readonly (Conclusion | undefined)[]): Functions {
  return {
    success: () => !isCancelled && before.every((result) => result === 'success'),
    failure: () => !isCancelled && before.includes('failure'),
    cancelled: () => isCancelled,
    always: () => true,
    hashFiles: (pattern) => run.hashFiles?.(pattern) ?? '',
  };
}

/** A leg that still waits when the run is cancelled does not begin, unless its job may run then. */
async function runLegs(name: string, job: WorkflowJob, contexts: Contexts, run: Run, mayRun: () => boolean) {
  const ends: Awaited<ReturnType<typeof runLeg>>[] = [];
  for (const matrix of legsOf(job, contexts))
    if (mayRun()) ends.push(await runLeg(name, job, { ...contexts, matrix }, run));
  const worst = (['cancelled', 'failure'] as const).find((each) =>
    ends.some(({ result }) => result === each),
  );
  return { result: worst ?? ('success' as const), outputs: ends.at(-1)?.outputs ?? {} };
}

/** The values of `matrix` in each leg; one without values for a job that has none. */
function legsOf({ strategy }: WorkflowJob, contexts: Contexts): readonly object[] {
  const { matrix } = strategy ?? {};
  if (matrix === undefined) return [{}];
  if (typeof matrix === 'string') {
    const inner = matrix.replace(/^\$\{\{(.*)\}\}$/, 'toJSON($1)');
    const { include }: { readonly include: readonly object[] } = JSON.parse(evaluated(inner, contexts));
    return include;
  }
  return Object.entries(matrix).reduce<readonly object[]>(
    (legs, [name, values]) => legs.flatMap((leg) => values.map((value) => ({ ...leg, [name]: value }))),
    [{}],
  );
}

async function runLeg(
  name: string,
  job: WorkflowJob,
  contexts: Contexts,
  run: Run,
): Promise<{ readonly result: Conclusion; readonly outputs: Readonly<Record<string, string>> }> {
  const steps: Record<string, object> = {};
  const conclusions: Conclusion[] = [];
  const seen = { ...contexts, steps };
  for (const step of job.steps ?? []) {
    const ran = conclusions.filter((each) => each !== 'skipped');
    const functions = functionsOf(run, ran.includes('cancelled'), ran);
    const end: StepEnd = holds(step.if, seen, functions)
      ? await run.perform({
          job: name,
          step,
          given: filledIn(step.with, seen, functions),
          env: filledIn(step.env, seen, functions),
        })
      : { conclusion: 'skipped', outputs: {} };
    run.isCancelled ||= end.conclusion === 'cancelled';
    conclusions.push(end.conclusion);
    if (step.id !== undefined) steps[step.id] = end;
  }
  const worst = (['cancelled', 'failure'] as const).find((each) => conclusions.includes(each));
  return { result: worst ?? 'success', outputs: filledIn(job.outputs, seen) };
}
