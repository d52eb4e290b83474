import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../simulator/scenarios.ts';
import { simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

type Given = Readonly<Record<string, string>>;

const latency = 'latency@gpu <= 6 ms';
const latencyHint =
  'Write "serverless" there, on which Roboflow measures every model; or leave that out, put "warn:" before such a rule, or train a search, such as rfdetr-nas-parent.';

describe('a fine-tune, which no device measures', () => {
  const several = `map50 >= 80\n${latency}\nwarn: latency@T4 <= 3 ms`;
  test.each<[name: string, given: Given, parts: string]>([
    ['a rule on latency', { thresholds: latency }, 'the rule "latency@gpu <= 6 ms"'],
    ['a rule on a hardware', { thresholds: 'map50@gpu >= 80' }, 'the rule "map50@gpu >= 80"'],
    ['hardware', { hardware: 'gpu, T4', thresholds: 'map50 >= 80' }, 'hardware (gpu, T4)'],
    [
      'several of them',
      { hardware: 'gpu', thresholds: several },
      'the rule "latency@gpu <= 6 ms" and hardware (gpu)',
    ],
  ])('is refused before it is paid for if there is %s', async (_, given, parts) => {
    for (const version of ['7', 'new']) {
      await using roboflow = await simulateRoboflow();
      const started = roboflow.startOrAttach({ version, ...given });
      await expect(started).rejects.toMatchObject({
        name: 'TrainGateError',
        message: expect.stringMatching(/^rfdetr-nano is a fine-tune, .* nothing was started\.$/),
        hint: latencyHint,
      });
      await expect(started).rejects.toThrow(`So ${parts} could not be judged`);
      expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    }
  });

  test.each(['rfdetr-medium', 'yolov11n', 'yolo_nas_s'])('is any %s', async (modelType) => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios['yolo-nas'] });
    await expect(roboflow.startOrAttach({ 'model-type': modelType, thresholds: latency })).rejects.toThrow(
      `${modelType} is a fine-tune, `,
    );
  });

  test.each([`warn: ${latency}`, 'map50 >= 80'])('is started with the rule %s', async (thresholds) => {
    await using roboflow = await simulateRoboflow();
    expect(await roboflow.startOrAttach({ thresholds })).toMatchObject({ origin: 'started' });
  });

  test.each(['in flight', 'named by its id'])(
    'is not refused if nothing more is paid for: %s',
    async (how) => {
      await using roboflow = await simulateRoboflow();
      const { training } = await roboflow.startOrAttach();
      const named = how === 'in flight' ? {} : { 'model-type': '', 'job-id': training.id };
      expect(await roboflow.startOrAttach({ thresholds: latency, ...named })).toMatchObject({
        origin: 'attached',
        training: { id: training.id },
      });
    },
  );
});

test.each(['rfdetr-nas-parent', 'rfdetr-nas-pecoret-parent'])(
  'a search is started whatever its rules need: %s',
  async (modelType) => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios.nas });
    const given = { 'model-type': modelType, thresholds: latency, hardware: 'gpu' };
    expect(await roboflow.startOrAttach(given)).toMatchObject({ origin: 'started' });
  },
);
