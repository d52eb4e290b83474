import { describe, expect, test } from 'vitest';
import { type Fault, stateOf } from '../../simulator/simulator.ts';
import { brief, leftRunning } from './scenes.ts';
import { REACHED, runsIn, severalTypes, THREE } from './several-world.ts';
import { openWorld, type World } from './world.ts';

const minute = 60_000;
/** Trainings long enough for a timeout to meet them. */
const ofAMinute = severalTypes(REACHED, { queueMs: 10_000, trainMs: 40_000 });
const typesOf = (world: World) => world.simulator.started().map(({ modelType }) => modelType);

/** The most trainings of requests that were in flight at any request. */
function mostInFlight({ simulator }: World): number {
  const counts = simulator.requests.map(
    ({ atMs }) =>
      simulator
        .started()
        .filter((training) => training.createdAtMs <= atMs && stateOf(training, atMs).phase !== 'ended')
        .length,
  );
  return Math.max(...counts);
}

describe.each(['jobs', 'trainings'] as const)('three model types on the route %s', (route) => {
  test('are each trained once, and the best that holds the rules gives the headline', async () => {
    await using world = await openWorld({ scenario: severalTypes(), route });
    const step = await world.main({ 'model-type': THREE });
    expect(step.failures).toEqual([]);
    const runs = runsIn(step.outputs);
    expect(runs).toMatchObject([
      { 'model-type': 'rfdetr-nano', outcome: 'passed', map50: 84.2, 'map50-95': 50.5 },
      { 'model-type': 'rfdetr-small', outcome: 'failed', map50: 73.1, 'map50-95': 61.7 },
      { 'model-type': 'rfdetr-medium', outcome: 'passed', map50: 81.5, 'map50-95': 48.1 },
    ]);
    expect(step.given).toMatchObject({
      outcome: 'passed',
      version: '7',
      'model-type': 'rfdetr-nano',
      map50: '84.2',
      'job-id': runs[0]?.['job-id'],
      url: runs[0]?.url,
      'job-status': runs[0]?.status,
    });
    expect(typesOf(world)).toEqual(Object.keys(REACHED));
    expect(step.lines).toContainEqual(expect.stringMatching(/^2 of 3 trainings have ended/));
    expect(step.lines).toContain('3 of 3 trainings have ended.');
    expect(step.lines.some((line) => line.startsWith('[rfdetr-small] Started training '))).toBe(true);
    expect(mostInFlight(world)).toBe(route === 'jobs' ? 1 : 3);
  });

  test('fail if a rule must hold for each and one breaks it', async () => {
    await using world = await openWorld({ scenario: severalTypes(), route });
    const step = await world.main({ 'model-type': THREE, thresholds: 'each: map50 >= 80' });
    expect(step.given).toMatchObject({ outcome: 'failed', 'model-type': 'rfdetr-nano' });
    expect(step.failures.join()).toContain('mAP50 73.1 %, wanted 80 % or more');
  });

  test('attach in a re-run to what runs or has ended since', async () => {
    await using world = await openWorld({ scenario: ofAMinute, route, rerunSinceMs: 0 });
    const inputs = { 'model-type': THREE, 'max-parallel': '2' };
    const first = await world.main({ ...inputs, timeout: '70s' });
    expect(first.given).toMatchObject({ outcome: 'undecided' });
    const begun = world.simulator.started().length;
    expect(begun).toBeLessThan(4);
    const second = await world.main(inputs);
    expect(second.given).toMatchObject({ outcome: 'passed', 'model-type': 'rfdetr-nano' });
    expect(typesOf(world).toSorted()).toEqual(Object.keys(REACHED).toSorted());
  });
});

describe('several model types', () => {
  const scenario = severalTypes();

  test('go on if one is refused for its type, and say so', async () => {
    await using world = await openWorld({ scenario: severalTypes(), route: 'jobs' });
    const step = await world.main({ 'model-type': 'rfdetr-nano\nrfdetr-huge\nrfdetr-medium' });
    expect(step.given).toMatchObject({ outcome: 'passed', 'model-type': 'rfdetr-nano' });
    expect(runsIn(step.outputs)[1]).toMatchObject({ 'job-id': null, outcome: 'undecided', url: null });
    expect(step.warnings).toEqual([
      expect.stringMatching(/^rfdetr-huge has no model: it was not started: .*"rfdetr-huge" is not/),
    ]);
    expect(typesOf(world)).toEqual(['rfdetr-nano', 'rfdetr-medium']);
  });

  test('start none if the server knows one of them not, as far as it can tell before', async () => {
    await using world = await openWorld({ scenario, route: 'trainings' });
    const step = await world.main({ 'model-type': 'rfdetr-nano\nrfdetr-huge' });
    expect(step.failures.join()).toContain('Roboflow does not know the model-type "rfdetr-huge"');
    expect(runsIn(step.outputs)).toMatchObject([{ 'job-id': null }, { 'job-id': null }]);
    expect(world.simulator.started()).toEqual([]);
  });

  test.each([
    ['map50 >= 80', 'passed', 0],
    ['each: map50 >= 10', 'undecided', 1],
  ])('of which one makes no model: %s is %s', async (thresholds, outcome, exitCode) => {
    const { 'rfdetr-small': _, ...others } = REACHED;
    await using world = await openWorld({ scenario: severalTypes(others), route: 'trainings' });
    const step = await world.main({ 'model-type': THREE, thresholds });
    expect(step.given).toMatchObject({ outcome, 'model-type': 'rfdetr-nano' });
    expect(step.exitCode).toBe(exitCode);
    expect(runsIn(step.outputs)[1]).toMatchObject({ outcome: 'undecided', 'model-id': null });
  });

  test('none of which makes a model are undecided, with the reason of each', async () => {
    await using world = await openWorld({ scenario: brief('failed'), route: 'trainings' });
    const step = await world.main({ 'model-type': 'rfdetr-nano\nrfdetr-small' });
    expect(step.outputs.get('outcome')).toBe('undecided');
    const [failure = ''] = step.failures;
    expect(failure).toContain('none of the 2 trainings has a model');
    expect(failure).toContain('- rfdetr-small: training ');
  });

  test('are undecided if the timeout passes with one in flight, and show those that have ended', async () => {
    await using world = await openWorld({ scenario: ofAMinute, route: 'trainings' });
    const step = await world.main({ 'model-type': THREE, 'max-parallel': '2', timeout: '70s' });
    expect(step.given).toMatchObject({ outcome: 'undecided' });
    expect(step.failures[0]).toMatch(
      /^Not judged: 1 of 3 trainings had not ended: rfdetr-medium:\n- rfdetr-medium: training \w+ had not ended/,
    );
    expect(step.summaryText).toContain(' · compared with version\u{a0}6, other validation images\n');
    expect(step.summaryText).toMatch(/ \*\*`rfdetr-nano`\*\* .* \*\*50\.5\*\* \(−7\.8\) /);
    expect(step.summaryText).toMatch(/ `rfdetr-small` .* 61\.7 \|/);
    expect(runsIn(step.outputs)).toMatchObject([
      { outcome: 'passed', map50: 84.2 },
      { outcome: 'failed' },
      { outcome: 'undecided', map50: null },
    ]);
    expect(leftRunning(world.simulator)).toHaveLength(1);
  });

  test.each([
    { onTimeout: 'cancel', left: 0 },
    { onTimeout: 'leave', left: 2 },
  ])(
    'after the timeout do as on-timeout says, and start no more: $onTimeout',
    async ({ onTimeout, left }) => {
      await using world = await openWorld({ scenario: ofAMinute, route: 'trainings' });
      const inputs = { 'model-type': THREE, 'max-parallel': '2', timeout: '30s', 'on-timeout': onTimeout };
      const step = await world.main(inputs);
      expect(step.outputs.get('outcome')).toBe('undecided');
      expect(step.failures[0]).toContain('- rfdetr-medium was not started before the timeout passed');
      expect(typesOf(world)).toHaveLength(2);
      expect(leftRunning(world.simulator)).toHaveLength(left);
      // None has ended that runs on, or never began.
      expect(step.stdout).not.toContain('trainings have ended');
    },
  );

  test('share one new version, which is generated once', async () => {
    await using world = await openWorld({ scenario, route: 'trainings' });
    const step = await world.main({ 'model-type': THREE, version: 'new', 'max-parallel': '3' });
    expect(step.given).toMatchObject({ outcome: 'passed', version: '8' });
    expect(world.simulator.started().map(({ version }) => version)).toEqual([8, 8, 8]);
    expect(world.simulator.requests.filter(({ route }) => route === 'generate')).toHaveLength(1);
  });

  test('do not count those that were there already in max-parallel', async () => {
    const theirs = { version: 7, modelType: 'rfdetr-nano', agoMs: 5_000, plan: scenario.plan };
    const seeded = [...scenario.seeded, theirs];
    await using world = await openWorld({ scenario: { ...scenario, seeded }, route: 'trainings' });
    const step = await world.main({ 'model-type': THREE, 'max-parallel': '2' });
    expect(step.outputs.get('outcome')).toBe('passed');
    expect(typesOf(world)).toEqual(['rfdetr-small', 'rfdetr-medium']);
    expect(mostInFlight(world)).toBe(2);
  });

  test('never take one of their own for that of another, when a start has no clear answer', async () => {
    const faults: Fault[] = [
      { route: 'start', nth: 2, do: { kind: 'reset', effect: 'after' } },
      { route: 'list', do: { kind: 'lag', forMs: 50_000 } },
    ];
    await using world = await openWorld({
      scenario: severalTypes(REACHED, { trainMs: 10 * minute }),
      route: 'trainings',
      faults,
    });
    const step = await world.main({ 'model-type': THREE });
    expect(step.warnings).toEqual([]);
    expect(step.outputs.get('outcome')).toBe('passed');
    expect(typesOf(world)).toEqual(Object.keys(REACHED));
  });

  test('are started and left with wait: none', async () => {
    await using world = await openWorld({ scenario, route: 'trainings' });
    const step = await world.main({ 'model-type': THREE, wait: 'none', thresholds: '' });
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('outcome')).toBe('started');
    expect(runsIn(step.outputs).map(({ outcome }) => outcome)).toEqual(['started', 'started', 'started']);
    const post = await world.post(step);
    expect(post.warnings).toEqual([]);
    expect(leftRunning(world.simulator)).toHaveLength(3);
  });

  test('are not all under way with wait: none if one is refused', async () => {
    const faults: Fault[] = [{ route: 'start', nth: 2, do: { kind: 'status', status: 402 } }];
    await using world = await openWorld({ scenario, route: 'trainings', faults });
    const step = await world.main({ 'model-type': THREE, wait: 'none', thresholds: '' });
    expect(step.outputs.get('outcome')).toBe('undecided');
    const ids = world.simulator.started().map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(step.failures[0]).toContain('1 of 3 trainings are not under way');
    expect(step.failures[0]).toContain(`nobody waits for them: ${ids.join(', ')}.`);
  });

  test('with wait: none need a route that tells them apart', async () => {
    await using world = await openWorld({ scenario, route: 'jobs' });
    const step = await world.main({ 'model-type': THREE, wait: 'none', thresholds: '' });
    expect(step.failures.join()).toContain('Set wait to "job"');
    expect(world.simulator.started()).toEqual([]);
  });

  test.each<{ name: string; faults: readonly Fault[] }>([
    { name: 'nobody can look at', faults: [{ route: 'poll', do: { kind: 'status', status: 502 } }] },
    {
      name: 'may have been started',
      faults: [
        { route: 'start', do: { kind: 'reset', effect: 'after' } },
        { route: 'list', nth: [5, 9_999], do: { kind: 'status', status: 409 } },
      ],
    },
  ])('on the route jobs start none beside one that $name', async ({ faults }) => {
    await using world = await openWorld({ scenario, route: 'jobs', faults });
    const step = await world.main({ 'model-type': THREE });
    expect(step.outputs.get('outcome')).toBe('undecided');
    expect(typesOf(world)).toEqual(['rfdetr-nano']);
    expect(step.written()).toContain('that of rfdetr-nano may still run, and no other may run beside it');
  });

  test('judge with reuse: only what is there of each, and start nothing', async () => {
    const there = Object.keys(REACHED).map((modelType) => ({
      version: 7,
      modelType,
      agoMs: 60 * minute,
      plan: scenario.plan,
    }));
    await using world = await openWorld({ scenario: { ...scenario, seeded: there }, route: 'trainings' });
    const step = await world.main({ 'model-type': THREE, reuse: 'only' });
    expect(step.given).toMatchObject({ outcome: 'passed', 'model-type': 'rfdetr-nano' });
    expect(world.simulator.started()).toEqual([]);
  });

  test('that Roboflow shows by their family only are not attached to twice', async () => {
    const theirs = { version: 7, modelType: 'yolov11', agoMs: 5_000, plan: scenario.plan };
    const world = await openWorld({ scenario: { ...scenario, seeded: [theirs] }, route: 'trainings' });
    await using _ = world;
    const step = await world.main({ 'model-type': 'yolov11n\nyolov11s' });
    expect(step.failures.join()).toMatch(
      /could be the one of yolov11n and the one of yolov11s\. Nothing was started/,
    );
    expect(world.simulator.started()).toEqual([]);
  });

  test.each([
    { thresholds: 'map50@t4 >= 10\nlatency@t4 <= 100 ms', started: 2 },
    { thresholds: 'each: map50@t4 >= 10', started: 0 },
  ])(
    'with rules on hardware need one search, or only searches: $thresholds',
    async ({ thresholds, started }) => {
      await using world = await openWorld({ scenario: brief('nas'), route: 'trainings' });
      const step = await world.main({
        'model-type': 'rfdetr-nano\nrfdetr-nas-parent',
        thresholds,
        hardware: 't4',
      });
      expect(world.simulator.started()).toHaveLength(started);
      if (started === 0) expect(step.failures.join()).toContain('rfdetr-nano is a fine-tune');
      else expect(step.given).toMatchObject({ outcome: 'passed' });
    },
  );

  test('tell in a dry run what each would do, and change nothing', async () => {
    await using world = await openWorld({ scenario, route: 'trainings' });
    const step = await world.main({ 'model-type': THREE, 'dry-run': 'true' });
    expect(step.given).toMatchObject({ outcome: 'checked', runs: '[]' });
    for (const modelType of Object.keys(REACHED)) expect(step.summaryText).toContain(modelType);
    expect(world.simulator.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('of which there are many cost requests in proportion, and never run more than four at a time', async () => {
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          `rfdetr-x${String.fromCharCode(97 + i)}`,
          { map50: 81 + i / 10, map5095: 40 + i },
        ]),
      );
    const requestsOf = async (count: number) => {
      const reached = many(count);
      await using world = await openWorld({ scenario: severalTypes(reached), route: 'trainings' });
      const step = await world.main({ 'model-type': Object.keys(reached).join('\n') });
      expect(step.outputs.get('outcome')).toBe('passed');
      expect(typesOf(world)).toHaveLength(count);
      expect(mostInFlight(world)).toBe(4);
      return world.simulator.requests.length;
    };
    const [five, twenty] = [await requestsOf(5), await requestsOf(20)];
    expect(twenty).toBeLessThan(five * 4 + 10);
  });
});
