import { afterEach } from 'vitest';
import {
  defaultKey,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/simulator.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const project = '/acme/hard-hats';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** A running simulator with a clock of its own. */
export class Bench {
  readonly simulator: Simulator;
  readonly time: { now: number };

  private constructor(simulator: Simulator, time: { now: number }) {
    this.simulator = simulator;
    this.time = time;
  }

  static async start(options: Omit<SimulatorOptions, 'now'> = {}): Promise<Bench> {
    const time = { now: Date.UTC(2027, 0, 4, 9) };
    return new Bench(await startSimulator({ listLagMs: 0, ...options, now: () => time.now }), time);
  }

  pass(ms: number): void {
    this.time.now += ms;
  }

  get(path: string): Promise<Reply> {
    return this.ask('GET', path);
  }

  post(path: string, body: unknown = {}): Promise<Reply> {
    return this.ask('POST', path, body);
  }

  async ask(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await this.fetch(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${defaultKey}`, 'content-type': 'application/json' };
    return fetch(`${this.simulator.url}${path}`, { headers, redirect: 'manual', ...init });
  }

  /** Starts a training by v2 and gives its id. */
  async start(modelType = 'rfdetr-nano', version = 7): Promise<string> {
    const { body } = await this.post(`${project}/${version}/v2/trainings`, { modelType });
    const id = dig(body, 'trainingId');
    if (typeof id !== 'string') throw new Error(`no training: ${JSON.stringify(body)}`);
    return id;
  }
}

/** Walks into a parsed body. */
export function dig(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null) return undefined;
    return Object.entries(at).find(([name]) => name === String(key))?.[1];
  }, value);
}

/** An array inside a parsed body. */
export function rows(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = dig(value, ...path);
  if (!Array.isArray(found)) throw new Error(`no array at ${path.join('.')}`);
  return found;
}

const open: Simulator[] = [];

/** Starts a simulator that ends with the test. */
export async function bench(options: Omit<SimulatorOptions, 'now'> = {}): Promise<Bench> {
  const started = await Bench.start(options);
  open.push(started.simulator);
  return started;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});
