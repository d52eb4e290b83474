import { expect, test } from 'vitest';
import type { FaultAction } from '../../../simulator/faults.ts';
import { requireCheckpoint } from '../../../src/step/before/require-checkpoint.ts';
import { simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';
import { rows } from '../../rows.ts';

const row = (slug: string, status: string, modelType = 'rfdetr-nano') => ({
  url: `acme/${slug}`,
  modelType,
  train: { status },
});
const MODELS = [
  row('hard-hats/6', 'finished'),
  row('hard-hats-3-rfdetr-nano-t1', 'finished'),
  row('hard-hats-3-yolo-t2', 'stopped', 'yolov11n'),
  row('hard-hats-2-rfdetr-nano-t1', 'optimised'),
  { url: 'acme/hard-hats-1-x' },
  row('hard-hats-4-rfdetr-nano-t1', 'failed'),
  row('hard-hats-5-rfdetr-nano-t1', 'running'),
];
const NONE = 'is none of the models that the project lists, and is passed on unchecked';

/** What is told of a checkpoint of a training of rfdetr-nano. */
async function told(checkpoint: string, action: FaultAction): Promise<readonly string[]> {
  await using roboflow = await simulateRoboflow({ faults: [{ route: 'models', do: action }] });
  const startMs = roboflow.clock.now();
  await requireCheckpoint(checkpoint, 'rfdetr-nano', roboflow.here);
  expect(roboflow.clock.now()).toBe(startMs);
  expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats/models']);
  return roboflow.log;
}

test.each(
  rows(`
  acme/hard-hats/6 |
  hard-hats/6 |
  hard-hats-3-rfdetr-nano-t1 |
  hard-hats-2-rfdetr-nano-t1 |
  hard-hats-1-x |
  acme/hard-hats-3-rfdetr-nano-t1 |
  hard-hats-3-yolo-t2 | checkpoint hard-hats-3-yolo-t2 is a yolov11n, and rfdetr-nano is to be trained from it.
  hard-hats-3-rfdetr-nano-t2 | checkpoint hard-hats-3-rfdetr-nano-t2 ${NONE}; did you mean "hard-hats-3-rfdetr-nano-t1"?
  acme/hard-hats/9 | checkpoint acme/hard-hats/9 ${NONE}; did you mean "acme/hard-hats/6"?
  coco | checkpoint coco ${NONE}.
  other/boots-1-rfdetr-nano-t1 | checkpoint other/boots-1-rfdetr-nano-t1 ${NONE}.
  `),
)('a checkpoint is checked as far as it can be: %s', async (checkpoint = '', says = '') => {
  expect(await told(checkpoint, { kind: 'json', body: MODELS })).toEqual(says === '' ? [] : [says]);
});

test.each(['hard-hats-4-rfdetr-nano-t1', 'acme/hard-hats-5-rfdetr-nano-t1'])(
  'a checkpoint that has not finished is refused: %s',
  async (checkpoint) => {
    await expect(told(checkpoint, { kind: 'json', body: MODELS })).rejects.toMatchObject({
      message: expect.stringMatching(/^checkpoint .* is a model that is (failed|running)\. Nothing was/),
      hint: 'Set checkpoint to a finished model, or leave it out.',
    });
  },
);

test.each([401, 404, 500])(
  'a checkpoint is not checked where models cannot be listed: %i',
  async (status) => {
    expect(await told('hard-hats/6', { kind: 'status', status })).toEqual([
      "checkpoint hard-hats/6 is passed on unchecked, since the project's models could not be read.",
    ]);
  },
);

test('a step checks the checkpoint before it starts anything, and passes it on as it is', async () => {
  const body = [row('hard-hats-3-rfdetr-nano-t1', 'running')];
  await using refusing = await simulateRoboflow({
    faults: [{ route: 'models', do: { kind: 'json', body } }],
  });
  const given = { checkpoint: 'hard-hats-3-rfdetr-nano-t1' };
  const dry = await refusing.runStep({ ...given, 'dry-run': 'true' });
  const refused = await refusing.runStep(given);
  for (const { failures } of [dry, refused])
    expect(failures).toEqual([expect.stringContaining('is a model that is running. Nothing was started')]);
  expect(refusing.requestLines().filter((line) => line.startsWith('POST'))).toEqual([]);
  await using roboflow = await simulateRoboflow();
  await roboflow.startOrAttach(given);
  expect(roboflow.simulator.started()).toMatchObject([{ requested: given }]);
});
