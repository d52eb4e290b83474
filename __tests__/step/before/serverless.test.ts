import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/faults.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import { simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

const refused = (status: number): Fault => ({
  route: 'compare',
  do: { kind: 'status', status, body: { error: 'no_access', message: 'Not for you.' } },
});

/** What cannot be judged without the latency on Serverless, and how a refusal names it. */
const needs: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['a rule on it', { thresholds: 'latency@serverless <= 60 ms' }, 'The rule "latency@serverless <= 60 ms"'],
  ['the model for it', { thresholds: 'map50@Serverless >= 50' }, 'The rule "map50@Serverless >= 50"'],
  ['a bare latency', { thresholds: 'latency <= 60 ms' }, 'The rule "latency <= 60 ms"'],
  ['hardware', { hardware: 'serverless <= 60 ms', thresholds: '' }, 'Hardware (serverless)'],
  [
    'several',
    { hardware: 'SERVERLESS', thresholds: 'warn: latency <= 9 ms\neach: latency <= 60 ms' },
    'The rule "each: latency <= 60 ms" and hardware (SERVERLESS)',
  ],
];

describe('what needs the latency on Serverless', () => {
  test.each(
    needs.flatMap(([name, given, words]) =>
      [401, 402, 403, 404].map((status) => ({ name, given, words, status })),
    ),
  )('is refused before the start with $status: $name', async ({ given, words, status }) => {
    for (const version of ['7', 'new']) {
      await using roboflow = await simulateRoboflow({ faults: [refused(status)] });
      await expect(roboflow.startOrAttach({ version, ...given })).rejects.toMatchObject({
        message: expect.stringMatching(/^.* could not be judged: .*Not for you.* Nothing was started\.$/),
        hint: expect.stringMatching(
          status === 404 ? /what the training itself reports/ : status === 402 ? /upgrade/ : /scope .* plan /,
        ),
      });
      await expect(roboflow.startOrAttach({ version, ...given })).rejects.toThrow(words);
      expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      const [compared] = roboflow.simulator.requests.filter(({ path }) => path.endsWith('/compare'));
      expect(compared?.query).toMatchObject({ project: 'hard-hats', version: '7' });
    }
  });

  test.each(needs)('is started if the comparison can be read: %s', async (_, given) => {
    await using roboflow = await simulateRoboflow();
    expect(await roboflow.startOrAttach(given)).toMatchObject({ origin: 'started' });
  });

  test.each([
    ['a rule that only warns', { thresholds: 'warn: latency@serverless <= 60 ms' }, 403, 1],
    ['none', { thresholds: 'map50 >= 80' }, 403, 0],
    ['an outage', { thresholds: 'latency@serverless <= 60 ms' }, 503, 0],
  ])('is started all the same: %s', async (_, given, status, warnings) => {
    await using roboflow = await simulateRoboflow({ faults: [{ ...refused(status), nth: [1, 4] }] });
    expect(await roboflow.startOrAttach(given)).toMatchObject({ origin: 'started' });
    const told = roboflow.log.filter(
      (line) => line.includes('latency@serverless') && line.includes('could not'),
    );
    expect(told).toHaveLength(warnings);
  });

  test('is refused of a type that Roboflow does not evaluate', async () => {
    const scenario = { ...scenarios['fine-tune'], modelTypes: ['qwen25-vl-3b'] };
    for (const given of [{ thresholds: 'latency@serverless <= 9 ms' }, { hardware: 'serverless' }]) {
      await using roboflow = await simulateRoboflow({ scenario });
      await expect(roboflow.startOrAttach({ 'model-type': 'qwen25-vl-3b', ...given })).rejects.toThrow(
        'Roboflow makes no evaluation of a qwen25-vl-3b',
      );
    }
  });

  test('is told of by a dry run, with what kind of latency it is', async () => {
    for (const [, given] of needs) {
      await using roboflow = await simulateRoboflow();
      const { summaryText } = await roboflow.runStep({ 'dry-run': 'true', ...given });
      expect(summaryText).toMatch(/latency on serverless: median on Roboflow Serverless, .*evaluation/i);
    }
  });

  test('of a search may be late, since Roboflow evaluates few of its models', async () => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios.nas });
    await roboflow.startOrAttach({ 'model-type': 'rfdetr-nas-parent', hardware: 'serverless' });
    expect(roboflow.log.join()).toContain('hardware (serverless) may end undecided');
  });
});
