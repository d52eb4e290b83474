import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { prepare } from '../../../src/step/before/prepare.ts';
import { inputs } from '../../inputs/given.ts';
import { type SimulatedRoboflow, simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

type Given = Readonly<Record<string, string>>;

const compares = { thresholds: 'map50 >= baseline' };
const skip = { 'on-missing-baseline': 'skip' };

/** What the step would do. */
function prepared(roboflow: SimulatedRoboflow, given: Given) {
  return prepare(inputs({ project: 'acme/hard-hats', ...given }), roboflow.here, undefined);
}

/** The baseline that the step compares with. */
async function baselineWith(roboflow: SimulatedRoboflow, given: Given) {
  const { baseline } = await prepared(roboflow, { ...compares, ...given });
  if (baseline.kind !== 'training') return baseline;
  const { version, modelType, results } = baseline;
  return { version, modelType, map50: results.models[0]?.metrics.get('map50') };
}

// Which of several trainings it is, and why it is missing, is in training/fetch-baseline.test.ts.
describe.each(['jobs', 'trainings'])('the baseline, on the route %s', (route) => {
  test.each<[name: string, given: Given, expected: object, scenario?: 'unlisted-baseline']>([
    [
      'of the version before',
      { baseline: 'previous' },
      { version: 6, modelType: 'rfdetr-nano', map50: 80.9 },
    ],
    ['of the version that is named', { baseline: '5' }, { version: 5, map50: 77.5 }],
    ['of the highest version before a new one', { baseline: 'previous', version: 'new' }, { version: 6 }],
    [
      'of another model type, if there is none of the same',
      { baseline: '6', 'model-type': 'rfdetr-small' },
      { version: 6, modelType: 'rfdetr-nano', map50: 80.9 },
    ],
    ['that no list has', { baseline: '6' }, { version: 6, map50: 80.9 }, 'unlisted-baseline'],
    [
      'that no list has, before a new version',
      { baseline: '6', version: 'new' },
      { version: 6, map50: 80.9 },
      'unlisted-baseline',
    ],
  ])('is that %s', async (_, given, expected, scenario = undefined) => {
    await using roboflow = await simulateRoboflow(scenario && { scenario: scenarios[scenario] });
    expect(await baselineWith(roboflow, { route, ...given })).toMatchObject(expected);
  });

  test('that is missing names the training that could be judged without it', async () => {
    await using roboflow = await simulateRoboflow();
    const { training } = await roboflow.startOrAttach({ route });
    await expect(roboflow.startOrAttach({ route, ...compares, baseline: '4' })).rejects.toMatchObject({
      message: `There is no baseline: no training has succeeded on version 4. Training ${training.id} was not judged, and was left as it is.`,
      hint: expect.stringMatching(
        new RegExp(`^To judge it, set job-id to ${training.id}, and on-missing-baseline to "skip"`),
      ),
    });
  });

  test.each<[name: string, fault: Fault['do'], message: RegExp]>([
    ['a refusal', { kind: 'status', status: 403 }, /answered 403/],
    ['a page of a proxy', { kind: 'html', status: 502 }, /GET /],
  ])('that cannot be read is an error with its cause, also with skip: %s', async (_, fault, message) => {
    const faults: Fault[] = [{ route: route === 'jobs' ? 'results' : 'poll', do: fault }];
    await using roboflow = await simulateRoboflow({ faults });
    const given = { route, baseline: '6', ...skip };
    await expect(prepared(roboflow, { ...compares, ...given })).rejects.toMatchObject({
      name: 'ApiError',
      message: expect.stringMatching(message),
    });
    expect(roboflow.simulator.started()).toEqual([]);
    for (const thresholds of ['map50 >= 80', 'map50 >= 80\nwarn: map50 >= baseline'])
      expect(await prepared(roboflow, { ...given, thresholds })).toMatchObject({
        baseline: { kind: 'unread' },
      });
  });
});

describe('the baseline', () => {
  const lacking = 'version 6 does not report what is compared';
  test.each<[name: string, given: Given, words: string]>([
    [
      'its version has no training that succeeded',
      { baseline: '4' },
      'There is no baseline: no training has succeeded on version 4',
    ],
    [
      'no version before has one',
      { baseline: 'previous', version: '5' },
      'There is no baseline: no training has succeeded on a version below 5',
    ],
    [
      'it does not report what a rule needs',
      { baseline: '6', thresholds: 'map50 >= baseline\nf1 >= baseline - 1' },
      `There is no baseline for "f1 >= baseline - 1": ${lacking}`,
    ],
    [
      'it does not report what several rules need',
      { baseline: '6', thresholds: 'f1 >= baseline\nmap75 >= baseline' },
      `There is no baseline for "f1 >= baseline" and "map75 >= baseline": ${lacking}`,
    ],
    [
      'it has no such class',
      { baseline: '6', thresholds: 'recall[zebra] >= baseline' },
      `There is no baseline for "recall[zebra] >= baseline": ${lacking}`,
    ],
  ])('is missing if %s: an error before the start, or skipped', async (_, given, words) => {
    await using roboflow = await simulateRoboflow();
    const wanted = { ...compares, ...given };
    const isUnknown = words.includes('zebra');
    const message = `${words}. Nothing was started.`;
    const hint = 'For a first training, set on-missing-baseline to "skip"';
    await expect(prepared(roboflow, wanted)).rejects.toMatchObject(
      isUnknown
        ? {
            message: '2 things are wrong, so nothing was started',
            details: [
              expect.stringContaining(`${words}. ${hint}`),
              expect.stringContaining('names the class "zebra"'),
            ],
          }
        : { name: 'TrainGateError', message, hint: expect.stringContaining(hint) },
    );
    const skipping = prepared(roboflow, { ...wanted, ...skip });
    await (isUnknown
      ? expect(skipping).rejects.toThrow('names the class "zebra"')
      : expect(skipping).resolves.toBeDefined());
    const told = `${words}. As on-missing-baseline says, rules that need it are not judged.`;
    expect(roboflow.log).toContain(told);
    expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test.each([
    ['4', 'warn: map50 >= baseline'],
    ['6', 'map50 >= 80\nwarn: f1 >= baseline'],
    ['6', 'warn: recall[zebra] >= baseline'],
  ])('that is missing (%s) for a rule that only warns is no error: %s', async (baseline, thresholds) => {
    await using roboflow = await simulateRoboflow();
    expect(await prepared(roboflow, { baseline, thresholds })).toBeDefined();
  });

  test('is none if none is named, and nothing is read for it', async () => {
    await using roboflow = await simulateRoboflow();
    const plain = await prepared(roboflow, { thresholds: 'map50 >= 80' });
    expect(plain.baseline).toEqual({ kind: 'none' });
    expect(roboflow.requestLines().filter((line) => /\/[456]\b/.test(line))).toEqual([]);
  });

  test('is no condition of a start if no rule compares with it', async () => {
    await using roboflow = await simulateRoboflow();
    const given = { baseline: '4', thresholds: 'map50 >= 80' };
    const reason = 'no training has succeeded on version 4';
    expect(await baselineWith(roboflow, given)).toEqual({ kind: 'missing', reason });
    expect(await roboflow.startOrAttach(given)).toMatchObject({ origin: 'started' });
  });

  test.each<[name: string, given: Given]>([
    ['before a start', {}],
    ['also with skip', skip],
    ['also if nothing is started', { reuse: 'only' }],
    ['also beside one in flight', { reuse: 'running' }],
    ['also of a training that is named', { reuse: '', 'job-id': 'its id' }],
  ])('of a version that does not exist is a mistake, at once: %s', async (_, given) => {
    await using roboflow = await simulateRoboflow();
    const isThere = given.reuse === undefined ? undefined : (await roboflow.startOrAttach()).training.id;
    const job = 'job-id' in given ? { 'job-id': isThere ?? '' } : {};
    const startMs = roboflow.clock.now();
    await expect(
      roboflow.startOrAttach({ ...compares, baseline: '99', ...given, ...job }),
    ).rejects.toMatchObject({
      message: 'baseline is version 99, which does not exist. Nothing was started.',
      hint: 'The project has versions up to 7: set baseline to one of them, or to "previous".',
    });
    expect(roboflow.clock.now()).toBe(startMs);
    expect(roboflow.simulator.started()).toHaveLength(isThere === undefined ? 0 : 1);
  });

  test('of the version that is trained is what was there before', async () => {
    await using roboflow = await simulateRoboflow();
    const given = { ...compares, version: '6', baseline: '6', reuse: 'none' };
    expect(await baselineWith(roboflow, given)).toMatchObject({ version: 6, map50: 80.9 });
  });

  test.each(['jobs', 'trainings'])('is not the training itself, on the route %s', async (route) => {
    await using roboflow = await simulateRoboflow();
    // Nothing that it would lack is asked for.
    const thresholds = 'map50 >= baseline\nf1@test >= baseline\nrecall[zebra] >= baseline';
    const given = { route, thresholds, version: '6', baseline: '6', reuse: 'finished' };
    expect(await baselineWith(roboflow, given)).toEqual({ kind: 'itself' });
    expect(roboflow.log).toContain(
      'The baseline is the very training that is judged, so rules that compare with it are not judged: "map50 >= baseline", "f1@test >= baseline", "recall[zebra] >= baseline". The others decide.',
    );
  });
});

describe('a figure of the baseline that an evaluation has', () => {
  const rule = 'f1[helmet] >= baseline - 1';
  const listing = (...evals: readonly object[]): Fault => ({
    route: 'evals',
    do: { kind: 'json', body: { evals } },
  });
  const answering = (route: 'evals' | 'eval', status: number): Fault => ({
    route,
    do: { kind: 'status', status },
  });
  const mayNot = /the key may not read Roboflow's evaluations \(Roboflow answered 403.*GET/;
  const noPlan = /the plan of this workspace has no evaluations \(Roboflow answered 402.*GET/;
  const runs = /evaluation of this model is still running/;
  const away = /could not be read \(Roboflow answered 503.*GET/;

  test.each<[name: string, fault: Fault, cause: RegExp, hint: RegExp]>([
    ['the list is refused', answering('evals', 403), mayNot, /model-eval:read/],
    ['the plan has none', answering('evals', 402), noPlan, /[Uu]pgrade/],
    ['there is an outage', answering('evals', 503), away, /again later/],
    ['a panel is refused', answering('eval', 403), mayNot, /model-eval:read/],
    ['a panel is not done', answering('eval', 409), runs, /wait/i],
    ['it still runs', listing({ evalId: 'e1', status: 'running', versionId: '6' }), runs, /wait/i],
  ])('is never missing if %s', async (_, fault, cause, hint) => {
    await using roboflow = await simulateRoboflow({ faults: [fault] });
    const given = { baseline: 'previous', ...skip };
    await expect(prepared(roboflow, { ...given, thresholds: `map50 >= 80\n${rule}` })).rejects.toMatchObject({
      message: expect.stringMatching(cause),
      hint: expect.stringMatching(hint),
    });
    expect(roboflow.simulator.started()).toEqual([]);
    const startMs = roboflow.clock.now();
    const other = 'map50 >= baseline - 1';
    const { baseline } = await prepared(roboflow, { ...given, thresholds: `${other}\nwarn: ${rule}` });
    expect(baseline).toMatchObject({ kind: 'training', version: 6 });
    expect(roboflow.clock.now() - startMs).toBeLessThan(60_000);
  });

  test.each<[name: string, fault: Fault]>([
    ['Roboflow made none', listing()],
    ['it failed', listing({ evalId: 'e1', status: 'failed', versionId: '6' })],
  ])('is missing if %s', async (_, fault) => {
    await using roboflow = await simulateRoboflow({ faults: [fault] });
    const given = { baseline: 'previous', thresholds: `map50 >= 80\n${rule}` };
    await expect(prepared(roboflow, given)).rejects.toThrow(`There is no baseline for "${rule}"`);
    expect(await prepared(roboflow, { ...given, ...skip })).toBeDefined();
  });
});

describe('the latency on Serverless of the baseline', () => {
  const thresholds = 'map50 >= 80\nlatency@serverless <= baseline + 5';
  const given = { baseline: 'previous', thresholds, ...skip };
  const of6: Fault = { route: 'compare', nth: [2, 99], do: { kind: 'json', body: {} } };
  const evals = (status: string): Fault => ({
    route: 'evals',
    do: { kind: 'json', body: { evals: [{ evalId: 'e1', status, versionId: '6' }] } },
  });

  test('is never missing if its evaluation still runs', async () => {
    await using roboflow = await simulateRoboflow({ faults: [of6, evals('running')] });
    await expect(prepared(roboflow, given)).rejects.toThrow('evaluation of this model is still running');
  });

  test('is missing if its evaluation failed', async () => {
    await using roboflow = await simulateRoboflow({ faults: [of6, evals('failed')] });
    expect(await prepared(roboflow, given)).toBeDefined();
    expect(roboflow.log.join()).toContain('There is no baseline for "latency@serverless <= baseline + 5"');
  });
});

test('of several rules on classes reads its evaluation once', async () => {
  await using roboflow = await simulateRoboflow();
  const thresholds = 'recall[helmet] >= baseline\nf1[vest]@test >= baseline - 1\nmap75@test >= baseline';
  expect(await baselineWith(roboflow, { baseline: '6', thresholds })).toMatchObject({ version: 6 });
  const times = (part: string) => roboflow.requestLines().filter((line) => line.endsWith(part)).length;
  // The list is also what tells before a start that the key may read evaluations.
  expect(['/model-evals', '/confidence-sweep', '/map-results'].map(times)).toEqual([2, 1, 1]);
});
