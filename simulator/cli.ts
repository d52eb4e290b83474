import { type Arguments, help, readArguments, UsageError } from './arguments.ts';
import { writeClockFile } from './clock-file.ts';
import { scenarios } from './scenarios.ts';
import { type SimulatorOptions, startSimulator } from './simulator.ts';

async function run(options: Arguments): Promise<void> {
  const onAnswer: SimulatorOptions['onAnswer'] = ({ method, path, atMs }, outcome) => {
    console.log(`${new Date(atMs).toISOString()} ${method} ${path} ${outcome}`);
  };
  const clock = options.clock === undefined ? undefined : await writeClockFile(options.clock, Date.now());
  const simulator = await startSimulator({ ...options, ...(clock && { now: clock.now }), onAnswer });
  const { workspace, project, summary } = scenarios[options.scenario];
  const base = `${simulator.url}${options.pathPrefix ?? ''}`;
  console.log(`url       ${base}`);
  console.log(`key       ${options.key}`);
  console.log(`scenario  ${options.scenario}: ${summary}`);
  console.log(`try       curl -H 'Authorization: Bearer ${options.key}' ${base}/${workspace}/${project}`);
  const end = () => void simulator.close().then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

try {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') console.log(help());
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
