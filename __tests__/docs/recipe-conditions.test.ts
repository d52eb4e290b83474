import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { rows } from '../rows.ts';
import { bodyOf, isOurs, isSettle, readRecipes, type WorkflowStep } from './pages.ts';
import { runJobs, type StepCall, type StepEnd } from './run-jobs.ts';
import { contextsOf } from './run-workflow.ts';

const recipes = await readRecipes();

/** What each step with an action of ours may end with: green or red, and its outputs. */
const green = (outputs: Readonly<Record<string, string>>): StepEnd => ({ conclusion: 'success', outputs });
const red = (outputs: Readonly<Record<string, string>>): StepEnd => ({ conclusion: 'failure', outputs });
const judged = (outcome: string) => ({
  outcome,
  'job-id': 'job_1',
  'model-id': 'm1',
  'report-file': 'report.md',
  'results-file': 'results.json',
  'deploy-matrix': '{"include":[{"hardware":"t4","model-id":"m1"}]}',
});
const settled = (...outcomes: readonly string[]) => ({
  settled: JSON.stringify(outcomes.map((outcome) => ({ sha: 'c1', outcome }))),
});
const ENDS: Readonly<Record<string, StepEnd>> = {
  passed: green(judged('passed')),
  failed: red(judged('failed')),
  undecided: red(judged('undecided')),
  'not enforced': green(judged('failed')),
  'no weights': red(judged('passed')),
  started: green({ outcome: 'started', 'job-id': 'job_1', 'report-file': 'report.md' }),
  checked: green({ outcome: 'checked', 'report-file': 'report.md' }),
  skipped: green({ outcome: 'skipped', 'report-file': 'report.md' }),
  crashed: red({ outcome: 'undecided' }),
  cancelled: { conclusion: 'cancelled', outputs: judged('undecided') },
  'settled passed': green(settled('failed', 'passed')),
  'settled failed': green(settled('failed')),
  'settled nothing': green(settled()),
  'partly settled': red(settled('passed')),
  'could not settle': red(settled()),
  'has no inputs': red({}),
};

/** A recipe, how its steps with an action of ours end, in order, and what runs in it: those steps are `gate` and `settle`. */
const table = rows(`
  nightly | passed | gate, upload-artifact
  nightly | failed | gate, upload-artifact
  nightly | crashed | gate
  nightly | cancelled | gate
  compare | passed | gate, upload-artifact
  compare | undecided | gate, upload-artifact
  compare | crashed | gate
  compare | cancelled | gate
  chat | passed | gate, Tell the chat
  chat | failed | gate, Tell the chat
  chat | crashed | gate, Tell the chat
  chat | cancelled | gate
  search-and-deploy | passed | gate, Deploy
  search-and-deploy | failed | gate
  search-and-deploy | undecided | gate
  search-and-deploy | not enforced | gate
  search-and-deploy | started | gate
  search-and-deploy | checked | gate
  search-and-deploy | skipped | gate
  search-and-deploy | crashed | gate
  search-and-deploy | cancelled | gate
  choose-by-speed | passed | gate, Deploy
  choose-by-speed | failed | gate
  choose-by-speed | not enforced | gate
  choose-by-speed | checked | gate
  choose-by-speed | cancelled | gate
  gate-on-classes | passed | gate, Look at an image
  gate-on-classes | failed | gate
  gate-on-classes | not enforced | gate
  gate-on-classes | checked | gate
  gate-on-classes | cancelled | gate
  weights | passed | gate, upload-artifact, attest, attest
  weights | no weights | gate
  weights | failed | gate
  weights | cancelled | gate
  model-types | passed; passed; passed | gate, gate, gate, run
  model-types | passed; failed; passed | gate, gate, gate, run (red)
  model-types | passed; cancelled | gate, gate, run (red)
  long-training | started; passed | gate, gate
  long-training | undecided | gate
  long-training | crashed | gate
  long-training | cancelled | gate
  deploy-after-settling on push | started | gate
  deploy-after-settling on push | undecided | gate
  deploy-after-settling on schedule | settled passed | settle, newest, Deploy
  deploy-after-settling on schedule | settled failed | settle
  deploy-after-settling on schedule | settled nothing | settle
  deploy-after-settling on schedule | partly settled | settle, newest, Deploy
  deploy-after-settling on schedule | could not settle | settle
  deploy-after-settling on schedule | has no inputs | settle
  deploy-after-settling on schedule | cancelled | settle
  accept-regression | passed | gate
  accept-regression | failed | gate
  accept-regression | cancelled | gate
  accept-regression with the label | passed | accepted, gate
  promote | passed | Look for production, download-artifact, gate, Is it in production?, Deploy, upload-artifact
  promote | failed | Look for production, download-artifact, gate, upload-artifact
  promote | undecided | Look for production, download-artifact, gate, upload-artifact
  promote | not enforced | Look for production, download-artifact, gate, Is it in production?, upload-artifact
  promote | checked | Look for production, download-artifact, gate, Is it in production?, upload-artifact
  promote | cancelled | Look for production, download-artifact, gate, upload-artifact
  promote on its first night | passed | Look for production, gate, Is it in production?, Deploy, upload-artifact
  promote on its first night | failed | Look for production, gate
  promote in a night without news | passed | Look for production, download-artifact, gate, Is it in production?, upload-artifact
`);

type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

const WAYS: Readonly<Record<string, { readonly github?: object; readonly steps?: Outputs }>> = {
  'on schedule': { github: { event_name: 'schedule' } },
  'with the label': { github: { event: { pull_request: { labels: [{ name: 'accept-regression' }] } } } },
  'on its first night': { steps: { stored: { run: '' }, production: { 'job-id': '' } } },
  'in a night without news': { steps: { production: { 'job-id': 'job_1' } } },
};
/** What the other steps of a recipe tell, unless a way has it otherwise. */
const TOLD: Outputs = {
  newest: { 'model-id': 'm1', commit: 'c1' },
  stored: { run: '7' },
  production: { 'job-id': 'job_0' },
};

function labelOf(step: WorkflowStep): string {
  if (isOurs(step)) return 'gate';
  if (isSettle(step)) return 'settle';
  return step.name ?? step.id ?? /([\w-]+)@/.exec(step.uses ?? '')?.[1] ?? 'run';
}

test.each(table)('%s, %s: %s', async (place, ends, expected) => {
  const [, where = '', way = ''] = /^(\S+) ?(.*)$/.exec(place) ?? [];
  const workflow = recipes.find((each) => each.where === `docs/recipes/${where}.yml`);
  if (workflow === undefined) throw new Error(`there is no ${where}`);
  const { github = {}, steps = {} } = WAYS[way] ?? {};
  const contexts = contextsOf(workflow);
  const left = ends.split('; ');
  const ran: string[] = [];
  const hasProduction = way !== 'on its first night';
  const perform = async ({ step, env }: StepCall): Promise<StepEnd> => {
    if (step.uses?.startsWith('actions/checkout@')) return green({});
    const isOfOurs = isOurs(step) || isSettle(step);
    const end = isOfOurs ? ENDS[left.shift() ?? ''] : endOf(step, env);
    if (end === undefined) throw new Error(`there is no end for ${labelOf(step)}`);
    ran.push(`${labelOf(step)}${!isOfOurs && end.conclusion === 'failure' ? ' (red)' : ''}`);
    return end;
  };
  const endOf = (step: WorkflowStep, env: Readonly<Record<string, string>>): StepEnd => {
    if (step.run?.startsWith('test ') && spawnSync('sh', ['-c', step.run], { env }).status !== 0)
      return red({});
    return green({ ...TOLD, ...steps }[step.id ?? ''] ?? {});
  };
  const hashFiles = () => (hasProduction || ran.includes('Deploy') ? 'a1b2' : '');
  await runJobs(
    workflow,
    { contexts: { ...contexts, github: { ...Object(contexts.github), ...github } }, hashFiles },
    perform,
  );
  expect(ran.join(', ')).toBe(expected);
  expect(left).toEqual([]);
});

test('every recipe is held in which something follows a step of ours, at a green, a red and a cancelled one', () => {
  const follows = recipes.filter((workflow) => {
    const steps = Object.values(bodyOf(workflow).jobs).flatMap((job) => job.steps ?? []);
    const first = steps.findIndex((step) => isOurs(step) || isSettle(step));
    return first >= 0 && first < steps.length - 1;
  });
  expect(follows.length).toBeGreaterThanOrEqual(10);
  for (const { where } of follows) {
    const held = table.filter(([place = '']) => where === `docs/recipes/${place.split(' ')[0]}.yml`);
    const ends = held.flatMap(([, end = '']) => end.split('; ')).map((end) => ENDS[end]?.conclusion);
    expect([...new Set(ends)].sort(), where).toEqual(['cancelled', 'failure', 'success']);
  }
});
