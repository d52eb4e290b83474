import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createClockFile } from '../simulator/clock-file.ts';
import { projectRoot, runStep, type StepResult } from '../simulator/runner.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { isScenarioName, type ScenarioName, scenarios } from '../simulator/scenarios.ts';
import { defaultKey, startSimulator } from '../simulator/simulator.ts';
import { writePreview } from './preview.ts';

/** How long each of some hundred looks at the training takes, so that one can watch hours pass in seconds. */
const LOOK_MS = 15;

const LONGEST_OUTPUT = 160;

/** What the workflow of the demo has under `with:`, unless the scenario says otherwise. */
const DEFAULTS = {
  version: '7',
  'model-type': 'rfdetr-nano',
  thresholds: 'map50 >= 80\nwarn: recall >= 85',
};

const [name = 'nas'] = process.argv.slice(2);
if (!isScenarioName(name)) {
  console.error(
    `"${name}" is not a scenario. Valid:\n${Object.values(scenarios)
      .map((each) => `  ${each.name}: ${each.summary}`)
      .join('\n')}`,
  );
  process.exit(2);
}
process.exitCode = await demo(name);

/** Runs the action on a scenario and shows what a workflow would show. Exits 0 whatever the verdict: the demo worked. */
async function demo(scenario: ScenarioName): Promise<number> {
  await using clock = await createClockFile();
  await using simulator = await startSimulator({
    scenario,
    now: clock.now,
    faults: [{ route: 'poll', do: { kind: 'slow', delayMs: LOOK_MS } }],
  });
  const { summary, inputs: own }: Scenario = scenarios[scenario];
  const inputs = {
    'api-key': defaultKey,
    'api-url': simulator.url,
    project: 'hard-hats',
    ...DEFAULTS,
    ...own,
  };
  title(`Scenario ${scenario}: ${summary}`);
  console.log(
    'This runs dist/index.js as a workflow would, against a simulator of Roboflow on this machine.',
  );
  console.log('Nothing is trained or paid. When the step sleeps, no real time passes.\n');
  console.log(withBlock(inputs));
  title('Log of the step');
  const result = await runStep({
    inputs,
    env: { TRAIN_GATE_CLOCK: clock.file },
    onLine: showLine,
  });
  showOutputs(result);
  title('Report (the job summary)');
  console.log(inTerminal(result.summary));
  const file = path.join(projectRoot, 'preview', `${scenario}.md`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, result.summary);
  const pages = await Promise.all(
    (['light', 'dark'] as const).map((theme) => writePreview(result.summary, scenario, theme)),
  );
  title('In short');
  console.log(
    `The step ${result.exitCode === 0 ? 'is green' : 'is red'} (exit code ${result.exitCode}), outcome: ${result.outputs.outcome}.`,
  );
  const shown = [file, ...pages].map((each) => path.relative(process.cwd(), each));
  console.log(
    `The report is in ${shown[0]}; as GitHub shows it, to open in a browser: ${shown.slice(1).join(', ')}.`,
  );
  console.log(`Other scenarios: npm run demo -- ${Object.keys(scenarios).join(' | ')}`);
  return result.outputs.outcome === undefined ? 1 : 0;
}

function title(text: string): void {
  console.log(`\n${text}\n${'-'.repeat(text.length)}`);
}

function withBlock(inputs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(inputs).flatMap(([input, value]) =>
    value.includes('\n')
      ? [`  ${input}: |`, ...value.split('\n').map((line) => `    ${line}`)]
      : [`  ${input}: ${value}`],
  );
  return ['with:', ...lines].join('\n');
}

/** GitHub hides the debug log unless step debug logging is on, which sets `RUNNER_DEBUG`. */
function showLine(line: string): void {
  if (line.startsWith('::debug::') && process.env.RUNNER_DEBUG !== '1') return;
  if (line === '::endgroup::') return;
  console.log(readableLine(line));
}

/** The runner turns commands into annotations; here they are shown as what a reader would see. */
function readableLine(line: string): string {
  const command = /^::(error|warning|notice|debug|add-mask|group)[^:]*::(.*)$/.exec(line);
  if (command?.[1] === 'add-mask') return '(the key is masked from here on)';
  if (command?.[1] === 'group') return `▾ ${command[2] ?? ''} (folded away on GitHub)`;
  if (!command) return line;
  const text = (command[2] ?? '').replaceAll('%0A', '\n').replaceAll('%0D', '').replaceAll('%25', '%');
  return `${(command[1] ?? '').toUpperCase()}: ${text}`;
}

function showOutputs({ outputs }: StepResult): void {
  title('Outputs');
  const width = Math.max(...Object.keys(outputs).map((output) => output.length));
  for (const [output, value] of Object.entries(outputs)) {
    const shown = value.length > LONGEST_OUTPUT ? `${value.slice(0, LONGEST_OUTPUT)}...` : value;
    console.log(`${output.padEnd(width)}  ${shown}`);
  }
}

/** The report as a terminal can show it: without what GitHub folds away or draws. */
function inTerminal(report: string): string {
  return report
    .replace(/<details><summary>(.*?)<\/summary>[\s\S]*?<\/details>/g, '($1, folded away on GitHub)')
    .replace(/```mermaid[\s\S]*?```/g, '(The picture is on the page, see below.)')
    .replaceAll('&#8203;', '')
    .replaceAll('&nbsp;', ' ');
}
