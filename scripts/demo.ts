import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createClockFile } from '../simulator/clock-file.ts';
import { projectRoot, runStep } from '../simulator/runner.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { isScenarioName, type ScenarioName, scenarios } from '../simulator/scenarios.ts';
import { defaultKey, startSimulator } from '../simulator/simulator.ts';
import { demoSettle } from './demo/settle.ts';
import { inTerminal, showLine, showOutputs, title, withBlock } from './demo/show.ts';
import { writePreview } from './preview.ts';

/** How long each of some hundred looks at the training takes, so that one can watch hours pass in seconds. */
const LOOK_MS = 15;

/** What the workflow of the demo has under `with:`, unless the scenario says otherwise. */
const DEFAULTS = {
  version: '7',
  'model-type': 'rfdetr-nano',
  thresholds: 'map50 >= 80\nwarn: recall >= 85',
};

/** Not one training, but the two actions together. */
const SETTLE = 'settle';

/** What shows most of the action, the default first. */
const WORTH_A_LOOK: readonly (ScenarioName | typeof SETTLE)[] = [
  'nas',
  'fine-tune-short',
  'classes',
  'noise',
  'compare',
  SETTLE,
];

const [name = 'nas'] = process.argv.slice(2);
if (name === 'list') {
  console.log(listed([...Object.values(scenarios).map((each) => each.name), SETTLE]));
} else if (name === SETTLE || isScenarioName(name)) {
  process.exitCode = name === SETTLE ? await demoSettle() : await demo(name);
  title('Worth a look: npm run demo -- NAME');
  console.log(`${listed(WORTH_A_LOOK)}\nmore: npm run demo -- list`);
} else {
  console.error(`"${name}" is not a scenario. Which there are: npm run demo -- list`);
  process.exitCode = 2;
}

function listed(names: readonly string[]): string {
  const lines = names.map((each) => {
    const summary = isScenarioName(each)
      ? scenarios[each].summary
      : 'A wait that holds no runner: a commit status from its start to its verdict.';
    return `  ${each}: ${summary}`;
  });
  return lines.join('\n');
}

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
  return result.outputs.outcome === undefined ? 1 : 0;
}
