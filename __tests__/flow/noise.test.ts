import { describe, expect, test } from 'vitest';
import type { Fault, FaultAction } from '../../simulator/faults.ts';
import type { EvaluationPlan, PanelGap, Scenario } from '../../simulator/scenario.ts';
import { scenarios } from '../../simulator/scenarios.ts';
import { breakable } from '../report/parsed.ts';
import { fineTune, hour, minute, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';
import { linesIn, rows } from '../rows.ts';
import { standingOn } from './pending.ts';
import { brief } from './scenes.ts';
import { HEAD, openStatusWorld } from './status-world.ts';

/** Runs the step, and tells how it ended, the rules in its results file and which counts it asked for. */
async function judged(
  given: Readonly<Record<string, string>>,
  faults: readonly Fault[] = [],
  scenario?: Scenario,
) {
  await using roboflow = await simulateRoboflow({ faults, ...(scenario && { scenario }) });
  const step = await roboflow.runStep(given);
  const lines = roboflow.requestLines();
  const file = [...step.files].find(([name]) => name.endsWith('.json'))?.[1] ?? '{}';
  return {
    outcome: step.outputs.get('outcome'),
    failures: step.failures.join('\n'),
    rules: JSON.parse(file).rules,
    counts: lines.filter((line) => /image-predictions/.test(line)).length,
  };
}

describe.each(['jobs', 'trainings'])('on the route %s', (route) => {
  test('noise is told by image, of the model and of a difference', async () => {
    const thresholds = 'recall[helmet]@test >= 80 - noise\nf1@test >= baseline - noise\nrecall >= 99 + noise';
    const { outcome, rules } = await judged({ route, baseline: 'previous', thresholds });
    expect(outcome).toBe('failed');
    expect(rules).toMatchObject([
      { state: 'holds', method: 'images', n: expect.any(Number), low: expect.any(Number) },
      { state: 'holds', difference: { method: 'images' } },
      { state: 'broken', method: 'images' },
    ]);
  });

  test('nothing is read for it without a rule with noise', async () => {
    const plain = await judged({ route, thresholds: 'recall[helmet] >= 60' });
    expect(plain.counts).toBe(0);
    expect(plain.rules).toMatchObject([{ method: 'objects', n: expect.any(Number) }]);
  });

  test('objects and images are judged', async () => {
    const thresholds =
      'objects[helmet]@test >= 20\nobjects[*] >= 20\nimages@test >= 100\nwarn: images >= 9999';
    const { outcome, rules } = await judged({ route, thresholds });
    expect(outcome).toBe('passed');
    expect(rules.map(({ state }: { state: string }) => state)).toEqual(['holds', 'holds', 'holds', 'broken']);
  });
});

describe.each(['jobs', 'trainings'])('before a start, on the route %s', (route) => {
  const failed = 'failed | images on test 197, wanted 300 or more';
  test.each(
    rows(`
    images@test >= 300; map50 >= 80 | 7 | 0 | ${failed}
    each: images@test >= 300        | 7 | 0 | ${failed}
    images@test >= 197; images <= 999 | 7 | 1 | passed |
    warn: images@test >= 300        | 7 | 1 | passed | Version 7: images on test 197, wanted 300
    images >= 99999                 | new | 0 | failed | images 369, wanted 99999 or more
    objects[*] >= 99999             | 6 | 0 | failed | , wanted 99999 or more
    objects[helmet] >= 99999        | 6 | 0 | failed | objects of helmet 782
    objects >= 1; objects[*] >= 1   | 6 | 1 | passed |
    objects[helmet] >= 99999        | 7 | 1 | failed | objects of helmet 782
    `),
  )('%s on version %s starts %s: %s %s', async (rules, version, starts, outcome, says = '') => {
    await using roboflow = await simulateRoboflow();
    const given = { route, version, reuse: 'none', thresholds: linesIn(rules) };
    const isSeen = starts === '0' && version !== 'new';
    const dry = await roboflow.runStep({ ...given, 'dry-run': 'true' });
    expect(dry.outputs.get('outcome')).toBe(isSeen ? 'failed' : 'checked');
    const step = await roboflow.runStep(given);
    expect([...step.failures, ...step.warnings].join('\n')).toContain(says);
    expect(step.outputs.get('outcome')).toBe(outcome);
    expect(roboflow.simulator.started()).toHaveLength(Number(starts));
    if (starts === '0') expect(step.summaryText).toContain('**Nothing was started.**');
  });
});

test.each(['7', 'new'])(
  'with fail-build: false, what the counts of version %s break is told as accepted, and starts nothing all the same',
  async (version) => {
    await using roboflow = await simulateRoboflow();
    const step = await roboflow.runStep({ version, 'fail-build': 'false', thresholds: 'images >= 99999' });
    expect(step.outputs.get('verdict')).toMatch(
      /^Failed \(accepted, since fail-build is false\): images 369/,
    );
    expect([step.outputs.get('outcome'), step.failures]).toEqual(['failed', []]);
    expect(roboflow.simulator.started()).toEqual([]);
  },
);

test.each(
  rows(`
  images@test >= 300 | 7 | 0 | failed
  images >= 99999 | new | 0 | failed
  each: recall[helmet] >= 10 - noise; images@test >= 100 | 7 | 2 | passed
  each: f1@test >= baseline - noise | 7 | 2 | passed
  `),
)('of two model types, %s on version %s starts %s: %s', async (rules, version, starts, outcome) => {
  const scenario = brief('fine-tune', { evaluation: { namedModels: 1 } });
  await using roboflow = await simulateRoboflow({ scenario });
  const given = { 'model-type': 'rfdetr-nano\nrfdetr-small', baseline: '6', thresholds: linesIn(rules) };
  const step = await roboflow.runStep({ ...given, version });
  expect(step.outputs.get('outcome')).toBe(outcome);
  expect(roboflow.simulator.started()).toHaveLength(Number(starts));
  expect(step.warnings).toEqual([]);
});

test('what the version tells needs no evaluation, and is told in the dry run', async () => {
  await using roboflow = await simulateRoboflow({
    faults: [{ route: 'evals', do: { kind: 'status', status: 403 } }],
  });
  const given = {
    version: '6',
    reuse: 'none',
    thresholds: 'objects[helmet] >= 10\nwarn: images >= 999\nmap50 >= 10',
  };
  const dry = await roboflow.runStep({ ...given, 'dry-run': 'true' });
  expect(breakable(dry.summaryText)).toMatch(
    /To be judged: mAP50 ≥ 10.*\.\n+Told by the version: objects of helmet 782, wanted 10 or more ✓; images \d+, wanted 999 or more ✗\./,
  );
  expect((await roboflow.runStep(given)).outputs.get('outcome')).toBe('passed');
});

test.each(
  rows(`
  images@test >= 100; objects[*] >= 1 | success: Passed
  images@test >= 999 | failure: Failed: images on test 197
  recall[helmet]@test >= 10 - noise | success: Passed
  `),
)('settle judges %s: %s', async (rules, standing) => {
  await using world = await openStatusWorld();
  await world.start();
  world.clock.pass(hour);
  const step = await world.settle({ thresholds: linesIn(rules) });
  expect(step.failures).toEqual([]);
  expect(standingOn(world, HEAD)).toContain(standing);
});

test('settle leaves pending what an outage keeps away of noise, and goes by objects where there is nothing', async () => {
  const thresholds = 'recall[helmet] >= 10 - noise';
  for (const [status, standing] of [
    [503, 'pending: '],
    [404, 'success: '],
  ] as const) {
    const roboflowFaults: Fault[] = [{ route: 'images', do: { kind: 'status', status } }];
    await using world = await openStatusWorld({ roboflowFaults });
    await world.start();
    world.clock.pass(hour);
    await world.settle({ thresholds });
    expect(standingOn(world, HEAD)).toContain(standing);
  }
});

test('settle waits for an evaluation that may still come, also where objects would tell noise', async () => {
  const scenario = brief('fine-tune', { evaluation: { appearsAfterMs: 10 * minute } });
  await using world = await openStatusWorld({ scenario });
  await world.start();
  world.clock.pass(2 * minute);
  const settle = async () => {
    await world.settle({ thresholds: 'recall[helmet] >= 10 - noise' });
    return standingOn(world, HEAD)?.split(':')[0];
  };
  expect(await settle()).toBe('pending');
  world.clock.pass(hour);
  expect(await settle()).toBe('success');
});

test('with wait: status, a version that does not hold them leaves no pending status', async () => {
  await using world = await openStatusWorld();
  await world.start({ version: 'new', thresholds: 'images >= 99999' });
  expect(standingOn(world, HEAD)).toContain('error: not started: images 369, wanted 99999');
});

test('images are judged of a training that job-id names', async () => {
  await using roboflow = await simulateRoboflow();
  const jobId = (await roboflow.runStep({ thresholds: '' })).outputs.get('job-id') ?? '';
  const step = await roboflow.runStep({ 'job-id': jobId, version: '', thresholds: 'images@test >= 197' });
  expect(step.outputs.get('outcome')).toBe('passed');
});

describe('a baseline of which noise cannot be told', () => {
  const absent: PanelGap = { panel: 'confusion-matrix', kind: 'absent' };
  const uncounted = { ...scenarios['fine-tune'], ...brief('fine-tune') };
  const seeded = uncounted.seeded.map((each) => ({
    ...each,
    plan: { ...each.plan, evaluation: { gaps: [absent] } },
  }));
  test.each(
    rows(`
    an outage | f1@test >= baseline - noise | 503 | undecided | 0 | its noise is not known
    an outage | warn: f1@test >= baseline - noise | 503 | passed | 1 |
    no matrix | f1@test >= baseline - noise | | undecided | 0 | nothing tells how many objects
    no matrix | warn: f1@test >= baseline - noise | | passed | 1 |
    no matrix | f1@test >= baseline - 99 | | passed | 1 |
    no matrix | recall[helmet] >= baseline - noise | | passed | 1 |
    `),
  )('%s: %s %s is %s after %s starts %s', async (kind, thresholds, status, outcome, starts, says = '') => {
    const faults: Fault[] =
      status === '' ? [] : [{ route: 'images', do: { kind: 'status', status: Number(status) } }];
    const scenario = kind === 'no matrix' ? { ...uncounted, seeded } : uncounted;
    await using roboflow = await simulateRoboflow({ faults, scenario });
    const step = await roboflow.runStep({ baseline: '6', thresholds });
    expect([...step.failures, ...step.warnings].join()).toContain(says);
    expect(step.outputs.get('outcome')).toBe(outcome);
    expect(roboflow.simulator.started()).toHaveLength(Number(starts));
  });
});

describe('what a confidence sweep does not tell', () => {
  const sweep = (kind: PanelGap['kind']): EvaluationPlan => ({
    gaps: [{ panel: 'confidence-sweep', kind, forMs: 6 * minute, split: 'test' } as PanelGap],
  });
  test.each(
    rows(`
    absent | 0.4 | recall[helmet] >= 10 | undecided
    without-split | 0.4 | recall[helmet]@test >= 10 | undecided
    late | 0.4 | recall[helmet] >= 10 | passed
    late | | recall[helmet] >= 10 - noise | passed
    absent | | recall[helmet] >= 10 - noise | passed
    absent | 0.4 | map50[helmet] >= 10 | passed
    `),
  )('%s, confidence %s: %s is %s', async (kind, confidence, thresholds, outcome) => {
    const scenario = brief('fine-tune', { evaluation: sweep(kind as PanelGap['kind']) });
    const step = await judged({ confidence, thresholds }, [], scenario);
    expect(step.outcome).toBe(outcome);
    if (outcome === 'passed' && kind === 'late')
      expect(step.counts).toBe(thresholds.includes('noise') ? 1 : 0);
  });

  test('images are read once, also if another part is late', async () => {
    const evaluation = {
      namedModels: 12,
      gaps: [{ panel: 'performance-by-class', kind: 'late', forMs: 6 * minute }],
    } as const;
    const given = { 'model-type': 'rfdetr-nas-parent', thresholds: 'recall[*]@test >= 10 - noise' };
    const step = await judged(given, [], brief('nas', { evaluation }));
    expect([step.outcome, step.counts]).toEqual(['passed', 1]);
  });

  test.each([
    ['yolo26n-sem', 'recall >= 80 - noise', /pixels are counted and no objects/],
    ['deeplabv3plus', 'objects >= 80', /pixels are counted and no objects/],
    ['yolov8n-pose', 'f1 >= 80 + noise', /makes no evaluation of a yolov8n-pose/],
    ['florence-2', 'accuracy >= 80 - noise', /makes no evaluation of a florence-2/],
  ])('of a %s, %s is refused before the start', async (modelType, thresholds, says) => {
    const step = await judged({ 'model-type': modelType, thresholds });
    expect(step.failures).toMatch(says);
    expect(step.failures).toMatch(/nothing was started/i);
  });

  test('of a split of which only the matrix is there, objects are judged', async () => {
    const evaluation = { namedModels: 12, gaps: [{ panel: 'confidence-sweep', kind: 'absent' }] } as const;
    const step = await judged(
      { 'model-type': 'rfdetr-nas-parent', thresholds: 'objects[*]@test >= 1' },
      [],
      brief('nas', { evaluation }),
    );
    expect(step.outcome).toBe('passed');
  });
});

test.each([
  [15, 3, 18],
  [15, 6, 16],
  [3, 17, 20],
  [21, 1, 2],
])('%d,000 validation and %d,000 test images cost %d requests', async (valid, test, requests) => {
  const big = fineTune({
    classes: { helmet: 3000, vest: 900 },
    versions: scenarios['fine-tune'].versions.map((each) => ({
      ...each,
      splits: { train: 9, valid: valid * 1000, test: test * 1000 },
    })),
  });
  const thresholds = 'recall >= 10 - noise\nrecall[helmet]@test >= 10 - noise';
  expect((await judged({ thresholds }, [], { ...big, plan: brief('fine-tune').plan })).counts).toBe(requests);
});

describe('where images are not told', () => {
  const thresholds = 'recall[helmet] >= 60 - noise';

  test.each([
    { imageId: 'a', confusion: [[0, 0, -1]] },
    { imageId: 'a', confusion: [[0, 0, 1.5]] },
    { imageId: 'a', confusion: [[0, 0]] },
    { imageId: 'a', confusion: null },
    { imageId: 'a' },
    { confusion: [] },
    { imageId: 'a', confusion: [[0, 0, 2e9]] },
    { imageId: 'a', confusion: [[99, 0, 1]] },
    null,
  ])('an image that cannot be, %j: by objects', async (image) => {
    const body = { split: 'valid', totalImages: 1, images: [image] };
    const step = await judged({ thresholds }, [
      { route: 'images', do: { kind: 'status', status: 200, body } },
    ]);
    expect([step.outcome, step.rules[0].method]).toEqual(['passed', 'objects']);
  });

  test.each<[name: string, FaultAction, outcome: string, method: string | undefined]>([
    ['refused', { kind: 'status', status: 403 }, 'passed', 'objects'],
    ['not there', { kind: 'status', status: 404 }, 'passed', 'objects'],
    ['no plan', { kind: 'status', status: 402 }, 'passed', 'objects'],
    ['an outage', { kind: 'status', status: 503 }, 'undecided', undefined],
    ['no answer that can be read', { kind: 'html', status: 200 }, 'undecided', undefined],
  ])('%s: %#', async (_, fault, outcome, method) => {
    const step = await judged({ thresholds }, [{ route: 'images', do: fault }]);
    expect(step.outcome).toBe(outcome);
    expect(step.rules[0].method ?? undefined).toBe(method);
    if (method === undefined) expect(step.failures).toMatch(/noise is not known/);
  });
});

test('precision, recall and F1 are judged at the confidence of production, also where the training tells others', async () => {
  const thresholds = 'recall[helmet] >= 10\nrecall[helmet]@test >= 10\nf1@test >= 10\nmap50[helmet] >= 10';
  const at = async (given: Readonly<Record<string, string>>) =>
    (await judged({ thresholds, ...given })).rules;
  const [best, low, high] = [await at({}), await at({ confidence: '0.1' }), await at({ confidence: '.8' })];
  const value = (rules: { value: number }[], index: number) => rules[index]?.value ?? Number.NaN;
  // A higher threshold finds less.
  for (const index of [0, 1]) expect(value(low, index)).toBeGreaterThan(value(high, index));
  expect(value(best, 2)).toBeGreaterThan(Math.max(value(low, 2), value(high, 2)));
  expect([value(low, 3), value(high, 3)]).toEqual([value(best, 3), value(best, 3)]);
  expect(best.map(({ source }: { source: string }) => source)[0]).toBe('training-results');
  expect(low.map(({ source }: { source: string }) => source)[0]).toBe('evaluation');
});

test.each([
  [{ appearsAfterMs: 0, takesMs: 0 }, /^0\.\d+$/],
  [{ appearsAfterMs: 0, takesMs: minute }, /^$/],
])(
  'the output confidence is told without rules on classes, if the evaluation is there: %j',
  async (evaluation, told) => {
    await using roboflow = await simulateRoboflow({ scenario: brief('fine-tune', { evaluation }) });
    const startMs = roboflow.clock.now();
    const step = await roboflow.runStep({ thresholds: 'map50 >= 80', 'poll-interval': '5s' });
    expect(step.outputs.get('outcome')).toBe('passed');
    expect(step.outputs.get('confidence')).toMatch(told);
    expect(roboflow.clock.now() - startMs).toBeLessThan(minute);
  },
);

test.each<[string, RegExp]>([
  ['1.1', /"1.1" is not a confidence threshold; valid: a number from 0 to 1, such as 0.4/],
  ['40 %', /"40 %" is not a confidence threshold/],
  ['-0.1', /not a confidence threshold/],
  ['high', /not a confidence threshold/],
  ['1e-1', /not a confidence threshold/],
])('a confidence of %s is a mistake', async (confidence, says) => {
  expect((await judged({ thresholds: 'recall[helmet] >= 10', confidence })).failures).toMatch(says);
});

test('where nothing is detected there is no precision', async () => {
  const step = await judged({ thresholds: 'precision[helmet] >= 10', confidence: '1' });
  expect(step.outcome).toBe('undecided');
  expect(step.failures).toMatch(/precision of helmet was not reported/);
});
