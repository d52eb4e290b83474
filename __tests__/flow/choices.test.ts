import { describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { brief, endless } from './scenes.ts';
import { openWorld } from './world.ts';

describe('wait: none', () => {
  test('starts the training, says so, and is green at once', async () => {
    await using world = await openWorld({ scenario: endless() });
    const result = await world.main({ wait: 'none' });
    expect(result.exitCode).toBe(0);
    expect(result.given).toMatchObject({
      outcome: 'started',
      'job-id': '666934f109234004a782',
      'job-status': 'queued',
      url: 'https://app.roboflow.com/acme/hard-hats/7',
      version: '7',
    });
    expect(result.given).not.toHaveProperty('map50');
    expect(result.summaryText.split('\n')[0]).toBe('## ⏳ Started: not judged yet');
  });
});

describe('reuse', () => {
  test('finished takes a training that succeeded', async () => {
    await using world = await openWorld({});
    const inputs = { reuse: 'finished', version: '6' };
    const result = await world.main(inputs);
    expect(result.exitCode).toBe(0);
    expect(result.given).toMatchObject({ outcome: 'passed', version: '6', map50: '80.9' });
    expect(result.summaryText.split('\n')[0]).toMatch(
      /^## ✅ Passed \(training of version\s6, \d.* old\): mAP50/u,
    );
    expect(world.simulator.started()).toEqual([]);
  });
});

describe('fail-build: false', () => {
  test('does not make a failed training green', async () => {
    await using world = await openWorld({ scenario: brief('failed') });
    const result = await world.main({ 'fail-build': 'false' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
  });

  test.each([
    ['fine-tune-short', /^## ❌ Failed \(accepted, since fail-build is false\): mAP50/],
    ['fine-tune', /^## ✅ Passed: mAP50/],
    ['stopped-early', /^## ✅ Passed \(stopped early after .*\): mAP50/],
  ] as const)('%s says in its first line whether it was accepted', async (scenario, heading) => {
    await using world = await openWorld({ scenario: brief(scenario) });
    const result = await world.main({ 'fail-build': 'false' });
    expect(result.summaryText.replaceAll('\u00a0', ' ')).toMatch(heading);
    expect(result.exitCode).toBe(0);
  });
});

describe('a target that no rule judges', () => {
  const search = {
    'model-type': 'rfdetr-nas-parent',
    hardware: 'Jetson Orin NX\nt4',
    thresholds: 'map50@T4 >= 60',
  };
  const told = 'No rule judges the model picked for Jetson Orin NX.';

  test.each([{ 'dry-run': 'true' }, {}])(
    'is a warning before the start and in the report, with $dry-run',
    async (more) => {
      await using world = await openWorld({ scenario: scenarios.nas });
      const result = await world.main({ ...search, ...more });
      expect(result.warnings.filter((text) => text.startsWith(told))).toHaveLength(1);
      expect(result.summaryText).toContain(`⚠️ ${told}`);
    },
  );

  test('is none if a rule judges each', async () => {
    await using world = await openWorld({ scenario: scenarios.nas });
    const result = await world.main({ ...search, hardware: 't4' });
    expect(result.summaryText).not.toContain('No rule judges');
  });
});

describe('a timeout longer than GitHub lets a job run', () => {
  const isTold = (text: string) => text.startsWith('timeout is 7 h, and GitHub cancels a job');
  const hour = 60 * 60_000;

  test.each([
    { timeout: '7h', longestJobMs: 6 * hour, told: 1 },
    { timeout: '7h', longestJobMs: 6 * hour, wait: 'none', told: 0 },
    { timeout: '6h', longestJobMs: 6 * hour, told: 0 },
    { timeout: '7h', longestJobMs: undefined, told: 0 },
  ])('is a warning: %o', async ({ longestJobMs, told, ...inputs }) => {
    await using world = await openWorld({ longestJobMs });
    const { warnings } = await world.main({ ...inputs, 'dry-run': 'true' });
    expect(warnings.filter(isTold)).toHaveLength(told);
  });
});

test('rules that are probably not meant are warned of, and judged', async () => {
  await using world = await openWorld();
  const { warnings, outputs } = await world.main({ thresholds: 'map50 <= 99\nmap50 >= 10\nmap50 >= 20' });
  expect(warnings).toEqual([
    expect.stringContaining('"map50 <= 99" rules out better models'),
    expect.stringContaining('"map50 >= 10" never decides'),
  ]);
  expect(outputs.get('outcome')).toBe('passed');
});
