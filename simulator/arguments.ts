import { parseArgs } from 'node:util';
import type { RoutesMode } from './scenario.ts';
import { isScenarioName, type ScenarioName, scenarios } from './scenarios.ts';
import { defaultKey } from './simulator.ts';

const routesModes: readonly RoutesMode[] = ['both', 'jobs', 'trainings', 'annotation-jobs'];

/** What the command line asked for. */
export interface Arguments {
  readonly scenario: ScenarioName;
  readonly port: number;
  readonly speed: number;
  readonly clock?: string;
  readonly key: string;
  readonly routes?: RoutesMode;
  readonly pathPrefix?: string;
}

/** A mistake on the command line; its message says what is valid. */
export class UsageError extends Error {}

/** What `--help` prints. */
export function help(): string {
  const width = Math.max(...Object.keys(scenarios).map((name) => name.length));
  const list = Object.values(scenarios).map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'A simulator of the Roboflow REST API on 127.0.0.1. Nothing is trained, nothing is paid.',
    '',
    'node simulator/cli.ts [--scenario NAME] [--port N] [--speed N | --clock FILE] [--key KEY] [--routes MODE] [--path-prefix /P]',
    '',
    '  --scenario     default fine-tune',
    '  --port         default 0: any free port',
    '  --speed        simulated seconds to a real one, default 1',
    '  --clock        write this file and show its time, which steps with TRAIN_GATE_CLOCK=FILE move on when they sleep',
    `  --key          the API key to take, default ${defaultKey}`,
    `  --routes       ${routesModes.join(', ')}; default: what the scenario says`,
    '  --path-prefix  serve the API under this path',
    '',
    'Scenarios:',
    ...list,
  ].join('\n');
}

/** Reads the command line; throws a UsageError if something in it is not valid. */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const values = parse(args);
  if (values.help === true) return 'help';
  const scenario = values.scenario ?? 'fine-tune';
  if (!isScenarioName(scenario)) {
    throw new UsageError(`--scenario: "${scenario}" is none; valid: ${Object.keys(scenarios).join(', ')}`);
  }
  const port = numberOf('--port', values.port ?? '0', 'a whole number from 0 to 65535');
  if (!Number.isInteger(port) || port > 65535) {
    throw new UsageError('--port: give a whole number from 0 to 65535');
  }
  const speed = numberOf('--speed', values.speed ?? '1', 'a number above 0');
  if (speed === 0) throw new UsageError('--speed: give a number above 0');
  const prefix = values['path-prefix'];
  if (prefix !== undefined && !prefix.startsWith('/')) {
    throw new UsageError('--path-prefix: give a path that begins with /');
  }
  const routes = values.routes === undefined ? undefined : routesMode(values.routes);
  return {
    scenario,
    port,
    speed,
    key: values.key ?? defaultKey,
    ...(values.clock !== undefined && { clock: values.clock }),
    ...(routes !== undefined && { routes }),
    ...(prefix !== undefined && { pathPrefix: prefix }),
  };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      scenario: { type: 'string' },
      port: { type: 'string' },
      speed: { type: 'string' },
      clock: { type: 'string' },
      key: { type: 'string' },
      routes: { type: 'string' },
      'path-prefix': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${message}\nValid: --scenario, --port, --speed, --clock, --key, --routes, --path-prefix, --help`,
    );
  }
}

function numberOf(name: string, text: string, valid: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new UsageError(`${name}: "${text}" is none; give ${valid}`);
  return Number(text);
}

function routesMode(text: string): RoutesMode {
  const mode = routesModes.find((candidate) => candidate === text);
  if (mode === undefined)
    throw new UsageError(`--routes: "${text}" is none; valid: ${routesModes.join(', ')}`);
  return mode;
}
