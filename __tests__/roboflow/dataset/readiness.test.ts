import { describe, expect, test } from 'vitest';
import type { VersionSpec } from '../../../simulator/scenario.ts';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { awaitReadiness } from '../../../src/roboflow/dataset/readiness.ts';
import { generateVersion } from '../../../src/roboflow/dataset/versions.ts';
import { getProjectVersions } from '../../../src/roboflow/endpoints/project.ts';
import { fineTune, minute, type SimulatedRoboflow, second, simulateRoboflow } from '../simulated-roboflow.ts';

/** A project whose version 7 is like this. */
function withVersion7(changes: Partial<VersionSpec>, exportMs = 45 * second) {
  return fineTune({
    versions: [4, 5, 6, 7].map((each) => versionSpec(each, each === 7 ? changes : {})),
    exportMs,
  });
}

async function ready(roboflow: SimulatedRoboflow, modelType = 'rfdetr-nano', number = 7): Promise<number> {
  const { here, timeoutAtMs } = roboflow;
  const trained = { number, choice: 'number', modelType } as const;
  return (await awaitReadiness(trained, undefined, here, timeoutAtMs)).number;
}

describe('a version that is there', () => {
  test('and exported already costs one request, which asks for no cached answer', async () => {
    await using roboflow = await simulateRoboflow();
    await ready(roboflow);
    expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats/7']);
    expect(roboflow.simulator.requests[0]?.query).toEqual({ nocache: 'true' });
    expect(roboflow.log).toEqual([]);
  });

  test('is not exported for a model type whose format nobody is sure of', async () => {
    await using roboflow = await simulateRoboflow({ scenario: withVersion7({ exports: [] }) });
    await ready(roboflow, 'dinov3-small');
    expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats/7']);
  });

  test('is waited for while it is generated, with every tenth of its progress told once', async () => {
    await using roboflow = await simulateRoboflow({ scenario: withVersion7({ generatingMs: minute }) });
    const startMs = roboflow.clock.now();
    await ready(roboflow);
    expect(roboflow.clock.now() - startMs).toBe(minute);
    expect(new Set(roboflow.requestLines())).toEqual(new Set(['GET /acme/hard-hats/7']));
    expect(roboflow.simulator.requests.every(({ query }) => query.nocache === 'true')).toBe(true);
    const told = roboflow.log.map((line) => line.replace('Waiting until version 7 is generated', ''));
    expect(told).toEqual([
      ...['.', ', 16 %.', ', 25 %.', ', 33 %.', ', 41 %.', ', 50 %.', ', 66 %.', ', 75 %.', ', 83 %.'],
      ', 91 %.',
    ]);
  });

  test('is exported if it is not, and waited for from 202 to 200', async () => {
    await using roboflow = await simulateRoboflow({ scenario: withVersion7({ exports: ['yolov8'] }) });
    const startMs = roboflow.clock.now();
    await ready(roboflow);
    expect(roboflow.clock.now() - startMs).toBe(45 * second);
    const [version, ...exports] = roboflow.requestLines();
    expect(version).toBe('GET /acme/hard-hats/7');
    expect(exports).toEqual(Array.from({ length: 10 }, () => 'GET /acme/hard-hats/7/coco'));
    expect(roboflow.simulator.requests.every(({ query }) => query.nocache === 'true')).toBe(true);
    expect(roboflow.log[0]).toBe('Waiting until version 7 is exported as coco, 0 %.');
    expect(roboflow.log.at(-1)).toBe('Waiting until version 7 is exported as coco, 88 %.');
  });

  test('is exported only after it is generated', async () => {
    await using roboflow = await simulateRoboflow({
      scenario: withVersion7({ exports: [], generatingMs: 20 * second }),
    });
    await ready(roboflow, 'yolov11n');
    const asked = roboflow.requestLines();
    const first = asked.indexOf('GET /acme/hard-hats/7/yolov5pytorch');
    expect(first).toBe(5);
    expect(asked.slice(first)).not.toContain('GET /acme/hard-hats/7');
  });
});

describe('a version that cannot be trained on', () => {
  const withValid = (valid: number) => ({ splits: { train: 200, valid, test: 10 } });
  const tooFew = (modelType: string, has: number) =>
    `${modelType} needs at least 15 validation images, and version 7 has ${has}.`;
  const move = 'Move images to the valid split and generate a version, or choose another model-type.';
  const noImages = 'Version 7 has no images, so a training on it would learn nothing.';
  const nothing = { images: 0, splits: { train: 0, valid: 0, test: 0 } };
  const [parent, ofSegments] = ['rfdetr-nas-parent', 'rfdetr-nas-seg-parent'];
  test.each<[name: string, Partial<VersionSpec>, modelType: string, message: string, hint: string]>([
    ['no images', nothing, 'rfdetr-nano', noImages, 'Add images to the project and generate a version.'],
    ['fewer validation images than a search needs', withValid(14), parent, tooFew(parent, 14), move],
    ['no validation images for a search', withValid(0), ofSegments, tooFew(ofSegments, 0), move],
  ])('has %s, and that is said before anything is started', async (_, changes, modelType, message, hint) => {
    const scenario = { ...withVersion7(changes), modelTypes: [modelType] };
    await using roboflow = await simulateRoboflow({ scenario });
    const started = roboflow.startOrAttach({ 'model-type': modelType });
    await expect(started).rejects.toMatchObject({ message, hint });
    expect(roboflow.simulator.started()).toEqual([]);
    expect(roboflow.simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test.each([
    { modelType: 'rfdetr-nas-parent', valid: 15 },
    { modelType: 'rfdetr-nano', valid: 14 },
    { modelType: 'yolov11n', valid: 0 },
  ])('is not one with $valid validation images for $modelType', async ({ modelType, valid }) => {
    const scenario = withVersion7({ ...withValid(valid), exports: ['coco', 'yolov5pytorch'] });
    await using roboflow = await simulateRoboflow({ scenario });
    await expect(ready(roboflow, modelType)).resolves.toBe(7);
  });

  test('was generated a moment ago and is not shown yet, and is then looked for a while', async () => {
    const faults: Fault[] = [{ route: 'version', nth: [1, 3], do: { kind: 'status', status: 404 } }];
    await using roboflow = await simulateRoboflow({ faults });
    const version = { kind: 'new', preprocessing: {}, augmentation: {} } as const;
    const { here, timeoutAtMs } = roboflow;
    const versions = await getProjectVersions(here);
    const number = await generateVersion(version, versions, here, timeoutAtMs);
    await awaitReadiness({ number, choice: 'new', modelType: 'rfdetr-nano' }, undefined, here, timeoutAtMs);
    expect(
      roboflow.requestLines().filter((request) => request === 'GET /acme/hard-hats/8').length,
    ).toBeGreaterThan(3);
  });

  test.each([
    { kind: 'new', version: 'new', patience: 5 },
    { kind: 'latest', version: 'latest', patience: 5 },
    { kind: 'number', version: '7', patience: 0 },
  ])('has no images, and is given $patience min if version is $kind', async ({ version, patience }) => {
    const empty = { id: 'acme/hard-hats/7', images: 0, generating: false, exports: [] };
    const faults: Fault[] = [{ route: 'version', do: { kind: 'json', body: { version: empty } } }];
    await using roboflow = await simulateRoboflow({ faults });
    const startMs = roboflow.clock.now();
    await expect(roboflow.startOrAttach({ version })).rejects.toThrow(
      /^Version \d has no images, so a training/,
    );
    expect(roboflow.clock.now() - startMs).toBe(patience * minute);
  });

  test('can take an hour without a word of progress, and shows its images some minutes later', async () => {
    await using roboflow = await simulateRoboflow();
    const startMs = roboflow.clock.now();
    const { number } = await awaitReadiness(
      { number: 7, choice: 'new', modelType: 'rfdetr-nano' },
      undefined,
      {
        ...roboflow.here,
        api: {
          ...roboflow.api,
          get: async (_request, read) => {
            const min = (roboflow.clock.now() - startMs) / minute;
            const images = min < 64 ? 0 : 100;
            const version = { id: 7, images, generating: min < 60, progress: null, exports: ['coco'] };
            return read({ version }, 200);
          },
        },
      },
      roboflow.timeoutAtMs,
    );
    expect(number).toBe(7);
    expect(roboflow.clock.now() - startMs).toBe(64 * minute);
    expect(roboflow.log).toEqual(['Waiting until version 7 is generated.']);
  });

  test.each<[what: string, changes: Partial<VersionSpec>, exportMs: number]>([
    ['generated', { generatingMs: 60 * minute }, 0],
    ['exported as coco', { exports: [] }, 60 * minute],
  ])('is %s for longer than the timeout', async (what, changes, exportMs) => {
    const scenario = withVersion7(changes, exportMs);
    await using roboflow = await simulateRoboflow({ scenario, timeoutMs: 10 * minute });
    const startMs = roboflow.clock.now();
    await expect(ready(roboflow)).rejects.toMatchObject({
      message: `The timeout passed before version 7 is ${what} (after 10 min); no training was started.`,
      hint: 'Re-run this job, or raise timeout.',
    });
    expect(roboflow.clock.now() - startMs).toBe(10 * minute);
    expect(roboflow.simulator.started()).toEqual([]);
  });
});

describe('an outage', () => {
  test.each(['version', 'export'] as const)('of a minute is sat out on the route %s', async (route) => {
    const faults: Fault[] = [{ route, nth: [2, 4], do: { kind: 'status', status: 502 } }];
    const scenario = withVersion7({ exports: [], generatingMs: minute });
    await using roboflow = await simulateRoboflow({ scenario, faults });
    await expect(ready(roboflow)).resolves.toBe(7);
  });
});
