import { describe, expect, test } from 'vitest';
import type { Fault, FaultAction } from '../../../simulator/simulator.ts';
import { historyOf, previousOf, readHistory } from '../../../src/roboflow/results/read-history.ts';
import { model } from '../../build.ts';
import { minute, simulateRoboflow } from '../simulated-roboflow.ts';

/** A row of the models list, of a finished model of `version` with this mAP50. */
function row(version: number, map50: number | null, changes: object = {}) {
  return {
    url: `acme/m-${version}-${map50}`,
    version: String(version),
    modelType: 'rfdetr-nano',
    train: { status: 'finished' },
    metrics: map50 === null ? null : { map50 },
    ...changes,
  };
}

/** The history below version 7 if the models list answers like this, as `version: mAP50`. */
async function historyWith(action: FaultAction) {
  const faults: Fault[] = [{ route: 'models', do: action }];
  await using roboflow = await simulateRoboflow({ faults });
  const startMs = roboflow.clock.now();
  const versions = await readHistory(roboflow.here, 7);
  const [previous] = versions;
  const history = historyOf(versions, 'rfdetr-nano');
  return {
    previous: previous && {
      version: previous.version,
      map50: previous.models.map(({ metrics }) => metrics.get('map50')),
    },
    history: history.map(({ version, metrics }) => [version, metrics.get('map50')]),
    requests: roboflow.requestLines(),
    tookMs: roboflow.clock.now() - startMs,
  };
}

function rows(...list: readonly object[]): FaultAction {
  return { kind: 'json', body: list };
}

const none = { previous: undefined, history: [] };

describe('what earlier versions reached', () => {
  test('is read in one request, as it is on the server', async () => {
    await using roboflow = await simulateRoboflow();
    const versions = await readHistory(roboflow.here, 7);
    const history = historyOf(versions, 'rfdetr-nano');
    expect(versions[0]?.version).toBe(6);
    expect(history.map(({ version, metrics }) => [version, metrics.get('map50')])).toEqual([
      [6, 80.9],
      [5, 77.5],
    ]);
    expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats/models']);
  });

  test('is the best model of each lower version, highest first', async () => {
    const list = [row(5, 77), row(6, 79), row(6, 81), row(10, 99), row(7, 98), row(3, 60)];
    expect(await historyWith(rows(...list))).toMatchObject({
      previous: { version: 6, map50: [79, 81] },
      history: [
        [6, 81],
        [5, 77],
        [3, 60],
      ],
    });
  });

  test('is of the same model type', async () => {
    const list = [row(6, 81, { modelType: 'yolov11n' }), row(6, 79), row(5, 90, { modelType: 'yolov11n' })];
    expect(await historyWith(rows(...list))).toMatchObject({ history: [[6, 79]] });
  });

  test('leaves out versions without a model that can be judged', async () => {
    const list = [
      row(6, null),
      row(5, 77, { train: { status: 'running' } }),
      row(4, 70),
      row(3, 65, { url: '' }),
      row(2, 64, { version: undefined }),
    ];
    expect(await historyWith(rows(...list))).toMatchObject({
      previous: { version: 4, map50: [70] },
      history: [[4, 70]],
    });
  });

  test('knows a version by the address of a model of the older kind', async () => {
    const older = row(0, 71, { url: 'acme/hard-hats/4', version: undefined });
    expect(await historyWith(rows(older))).toMatchObject({ history: [[4, 71]] });
  });

  test('counts a model that is told twice once, and one that is told in two ways not at all', async () => {
    const twice = row(6, 81);
    const contradictory = [row(5, 77), { ...row(5, 77), metrics: { map50: 91 } }];
    expect(await historyWith(rows(twice, twice, ...contradictory))).toMatchObject({
      previous: { version: 6, map50: [81] },
      history: [[6, 81]],
    });
  });

  test('has nine versions at most', async () => {
    const faults: Fault[] = [
      {
        route: 'models',
        do: rows(...Array.from({ length: 30 }, (_, index) => row(index + 1, 50 + index))),
      },
    ];
    await using roboflow = await simulateRoboflow({ faults });
    const history = historyOf(await readHistory(roboflow.here, 25), 'rfdetr-nano');
    expect(history.map(({ version }) => version)).toEqual([24, 23, 22, 21, 20, 19, 18, 17, 16]);
  });

  test.each<{ name: string; action: FaultAction }>([
    { name: 'there are no models', action: rows() },
    { name: 'the key may not read it', action: { kind: 'status', status: 403 } },
    { name: 'the server has no such list', action: { kind: 'status', status: 404 } },
    { name: 'the server fails', action: { kind: 'status', status: 503 } },
    {
      name: 'the server wants a pause',
      action: { kind: 'status', status: 429, headers: { 'retry-after': '60' } },
    },
    { name: 'the connection breaks', action: { kind: 'reset' } },
    { name: 'the answer is garbage', action: { kind: 'garbage' } },
    { name: 'the answer is no list', action: { kind: 'json', body: { models: [] } } },
  ])('is nothing if $name, and nobody waits for it', async ({ action }) => {
    const read = await historyWith(action);
    expect(read).toMatchObject(none);
    expect(read.requests).toHaveLength(1);
    expect(read.tookMs).toBeLessThan(minute);
  });
});

describe('the version before, for information', () => {
  const nano = model({ id: 'nano', type: 'rfdetr-nano', metrics: { map50: 80 } });
  const unmeasured = model({ id: 'small', type: 'rfdetr-small' });
  const yolo = model({ id: 'yolo', type: 'yolov11n', metrics: { map50: 90 } });
  const child = model({ id: 'child', type: 'rfdetr-nas', family: 'child', metrics: { map50: 70 } });
  const newest = { version: 6, models: [nano, unmeasured, yolo, child] };

  test.each([
    ['rfdetr-nano', { modelType: 'rfdetr-nano', isSameType: true, ids: ['nano'] }],
    ['rfdetr-nas-parent', { modelType: 'rfdetr-nas', isSameType: true, ids: ['child'] }],
    ['yolov11', { modelType: 'yolov11n', isSameType: true, ids: ['yolo'] }],
    ['rfdetr-small', { modelType: 'yolov11n', isSameType: false, ids: ['nano', 'small', 'yolo', 'child'] }],
    ['rfdetr-large', { modelType: 'yolov11n', isSameType: false, ids: ['nano', 'small', 'yolo', 'child'] }],
    [undefined, { modelType: 'yolov11n', isSameType: false, ids: ['nano', 'small', 'yolo', 'child'] }],
  ] as const)('of a %s has the models of its type, else all', (modelType, { ids, ...expected }) => {
    const previous = previousOf([newest], modelType, []);
    expect(previous).toMatchObject({ version: 6, ...expected });
    expect(previous?.results.models.map(({ id }) => id)).toEqual(ids);
  });

  test('is none without history', () => {
    expect(previousOf([], 'rfdetr-nano', [])).toBeUndefined();
  });
});
