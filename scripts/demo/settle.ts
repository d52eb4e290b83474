import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClockFile } from '../../simulator/clock-file.ts';
import { type Github, startGithub, workflowToken } from '../../simulator/github.ts';
import { projectRoot, runStep, type StepResult } from '../../simulator/runner.ts';
import { scenarios } from '../../simulator/scenarios.ts';
import { defaultKey, startSimulator } from '../../simulator/simulator.ts';
import { inTerminal, showLine, showOutputs, title, withBlock } from './show.ts';

const MINUTE_MS = 60_000;
const HEAD = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const REPOSITORY = 'acme/site-safety';

/** As GitHub draws the state of a status. */
const ICONS = { pending: '🟡', success: '✅', failure: '❌', error: '❌' } as const;

/**
 * Plays a wait that holds no runner: the start on a pull request, two looks, and the verdict. Exits 0 whatever the verdict: the
 * demo worked.
 */
export async function demoSettle(): Promise<number> {
  await using clock = await createClockFile();
  await using simulator = await startSimulator({
    scenario: scenarios['fine-tune'],
    routes: 'jobs',
    now: clock.now,
  });
  const pullRequests = [{ number: 12, state: 'open' as const, commits: [HEAD] }];
  await using github = await startGithub({ pullRequests, now: clock.now });
  const folder = await mkdtemp(path.join(tmpdir(), 'demo-'));
  const event = path.join(folder, 'event.json');
  await writeFile(event, JSON.stringify(pullRequestEvent()));
  const env = { TRAIN_GATE_CLOCK: clock.file, GITHUB_API_URL: github.url, GITHUB_REPOSITORY: REPOSITORY };
  const connection = {
    'api-key': defaultKey,
    'api-url': simulator.url,
    'github-token': workflowToken,
    project: 'acme/hard-hats',
    'status-context': 'model-quality',
  };
  console.log(
    'This runs both actions from dist as workflows would, against simulators of Roboflow and GitHub.',
  );

  const starting = { ...connection, version: '7', 'model-type': 'rfdetr-nano', wait: 'status' };
  await show('9:00, a pull request: start', starting, {
    inputs: starting,
    env: { ...env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event, GITHUB_RUN_ID: '41' },
  });
  showStatus(github);

  const settling = { ...connection, thresholds: 'map50 >= 80\nwarn: recall >= 85' };
  let last: StepResult | undefined;
  for (const [index, minutes] of [15, 30, 45].entries()) {
    clock.pass(minutes * MINUTE_MS);
    last = await show(`${minutes} minutes later: settle`, index === 0 ? settling : undefined, {
      action: path.join(projectRoot, 'settle'),
      inputs: settling,
      env: { ...env, GITHUB_EVENT_NAME: 'schedule', GITHUB_RUN_ID: String(42 + index) },
    });
    showStatus(github);
  }
  await rm(folder, { recursive: true, force: true });
  if (last === undefined) return 1;
  showOutputs(last);
  title('Report (the job summary of the last settle)');
  const [table = ''] = last.summary.split('<details>');
  console.log(inTerminal(table));
  console.log('(Below it, the report of each verdict is folded away.)');
  return github.statuses.at(-1)?.state === 'success' ? 0 : 1;
}

async function show(
  heading: string,
  inputs: Readonly<Record<string, string>> | undefined,
  step: Parameters<typeof runStep>[0],
): Promise<StepResult> {
  title(heading);
  if (inputs !== undefined) console.log(`${withBlock(inputs)}\n`);
  return runStep({ ...step, onLine: showLine });
}

/** The newest status of the commit, as it stands below a pull request. */
function showStatus({ statuses }: Github): void {
  const status = statuses.at(-1);
  if (status === undefined) throw new Error('the step has set no status');
  const { context, state, description, targetUrl } = status;
  console.log(`\n  ${ICONS[state]} ${context}  ${description}\n     Details: ${targetUrl}`);
}

function pullRequestEvent() {
  const repo = { full_name: REPOSITORY };
  return { pull_request: { number: 12, head: { sha: HEAD, ref: 'wider-lens', repo }, base: { repo } } };
}
