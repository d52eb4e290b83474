import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { defaultKey, type Fault, type FileHostOptions, sha256OfWeights } from '../../simulator/simulator.ts';
import { PRIVATE_KEY, SELF_SIGNED } from '../roboflow/http/certificates.ts';
import { answer, rawServer } from '../roboflow/http/raw-server.ts';
import { expectNoKey } from './no-key.ts';
import { brief } from './scenes.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

const MODEL = 'acme/hard-hats-7-rfdetr-nano-6669';
const FILE = 'weights/acme-hard-hats-7-rfdetr-nano-6669.pt';
const SIZE = 1_000_000;

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function newWorkspace(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'workspace-'));
  folders.push(folder);
  return folder;
}

/** A finished step with `weights: weights`, and the folder that its files are in. */
interface Ran {
  readonly world: World;
  readonly step: RecordingRunner;
  readonly workspace: string;
}

async function store(
  options: WorldOptions,
  check: (ran: Ran) => unknown,
  inputs: Readonly<Record<string, string>> = {},
): Promise<void> {
  const workspace = options.workspace ?? (await newWorkspace());
  await using world = await openWorld({ scenario: brief('fine-tune'), workspace, ...options });
  const step = await world.main({ weights: 'weights', ...inputs });
  expectNoKey(world, step);
  expectNoSecret({ world, step });
  await check({ world, step, workspace });
}

/** The signature of an address shows nowhere, all addresses are masked, and no host of files ever saw the key. */
function expectNoSecret({ world, step }: Pick<Ran, 'world' | 'step'>): void {
  const { downloads } = world.simulator;
  const written = step.written();
  for (const { query, headers, path: asked } of downloads) {
    const signature = query.Signature ?? '';
    expect(signature).toHaveLength(32);
    expect(written).not.toContain(signature);
    expect(step.masks.some((mask) => mask.includes(asked) && mask.includes(signature))).toBe(true);
    expect(headers.authorization).toBeUndefined();
    expect(JSON.stringify([headers, query])).not.toContain(defaultKey);
  }
}

/** What is in it, but for the folder of the weights, which is made for a file that begins to come. */
const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((name) => name !== 'weights');

async function expectStored({ step, workspace }: Ran, files: FileHostOptions = {}): Promise<void> {
  const sha256 = sha256OfWeights(MODEL, files);
  const bytes = files.sizeBytes ?? SIZE;
  expect(step.failures).toEqual([]);
  expect(JSON.parse(step.given.weights ?? '')).toEqual({ [MODEL]: { file: FILE, bytes, sha256 } });
  const content = await readFile(path.join(workspace, FILE));
  expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  expect(await filesIn(workspace)).toEqual([FILE]);
}

const file = (nth: Fault['nth'], action: Fault['do']): Fault =>
  nth === undefined ? { route: 'signed-file', do: action } : { route: 'signed-file', nth, do: action };

/** Roboflow names another host for the weights than the simulator's own. */
const addressOf = (url: URL): Fault => ({
  route: 'weights',
  do: { kind: 'json', body: { weightsUrl: url.href } },
});

describe('weights of a model that has passed', () => {
  test('are stored, and told in outputs, report and results file', async () => {
    await store({}, async (ran) => {
      await expectStored(ran);
      const { step } = ran;
      expect(step.given).toMatchObject({ outcome: 'passed', 'model-id': MODEL });
      expect(step.summaryText).toContain(`💾 The weights of \`${MODEL}\` are in \`${FILE}\`: 1,000,000`);
      expect(JSON.parse(step.files.get('results.json') ?? '')).toMatchObject({
        outcome: 'passed',
        weights: { [MODEL]: { file: FILE, bytes: SIZE } },
      });
    });
  });

  test('begin again after a cut, with an address of their own', async () => {
    await store({ faults: [file(1, { kind: 'cut' })] }, async (ran) => {
      await expectStored(ran);
      const [first, second] = ran.world.simulator.downloads;
      expect(second?.headers.range).toBeUndefined();
      expect(second?.query.Signature).not.toBe(first?.query.Signature);
    });
  });

  test.for<[name: string, faults: readonly Fault[], more?: { readonly files?: FileHostOptions }]>([
    ['cut twice', [file([1, 2], { kind: 'cut' })]],
    ['that are redirected', [file(4, { kind: 'cut' })], { files: { redirects: true } }],
    ['that stall', [file(1, { kind: 'stall' })]],
    ['that never begin', [file(1, { kind: 'hang' })]],
    ['with 503', [file([1, 3], { kind: 'status', status: 503 })]],
    ['with 429', [file(1, { kind: 'status', status: 429, headers: { 'retry-after': '20' } })]],
    ['with an expired address', [file([1, 2], { kind: 'status', status: 403 })]],
    ['with a page of a proxy', [file(1, { kind: 'html', status: 200 })]],
    ['with a reset', [file(1, { kind: 'reset' })]],
    [
      'whose address is not told at once',
      [{ route: 'weights', nth: 1, do: { kind: 'status', status: 502 } }],
    ],
    ['that are not there at once', [{ route: 'weights', nth: 1, do: { kind: 'status', status: 404 } }]],
  ])('come whole: %s', async ([_, faults, { files = {} } = {}]) => {
    await store({ files, faults }, (ran) => expectStored(ran, files));
  });

  test.for([
    { coding: 'gzip', packed: gzipSync('weights') },
    { coding: 'deflate', packed: deflateSync('weights') },
  ])('are unpacked if something on the way packs them: $coding', async ({ coding, packed }) => {
    await using host = await rawServer(answer(packed, '200 OK', [`content-encoding: ${coding}`]));
    await store({ faults: [addressOf(host.apiUrl)] }, async ({ step, workspace }) => {
      expect(step.failures).toEqual([]);
      expect(await readFile(path.join(workspace, FILE), 'utf8')).toBe('weights');
      const sha256 = createHash('sha256').update('weights').digest('hex');
      expect(JSON.parse(step.given.weights ?? '')).toEqual({ [MODEL]: { file: FILE, bytes: 7, sha256 } });
    });
  });

  test('take the place of an older file, also of a link, and leave what it led to alone', async () => {
    const workspace = await newWorkspace();
    const outside = path.join(await newWorkspace(), 'outside');
    await writeFile(outside, 'mine');
    await mkdir(path.join(workspace, 'weights'));
    await symlink(outside, path.join(workspace, FILE));
    await store({ workspace }, (ran) => expectStored(ran));
    expect(await readFile(outside, 'utf8')).toBe('mine');
  });

  test('are those of a training that was there', async () => {
    const inputs = { 'job-id': '', version: '6', reuse: 'only' };
    await store(
      {},
      ({ step }) => expect(Object.keys(JSON.parse(step.given.weights ?? ''))).toHaveLength(1),
      inputs,
    );
  });
});

describe('weights that cannot be had fail the step, and the outcome stays passed', () => {
  const always = (action: Fault['do']) => ({ faults: [file(undefined, action)] });
  const upgrade: Fault = {
    route: 'weights',
    do: { kind: 'status', status: 402, body: { error: 'Upgrade.' } },
  };
  type Given = { readonly files?: FileHostOptions; readonly faults?: readonly Fault[] };
  test.for<[name: string, says: string, given: Given]>([
    ['the plan', 'Roboflow answered 402 "Upgrade."', { faults: [upgrade] }],
    ['a wrong length', 'gave no whole answer (', { files: { sizeBytes: 1_000, announcedBytes: 1_007 } }],
    ['an empty file', 'the file is empty', always({ kind: 'empty' })],
    ['an address that is never good', 'answered 403', always({ kind: 'status', status: 403 })],
    ['an outage', 'answered 503', always({ kind: 'status', status: 503 })],
    ['redirects for ever', 'more than 5 redirects', always({ kind: 'redirect', location: '' })],
    [
      'a redirect to plain http elsewhere',
      'their address is not https',
      always({ kind: 'redirect', location: 'http://example.com/' }),
    ],
  ])('%s', async ([_, says, { files = {}, faults = [] }]) => {
    await store({ files, faults }, async ({ step, workspace, world }) => {
      expect(step.exitCode).toBe(1);
      expect(step.given).toMatchObject({ outcome: 'passed', weights: '{}', 'model-id': MODEL });
      expect(step.failures).toHaveLength(1);
      expect(step.failures[0]).toContain(`The weights of ${MODEL} were not stored: `);
      expect(step.failures[0]).toContain(says);
      expect(step.failures[0]).toContain('The model is good, and its weights are missing.');
      expect(step.failures[0]).toContain(`set job-id to ${step.given['job-id']}`);
      expect(step.summaryText).toContain(`❌ The weights of \`${MODEL}\` were not stored`);
      expect(await filesIn(workspace)).toEqual([]);
      const [first] = world.simulator.requests.filter(({ route }) => route === 'weights');
      const minutes = ((world.simulator.requests.at(-1)?.atMs ?? 0) - (first?.atMs ?? 0)) / 60_000;
      expect(minutes).toBeLessThan(31);
    });
  });

  test('a host whose certificate nobody here knows', async () => {
    await using host = await rawServer('', { key: PRIVATE_KEY, cert: SELF_SIGNED });
    await store({ faults: [addressOf(host.apiUrl)] }, ({ step }) => {
      expect(step.failures[0]).toContain('its certificate is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT');
      expect(step.failures[0]).toContain('NODE_EXTRA_CA_CERTS');
    });
  });

  test('an answer without an address, none of which is shown', async () => {
    const secret = 'https://files.example.com/a?Signature=c0ffee';
    for (const body of [{ url: secret }, { weightsUrl: { href: secret } }, [secret]]) {
      const faults: Fault[] = [{ route: 'weights', do: { kind: 'json', body } }];
      await store({ faults }, ({ step }) => {
        expect(step.failures[0]).toContain('not an address of weights');
        expect(step.written()).not.toContain('c0ffee');
      });
    }
    const faults: Fault[] = [{ route: 'weights', do: { kind: 'status', status: 200, body: secret } }];
    await store({ faults }, ({ step }) => expect(step.written()).not.toContain('c0ffee'));
  });
});

describe('weights are not asked for', () => {
  test('if the gate fails', async () => {
    await store({ scenario: brief('fine-tune-short') }, async ({ step, workspace, world }) => {
      expect(step.given).toMatchObject({ outcome: 'failed', weights: '{}' });
      expect(world.simulator.requests.filter(({ route }) => route === 'weights')).toEqual([]);
      expect(await filesIn(workspace)).toEqual([]);
    });
  });

  test('in a dry run, which tells where they would be and changes nothing', async () => {
    const check = async ({ step, workspace, world }: Ran) => {
      expect(step.given).toMatchObject({ outcome: 'checked', weights: '{}' });
      expect(step.summaryText).toContain('would store the weights in `weights`');
      expect(step.summaryText).toContain(
        '- whether the plan of the workspace includes the download of weights',
      );
      expect(world.simulator.downloads).toEqual([]);
      expect(await filesIn(workspace)).toEqual([]);
    };
    await store({}, check, { 'dry-run': 'true' });
  });

  test.for<[name: string, inputs: Readonly<Record<string, string>>, says: string]>([
    ['outside of the workspace', { weights: '../weights' }, 'it lies outside of the workspace'],
    ['that is a file', { weights: 'file/weights' }, 'file is not a folder'],
    ['behind a link that leads out', { weights: 'out/weights' }, 'it lies outside of the workspace'],
    ['with wait: none', { wait: 'none' }, 'needs a model that has passed the gate'],
    [
      'with a star and wait: none',
      { star: 'true', wait: 'none' },
      'star: needs a model that has passed the gate',
    ],
    ['of a search', { 'model-type': 'rfdetr-nas-parent' }, 'gives away no weights of rfdetr-nas-parent'],
    ['of SAM3', { 'model-type': 'sam3-large' }, 'gives away no weights of sam3-large'],
  ])('and nothing is started: %s', async ([_, inputs, says]) => {
    const workspace = await newWorkspace();
    await writeFile(path.join(workspace, 'file'), '');
    await symlink(tmpdir(), path.join(workspace, 'out'));
    const check = ({ step, world }: Ran) => {
      expect(step.given).toMatchObject({ outcome: 'undecided' });
      expect(step.failures).toEqual([expect.stringContaining(says)]);
      expect(world.simulator.started()).toEqual([]);
    };
    await store({ workspace }, check, inputs);
  });
});
