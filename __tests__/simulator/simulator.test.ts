import { afterEach, describe, expect, it } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import {
  defaultKey,
  type Fault,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/simulator.ts';
import { neededFormat } from '../../simulator/versions.ts';

const minute = 60_000;
const hour = 60 * minute;
const project = '/acme/hard-hats';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** A running simulator with a clock of its own. */
class Bench {
  readonly simulator: Simulator;
  readonly time: { now: number };

  private constructor(simulator: Simulator, time: { now: number }) {
    this.simulator = simulator;
    this.time = time;
  }

  static async start(options: Omit<SimulatorOptions, 'now'> = {}): Promise<Bench> {
    const time = { now: Date.UTC(2027, 0, 4, 9) };
    return new Bench(await startSimulator({ ...options, now: () => time.now }), time);
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

  /** Starts a run over v2 and gives its id. */
  async start(modelType = 'rfdetr-nano', version = 7): Promise<string> {
    const { body } = await this.post(`${project}/${version}/v2/trainings`, { modelType });
    const id = dig(body, 'trainingId');
    if (typeof id !== 'string') throw new Error(`no training: ${JSON.stringify(body)}`);
    return id;
  }
}

/** Walks into a parsed body. */
function dig(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null) return undefined;
    return Object.entries(at).find(([name]) => name === String(key))?.[1];
  }, value);
}

/** An array inside a parsed body. */
function rows(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = dig(value, ...path);
  if (!Array.isArray(found)) throw new Error(`no array at ${path.join('.')}`);
  return found;
}

const open: Simulator[] = [];

async function bench(options: Omit<SimulatorOptions, 'now'> = {}): Promise<Bench> {
  const started = await Bench.start(options);
  open.push(started.simulator);
  return started;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

describe('the key', () => {
  it('is taken from the header, the query and the body', async () => {
    const { simulator } = await bench();
    const bare = (path: string, init: RequestInit = {}) => fetch(`${simulator.url}${path}`, init);
    expect((await bare('/', { headers: { authorization: `Bearer ${defaultKey}` } })).status).toBe(200);
    expect((await bare(`/?api_key=${defaultKey}`)).status).toBe(200);
    const body = JSON.stringify({ api_key: defaultKey });
    expect((await bare('/', { method: 'POST', body })).status).toBe(200);
    expect((await bare('/')).status).toBe(401);
    expect((await bare('/?api_key=wrong')).status).toBe(401);
  });

  it('without scopes may ask who it is, and nothing else', async () => {
    const { simulator } = await bench();
    const ask = (path: string) => fetch(`${simulator.url}${path}?api_key=rf_noscope_1`);
    expect((await ask('/')).status).toBe(200);
    const refused = await ask(project);
    expect(refused.status).toBe(403);
    expect(dig(await refused.json(), 'error', 'message')).toMatch(/scope/);
  });
});

describe('reads', () => {
  it('names the workspace of the key', async () => {
    const { body } = await (await bench()).get('/');
    expect(body).toMatchObject({ welcome: expect.any(String), docs: expect.any(String), workspace: 'acme' });
  });

  it('shows workspace, project and version', async () => {
    const b = await bench();
    expect(dig((await b.get('/acme')).body, 'workspace', 'projects', 0, 'id')).toBe('acme/hard-hats');
    const { body } = await b.get(project);
    expect(dig(body, 'project', 'versions')).toBe(4);
    expect(rows(body, 'versions').map((version) => dig(version, 'id'))).toEqual([
      'acme/hard-hats/7',
      'acme/hard-hats/6',
      'acme/hard-hats/5',
      'acme/hard-hats/4',
    ]);
    expect((await b.get(`${project}/7?nocache=true`)).body).toMatchObject({
      workspace: { url: 'acme' },
      project: { type: 'object-detection' },
      version: { generating: false, images: 2460, exports: ['coco'], splits: { valid: 369 }, models: {} },
    });
  });

  it('answers 404 in several shapes', async () => {
    const b = await bench();
    expect(await b.get('/other')).toMatchObject({ status: 404, body: { error: expect.any(String) } });
    expect(await b.get('/acme/other')).toMatchObject({ status: 404, body: { error: expect.any(String) } });
    expect(await b.get(`${project}/99`)).toMatchObject({ status: 404, body: { hint: expect.any(String) } });
    const unknown = await b.post(`${project}/7/nothing`);
    expect(unknown).toEqual({ status: 404, body: { message: expect.any(String) } });
  });

  it('keeps a path prefix', async () => {
    const b = await bench({ pathPrefix: '/gateway/rf/' });
    expect((await b.get(`/gateway/rf${project}`)).status).toBe(200);
    expect((await b.get(project)).status).toBe(404);
    expect(b.simulator.requests[0]?.path).toBe(`/gateway/rf${project}`);
  });
});

describe('the jobs dialect', () => {
  it('goes from queued over training to complete', async () => {
    const b = await bench();
    const created = await b.post(`${project}/jobs`, { version: 7, model_type: 'rfdetr-nano', epochs: 40 });
    expect(created.body).toEqual({
      jobId: expect.stringMatching(/^job_/),
      status: 'queued',
      version: 7,
      createdAt: new Date(b.time.now).toISOString(),
    });
    const poll = async () => (await b.get(`${project}/jobs/${dig(created.body, 'jobId')}`)).body;
    expect(await poll()).toMatchObject({ id: dig(created.body, 'jobId'), model_type: 'rfdetr-nano' });
    expect(await poll()).not.toHaveProperty('progress');
    b.pass(37 * minute);
    expect(await poll()).toMatchObject({ status: 'training', progress: 0.5 });
    const epochs = rows((await b.get(`${project}/7`)).body, 'version', 'models', 'roboflow-train', 'epochs');
    expect(epochs).toHaveLength(20);
    expect(epochs[0]).toMatchObject({ epoch: '1', mAP: expect.any(String), box_loss: expect.any(String) });
    b.pass(36 * minute);
    expect(await poll()).toMatchObject({ status: 'complete', progress: 1 });
    expect(rows((await b.get(`${project}/jobs`)).body, 'jobs')[0]).toEqual(await poll());
    expect(b.simulator.started()).toHaveLength(1);
  });

  it('wraps the single job as the scenario says', async () => {
    for (const jobEnvelope of ['job', 'jobs'] as const) {
      const b = await bench({ scenario: { ...scenarios['fine-tune'], jobEnvelope } });
      const { body } = await b.post(`${project}/jobs`, { version: 7, model_type: 'rfdetr-nano' });
      const id = dig(body, 'jobId');
      const single = (await b.get(`${project}/jobs/${id}`)).body;
      expect(jobEnvelope === 'job' ? dig(single, 'job', 'id') : dig(single, 'jobs', 0, 'id')).toBe(id);
    }
  });

  it('refuses what makes no sense, and lists the valid model types', async () => {
    const b = await bench();
    const start = (body: unknown) => b.post(`${project}/jobs`, body);
    const wrong = await start({ version: 7, model_type: 'rfdetr-tiny' });
    expect(wrong.status).toBe(400);
    expect(dig(wrong.body, 'error', 'message')).toMatch(/valid: rfdetr-nano, rfdetr-small/);
    expect((await start({ model_type: 'rfdetr-nano' })).status).toBe(400);
    expect((await start({ version: '7', model_type: 'rfdetr-nano' })).status).toBe(400);
    expect((await start({ version: 99, model_type: 'rfdetr-nano' })).status).toBe(404);
    expect((await start({ version: 7, model_type: 'rfdetr-nano', speed: 'warp' })).status).toBe(400);
    expect((await b.fetch(`${project}/jobs`, { method: 'POST', body: '{"version":' })).status).toBe(400);
    expect(b.simulator.started()).toHaveLength(0);
  });

  it('ignores keys of the other dialect, so the default type trains', async () => {
    const b = await bench();
    await b.post(`${project}/jobs`, { version: 7, modelType: 'rfdetr-nano' });
    await b.post(`${project}/7/v2/trainings`, { model_type: 'rfdetr-nano' });
    expect(b.simulator.started().map((training) => training.modelType)).toEqual([
      'rfdetr-base',
      'rfdetr-base',
    ]);
  });

  it('can mean annotation jobs, or not be there', async () => {
    const b = await bench({ routes: 'annotation-jobs' });
    const list = await b.get(`${project}/jobs`);
    expect(dig(list.body, 'jobs', 0)).toMatchObject({ labeler: expect.any(String), numImages: 120 });
    expect((await b.post(`${project}/jobs`, { version: 7, model_type: 'rfdetr-nano' })).status).toBe(400);
    expect((await b.get(`${project}/7/v2/trainings`)).status).toBe(200);
    expect((await (await bench({ routes: 'trainings' })).get(`${project}/jobs`)).status).toBe(404);
    expect((await (await bench({ routes: 'jobs' })).get(`${project}/7/v2/trainings`)).status).toBe(404);
  });
});

describe('the v2 dialect', () => {
  it('starts, lists and reads the run that the jobs list shows too', async () => {
    const b = await bench();
    const { body } = await b.post(`${project}/7/v2/trainings`, { modelType: 'rfdetr-nano' });
    expect(body).toEqual({
      trainingId: expect.stringMatching(/^[0-9a-f]{20}$/),
      status: 'queued',
      jobId: expect.any(String),
    });
    b.pass(5 * minute);
    const entry = dig((await b.get(`${project}/7/v2/trainings`)).body, 'trainings', 0);
    expect(entry).toMatchObject({ trainingId: dig(body, 'trainingId'), status: 'running', modelGroup: null });
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0, 'id')).toBe(dig(body, 'jobId'));
    b.pass(2 * hour);
    expect((await b.get(`${project}/7/v2/trainings/get`)).body).toMatchObject({
      status: 'finished',
      modelCount: 1,
      models: [{ modelId: expect.stringMatching(/^acme\/hard-hats-7-/), metrics: { map50: 84.2 } }],
    });
  });

  it('allows parallel runs on an MMPV version and then wants an id', async () => {
    const b = await bench();
    const first = await b.start();
    const second = await b.start();
    expect(second).not.toBe(first);
    const base = `${project}/7/v2/trainings`;
    for (const reply of [
      await b.get(`${base}/get`),
      await b.post(`${base}/stop`),
      await b.post(`${base}/cancel`),
    ]) {
      expect(reply).toMatchObject({ status: 409, body: { error: { code: 'MULTIPLE_TRAININGS' } } });
    }
    expect((await b.post(`${project}/7/train/cancel`)).status).toBe(409);
    expect((await b.get(`${base}/get?trainingId=${first}`)).body).toMatchObject({ trainingId: first });
    expect((await b.get(`${base}/get?trainingId=none`)).status).toBe(404);
    expect((await b.post(`${base}/cancel`, { trainingId: first })).body).toEqual({ refund: true });
    expect((await b.get(`${base}/get?trainingId=${first}`)).body).toMatchObject({ status: 'cancelled' });
  });

  it('refuses a second run on an SMPV version', async () => {
    const b = await bench({ scenario: 'version-only' });
    expect(await b.start()).toBe('acme/hard-hats/7');
    const again = await b.post(`${project}/7/v2/trainings`, { modelType: 'rfdetr-nano' });
    expect(again).toMatchObject({ status: 409, body: { error: { type: 'Conflict' } } });
    expect(rows((await b.get(`${project}/7/v2/trainings`)).body, 'trainings')).toHaveLength(1);
    await b.post(`${project}/7/train/cancel`);
    expect(await b.start()).toBe('acme/hard-hats/7');
  });

  it('gives and takes a recipe', async () => {
    const b = await bench();
    const { body } = await b.get(`${project}/7/v2/trainings/recipe?modelType=rfdetr-nano`);
    const template = dig(body, 'template');
    expect(template).toMatchObject({ source_version: 7, hyperparameters: { epochs: 60 } });
    expect((await b.get(`${project}/7/v2/trainings/recipe`)).status).toBe(400);
    expect((await b.get(`${project}/7/v2/trainings/recipe?modelType=x`)).status).toBe(400);
    const start = (fields: object) => b.post(`${project}/7/v2/trainings`, fields);
    expect((await start({ trainRecipe: template })).status).toBe(400);
    const odd = await start({ modelType: 'rfdetr-nano', trainRecipe: { hyperparameters: { momentum: 1 } } });
    expect(odd.status).toBe(400);
    await start({ modelType: 'rfdetr-nano', epochs: 10, trainRecipe: template });
    expect(b.simulator.started()[0]?.requested.epochs).toBe(60);
  });
});

describe('cancel and stop', () => {
  it('cancels once, and then there is nothing to cancel', async () => {
    const b = await bench();
    await b.start();
    expect((await b.post(`${project}/7/train/cancel`)).body).toEqual({ refund: true });
    const again = await b.post(`${project}/7/train/cancel`);
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'CANNOT_CANCEL' } } });
    expect((await b.post(`${project}/6/train/cancel`)).status).toBe(409);
  });

  it('does not cancel past the refund window unless told to', async () => {
    const b = await bench();
    await b.start();
    b.pass(30 * minute);
    expect((await b.post(`${project}/7/train/cancel`)).body).toEqual({ refund: false });
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({ status: 'training' });
    const done = await b.post(`${project}/7/train/cancel`, { continueIfNoRefund: true });
    expect(done.body).toEqual({ success: true });
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({ status: 'cancelled' });
  });

  it('stops gracefully, however often asked, and keeps the weights', async () => {
    const b = await bench();
    await b.start();
    b.pass(30 * minute);
    expect((await b.post(`${project}/7/train/stop`)).body).toEqual({ success: true });
    b.pass(minute);
    expect((await b.post(`${project}/7/train/stop`)).body).toEqual({ success: true });
    const version = (await b.get(`${project}/7`)).body;
    expect(dig(version, 'version', 'train')).toMatchObject({ status: 'training', requestedStop: true });
    b.pass(minute);
    const { body } = await b.get(`${project}/7/v2/trainings/get`);
    expect(body).toMatchObject({ status: 'stopped', models: [{ metrics: { map50: 84.2 } }] });
    expect((await b.post(`${project}/7/v2/trainings/stop`)).body).toEqual({ success: true });
  });
});

describe('the scenarios', () => {
  it('fine-tune: no model in the results, metrics in the models list', async () => {
    const b = await bench();
    await b.start();
    b.pass(2 * hour);
    const { body } = await b.get(`${project}/7/training/results`);
    expect(body).toMatchObject({ status: 'finished', jobType: 'fine-tune', modelCount: 0, models: [] });
    expect(body).not.toHaveProperty('modelType');
    const models = (await b.get(`${project}/models`)).body;
    expect(dig(models, 0)).toMatchObject({ version: '7', metrics: { map50: 84.2, map5095: 61.7 } });
    const slug = dig(models, 0, 'url');
    expect(dig((await b.get(`/models/${slug}`)).body, 'model', 'url')).toBe(slug);
    expect((await b.get(`${project}/models?group=none`)).body).toEqual([]);
  });

  it('version 6 holds a finished run, version 7 none', async () => {
    for (const name of Object.values(scenarios)) {
      const b = await bench({ scenario: name });
      expect(b.simulator.started()).toEqual([]);
      expect(b.simulator.trainings.some((training) => training.version === 7)).toBe(false);
      expect((await b.get(`${project}/6/training/results`)).body).toMatchObject({ status: 'finished' });
    }
  });

  it('nas: 76 models, children late, the flag is not the best', async () => {
    const b = await bench({ scenario: 'nas' });
    await b.start('rfdetr-nas-parent');
    b.pass(3 * hour);
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({
      modelCount: 0,
      jobType: 'nas',
    });
    b.pass(30 * minute);
    const mining = (await b.get(`${project}/7/training/results`)).body;
    expect(mining).toMatchObject({ status: 'mining', modelCount: 76 });
    expect(rows(mining, 'models').every((model) => dig(model, 'metrics') === null)).toBe(true);
    b.pass(hour);
    const done = (await b.get(`${project}/7/training/results`)).body;
    expect(done).not.toHaveProperty('recommendedByHardware');
    const models = rows(done, 'models');
    expect(models.filter((model) => dig(model, 'status') === 'failed')).toHaveLength(2);
    expect(dig(models, 0, 'metrics', 'latency')).toHaveProperty('Jetson Orin NX');
    const children = models.filter((model) => dig(model, 'nasFamily') === 'child');
    const best = Math.max(...children.map((model) => Number(dig(model, 'metrics', 'map5095') ?? 0)));
    const flagged = models.filter((model) => dig(model, 'recommended') === true);
    expect(flagged).toHaveLength(2);
    for (const model of flagged) expect(dig(model, 'metrics', 'map5095')).toBeLessThan(best);
    const group = dig(done, 'modelGroup');
    expect((await b.get(`${project}/models?group=${group}`)).body).toHaveLength(76);
    expect(JSON.stringify(models)).toContain('"T4:map_50_95"');
  });

  it('nas-older: latency is a number beside its hardware', async () => {
    const b = await bench({ scenario: 'nas-older' });
    await b.start('rfdetr-nas-parent');
    b.pass(5 * hour);
    const { body } = await b.get(`${project}/7/training/results`);
    const ids = rows(body, 'models').map((model) => dig(model, 'modelId'));
    expect(ids).toHaveLength(24);
    expect(ids).toContain(dig(body, 'recommendedByHardware', 'gpu'));
    expect(dig(body, 'models', 0, 'metrics')).toMatchObject({ latency: expect.any(Number), hardware: 'gpu' });
  });

  it.each([
    ['failed', 'failed', 40],
    ['cancelled', 'cancelled', 50],
    ['stopped-early', 'stopped', 60],
  ] as const)('%s ends %s', async (scenario, status, percent) => {
    const b = await bench({ scenario });
    await b.start();
    b.pass(2 * minute + 0.7 * percent * minute - 1);
    expect(dig((await b.get(`${project}/7/v2/trainings/get`)).body, 'status')).toBe('running');
    b.pass(1);
    expect(dig((await b.get(`${project}/7/v2/trainings/get`)).body, 'status')).toBe(status);
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0, 'status')).toBe(status);
  });

  it('failed: the reason stands in every place', async () => {
    const b = await bench({ scenario: 'failed' });
    await b.start();
    b.pass(2 * hour);
    const reason = expect.stringMatching(/^CUDA out of memory/);
    expect((await b.get(`${project}/7/v2/trainings/get`)).body).toMatchObject({ error: reason });
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({ error: reason });
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0)).toMatchObject({ failureReason: reason });
    expect((await b.get(`${project}/7`)).body).toMatchObject({ version: { train: { error: reason } } });
  });

  it('version-only: strings in the version, nothing elsewhere', async () => {
    const b = await bench({ scenario: 'version-only' });
    await b.start();
    b.pass(2 * hour);
    const { body } = await b.get(`${project}/7`);
    expect(body).toMatchObject({ version: { model: { id: 'hard-hats/7', map: '84.2', precision: '88.4' } } });
    expect(dig(body, 'version', 'train', 'results', 'class_map', 'valid', 0)).toMatchObject({
      map50: '84.2',
    });
    expect((await b.get(`${project}/7/v2/trainings/get`)).body).toMatchObject({
      models: [{ metrics: null }],
    });
    expect(dig((await b.get(`${project}/models`)).body, 0, 'metrics')).toBeNull();
  });

  it('no-metrics and late-metrics', async () => {
    const never = await bench({ scenario: 'no-metrics' });
    await never.start();
    never.pass(5 * hour);
    expect(dig((await never.get(`${project}/models`)).body, 0, 'metrics')).toBeNull();
    expect(dig((await never.get(`${project}/7`)).body, 'version', 'train', 'results')).toEqual({});
    const late = await bench({ scenario: 'late-metrics' });
    await late.start();
    late.pass(72 * minute);
    const metrics = async () => dig((await late.get(`${project}/models`)).body, 0, 'metrics');
    expect(await metrics()).toBeNull();
    late.pass(minute);
    expect(await metrics()).toMatchObject({ map50: 84.2 });
  });

  it('unknown-status passes through a word of its own', async () => {
    const b = await bench({ scenario: 'unknown-status' });
    await b.start();
    b.pass(3 * minute);
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0, 'status')).toBe('warming_up');
    b.pass(5 * minute);
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0, 'status')).toBe('training');
  });

  it('hostile keeps its harm on the wire', async () => {
    const b = await bench({ scenario: 'hostile' });
    await b.start('rfdetr-nas-parent');
    b.pass(5 * hour);
    const text = await (await b.fetch(`${project}/7/training/results`)).text();
    for (const part of [
      '"__proto__":',
      '"constructor":',
      '::error::x',
      '\\u001b[31m',
      '"NaN"',
      '-3',
      '"81.5"',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('trainings: generates, exports, and only then trains on something', async () => {
    const b = await bench({ scenario: 'trainings' });
    expect((await b.post(`${project}/generate`, { preprocessing: {} })).status).toBe(400);
    const made = await b.post(`${project}/generate`, { preprocessing: {}, augmentation: {} });
    expect(made.body).toEqual({ message: expect.any(String), version: '8' });
    expect(dig((await b.get(`${project}/8`)).body, 'version')).toMatchObject({
      generating: true,
      images: 0,
      progress: null,
    });
    const early = await b.start('rfdetr-nano', 8);
    b.pass(90_000);
    expect(dig((await b.get(`${project}/8`)).body, 'version', 'progress')).toBe(0.5);
    b.pass(90_000);
    expect(dig((await b.get(`${project}/8`)).body, 'version')).toMatchObject({
      generating: false,
      images: 2460,
    });
    expect(await b.get(`${project}/8/coco`)).toEqual({ status: 202, body: { progress: 0 } });
    b.pass(minute);
    expect(await b.get(`${project}/8/coco`)).toEqual({ status: 202, body: { progress: 0.5 } });
    b.pass(minute);
    expect(await b.get(`${project}/8/coco`)).toMatchObject({
      status: 200,
      body: { export: { format: 'coco' } },
    });
    expect(dig((await b.get(`${project}/8`)).body, 'version', 'exports')).toEqual(['coco']);
    const late = await b.start('rfdetr-nano', 8);
    b.pass(2 * hour);
    const read = async (id: string) => (await b.get(`${project}/8/v2/trainings/get?trainingId=${id}`)).body;
    expect(await read(early)).toMatchObject({ status: 'failed', error: 'Unknown error' });
    expect(await read(late)).toMatchObject({ status: 'finished' });
  });

  it('refuses for the plan, the credits and too few validation images', async () => {
    const base = scenarios['fine-tune'];
    const start = async (scenario: typeof base, modelType: string) =>
      (await bench({ scenario })).post(`${project}/7/v2/trainings`, { modelType });
    const noNas = { ...base, plan: { ...base.plan, refuse: 'nas_not_available_for_plan' } } as const;
    expect(await start(noNas, 'rfdetr-nas-parent')).toMatchObject({
      status: 402,
      body: { error: { code: 'nas_not_available_for_plan', plan: 'starter' } },
    });
    expect((await start(noNas, 'rfdetr-nano')).status).toBe(200);
    const capped = { ...base, plan: { ...base.plan, refuse: 'credit_cap_exceeded' } } as const;
    expect(await start(capped, 'rfdetr-nano')).toMatchObject({
      status: 402,
      body: { error: { type: 'AccessException' } },
    });
    const splits = { train: 90, valid: 14, test: 5 };
    const small = { ...base, versions: base.versions.map((version) => ({ ...version, splits })) };
    expect(await start(small, 'rfdetr-nas-parent')).toMatchObject({
      body: { error: { code: 'insufficient_validation_images_for_nas' } },
    });
  });

  it('evaluates every finished run, in fractions, after some minutes', async () => {
    const b = await bench();
    await b.start();
    b.pass(73 * minute);
    const { body } = await b.get('/acme/model-evals?project=hard-hats');
    expect(dig(body, 'evals', 0)).toMatchObject({ status: 'running', versionId: '7', modelId: null });
    const path = `/acme/model-evals/${dig(body, 'evals', 0, 'evalId')}`;
    const early = await b.get(`${path}/map-results`);
    expect(early).toMatchObject({ status: 409, body: { error: 'model_eval_not_done' } });
    b.pass(5 * minute);
    expect((await b.get(path)).body).toMatchObject({ status: 'done', summary: { mAP: 0.824, mIoU: null } });
    expect((await b.get('/acme/model-evals?project=hard-hats&version=7')).status).toBe(400);
    const starred = await b.post('/acme/models/none/favorite', { starred: true });
    expect(starred).toMatchObject({ status: 404, body: { code: 'MODEL_NOT_IN_WORKSPACE' } });
  });

  it('knows the format that a type needs', () => {
    expect(['rfdetr-nano', 'yolov11n', 'vit-base', 'dinov3-s'].map(neededFormat)).toEqual([
      'coco',
      'yolov5pytorch',
      'folder',
      null,
    ]);
  });
});

describe('faults', () => {
  const startPath = `${project}/jobs`;
  const startBody = JSON.stringify({ version: 7, model_type: 'rfdetr-nano' });

  async function startUnder(action: Fault['do'], signal?: AbortSignal) {
    const b = await bench({ faults: [{ route: 'start', nth: 1, do: action }] });
    const init = { method: 'POST', body: startBody, ...(signal !== undefined && { signal }) };
    const outcome = await b
      .fetch(startPath, init)
      .then(async (response) => ({ status: response.status, text: await response.text(), response }))
      .catch((error: unknown) => ({ status: 0, text: String(error), response: null }));
    return { b, ...outcome };
  }

  it('status: before and after the request took effect, with headers', async () => {
    const headers = { 'retry-after': '7' };
    const before = await startUnder({ kind: 'status', status: 429, headers });
    expect([before.status, before.response?.headers.get('retry-after')]).toEqual([429, '7']);
    expect(before.b.simulator.started()).toHaveLength(0);
    const after = await startUnder({ kind: 'status', status: 500, body: { error: 'late' }, effect: 'after' });
    expect([after.status, after.text]).toEqual([500, '{"error":"late"}']);
    expect(after.b.simulator.started()).toHaveLength(1);
    expect((await after.b.fetch(startPath, { method: 'POST', body: startBody })).status).toBe(200);
  });

  it('html, empty, garbage, json, redirect', async () => {
    const html = await startUnder({ kind: 'html', status: 502 });
    expect([html.status, html.text.slice(0, 9)]).toEqual([502, '<!doctype']);
    expect((await startUnder({ kind: 'empty' })).text).toBe('');
    const garbage = await startUnder({ kind: 'garbage' });
    expect(garbage.response?.headers.get('content-type')).toMatch(/json/);
    expect(() => JSON.parse(garbage.text)).toThrow();
    expect((await startUnder({ kind: 'json', body: [1] })).text).toBe('[1]');
    const away = await startUnder({ kind: 'redirect', location: 'http://127.0.0.1:9/x' });
    expect([away.status, away.response?.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/x']);
  });

  it.each(['reset', 'cut'] as const)('%s ends the connection, with or without effect', async (kind) => {
    for (const effect of ['before', 'after'] as const) {
      const { b, status } = await startUnder({ kind, effect });
      expect(status).toBe(0);
      expect(b.simulator.started()).toHaveLength(effect === 'after' ? 1 : 0);
    }
  });

  it.each(['hang', 'stall'] as const)('%s says no more, and close ends it', async (kind) => {
    for (const effect of ['before', 'after'] as const) {
      const { b, status } = await startUnder({ kind, effect }, AbortSignal.timeout(60));
      expect(status).toBe(0);
      expect(b.simulator.started()).toHaveLength(effect === 'after' ? 1 : 0);
    }
    const b = await bench({ faults: [{ route: 'any', do: { kind } }] });
    const waiting = b.fetch('/').then((response) => response.text());
    const failed = expect(waiting).rejects.toThrow();
    while (b.simulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await b.simulator.close();
    await failed;
  });

  it('slow answers rightly, later', async () => {
    const slow = await bench({ faults: [{ route: 'any', nth: 1, do: { kind: 'slow', delayMs: 60 } }] });
    const order: string[] = [];
    const first = slow.get('/').then(({ status }) => order.push(`slow ${status}`));
    while (slow.simulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await slow.get('/').then(({ status }) => order.push(`next ${status}`));
    await first;
    expect(order).toEqual(['next 200', 'slow 200']);
    const { b } = await startUnder({ kind: 'slow', delayMs: 1 });
    expect(b.simulator.started()).toHaveLength(1);
  });

  it('lag hides the newest runs from the list for a while', async () => {
    const b = await bench({ faults: [{ route: 'list', do: { kind: 'lag', requests: 2 } }] });
    const seeded = b.simulator.trainings.length;
    await b.start();
    const count = async () => rows((await b.get(`${project}/jobs`)).body, 'jobs').length;
    expect([await count(), await count(), await count()]).toEqual([seeded, seeded, seeded + 1]);
  });

  it('counts by route, and takes ranges', async () => {
    const b = await bench({
      faults: [
        { route: 'project', nth: [2, 3], do: { kind: 'status', status: 503 } },
        { route: 'any', nth: 1, do: { kind: 'status', status: 504 } },
      ],
    });
    const asked = [];
    for (let index = 0; index < 5; index += 1) asked.push((await b.get(project)).status);
    expect(asked).toEqual([504, 503, 503, 200, 200]);
    expect((await b.get('/')).status).toBe(200);
    expect(b.simulator.requests.map((request) => request.route)).toEqual([
      ...Array(5).fill('project'),
      'root',
    ]);
  });
});
