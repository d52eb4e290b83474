import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../simulator/scenarios.ts';
import { simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

const latency = 'latency@gpu <= 6 ms';
const latencyHint =
  'Leave that out, put "warn:" before such a rule, or train a search, such as rfdetr-nas-parent.';

describe('a fine-tune, which reports no latency', () => {
  test.each<{ name: string; given: Readonly<Record<string, string>>; parts: string }>([
    { name: 'a rule on latency', given: { thresholds: latency }, parts: 'the rule "latency@gpu <= 6 ms"' },
    {
      name: 'a rule on the accuracy of the model for a hardware',
      given: { thresholds: 'map50@gpu >= 80' },
      parts: 'the rule "map50@gpu >= 80"',
    },
    {
      name: 'hardware',
      given: { hardware: 'gpu, T4', thresholds: 'map50 >= 80' },
      parts: 'hardware (gpu, T4)',
    },
    {
      name: 'several of them',
      given: { hardware: 'gpu', thresholds: `map50 >= 80\n${latency}\nwarn: latency@T4 <= 3 ms` },
      parts: 'the rule "latency@gpu <= 6 ms" and hardware (gpu)',
    },
  ])('is refused before it is paid for if there is $name', async ({ given, parts }) => {
    for (const version of ['7', 'new']) {
      await using roboflow = await simulateRoboflow();
      await expect(roboflow.startOrAttach({ version, ...given })).rejects.toMatchObject({
        name: 'TrainGateError',
        message: expect.stringMatching(/^rfdetr-nano is a fine-tune, .* nothing was started\.$/),
        hint: latencyHint,
      });
      await expect(roboflow.startOrAttach({ version, ...given })).rejects.toThrow(
        `So ${parts} could not be judged`,
      );
      expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    }
  });

  test.each(['rfdetr-medium', 'yolov11n', 'yolo_nas_s'])('is any %s', async (modelType) => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios['yolo-nas'] });
    await expect(roboflow.startOrAttach({ 'model-type': modelType, thresholds: latency })).rejects.toThrow(
      `${modelType} is a fine-tune, `,
    );
  });

  test.each<{ name: string; given: Readonly<Record<string, string>> }>([
    { name: 'such a rule only warns', given: { thresholds: `warn: ${latency}` } },
    { name: 'no rule needs latency', given: { thresholds: 'map50 >= 80' } },
  ])('is started if $name', async ({ given }) => {
    await using roboflow = await simulateRoboflow();
    expect(await roboflow.startOrAttach(given)).toMatchObject({ origin: 'started' });
  });

  test.each<{ name: string; given: Readonly<Record<string, string>> }>([
    { name: 'in flight', given: {} },
    { name: 'named by its id', given: { 'model-type': '' } },
  ])('is not refused if nothing more is paid for: $name', async ({ name, given }) => {
    await using roboflow = await simulateRoboflow();
    const { training } = await roboflow.startOrAttach();
    const jobId = name === 'in flight' ? '' : training.id;
    const rules = { thresholds: latency, 'job-id': jobId, ...given };
    expect(await roboflow.startOrAttach(rules)).toMatchObject({
      origin: 'attached',
      training: { id: training.id },
    });
  });
});

test.each(['rfdetr-nas-parent', 'rfdetr-nas-pecoret-parent'])(
  'a search is started whatever its rules need: %s',
  async (modelType) => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios.nas });
    const given = { 'model-type': modelType, thresholds: latency, hardware: 'gpu' };
    expect(await roboflow.startOrAttach(given)).toMatchObject({ origin: 'started' });
  },
);
