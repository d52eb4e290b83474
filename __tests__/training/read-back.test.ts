import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../src/lib/errors.ts';
import { requireAsRequested } from '../../src/training/read-back.ts';
import type { Training } from '../../src/training/training.ts';
import type { EndResult } from '../../src/training/training-api.ts';
import { VirtualClock } from '../flow/clock.ts';
import { FakeRoute, KeptLog, request, training } from './fake-route.ts';

/** What a look at a training of `modelType` comes to if it shows `shown`. */
async function checked(
  shown: Training,
  { modelType = 'rfdetr-nano', ending = { kind: 'ended' } as EndResult | Error } = {},
  { signal } = new AbortController(),
) {
  const route = new FakeRoute();
  route.ending = ending;
  const clock = new VirtualClock();
  const context = { clock, log: new KeptLog(), signal };
  const result = await requireAsRequested(shown, { ...request, modelType }, route, context).catch(
    (error: unknown) => error,
  );
  return { result, calls: route.calls, patientForMs: route.patientUntilMs.map((at) => at - clock.now()) };
}

describe('a training that this step started', () => {
  test.each<{ modelType: string; shown: string | undefined }>([
    { modelType: 'rfdetr-nano', shown: 'rfdetr-nano' },
    { modelType: 'rfdetr-nano', shown: 'RF-DETR Nano' },
    { modelType: 'rfdetr-nano', shown: undefined },
    { modelType: 'rfdetr-nano', shown: 'rfdetr' },
    { modelType: 'yolov11', shown: 'yolov11n' },
    { modelType: 'yolo11n', shown: 'yolov11n' },
    { modelType: 'rfdetr-nas-parent', shown: 'rfdetr-nas-S' },
  ])('as $modelType goes on if Roboflow shows $shown', async ({ modelType, shown }) => {
    const { result, calls } = await checked(training({ modelType: shown }), { modelType });
    expect(result).toBeUndefined();
    expect(calls).toEqual([]);
  });

  test('goes on if Roboflow does not say its version', async () => {
    expect((await checked(training({ version: undefined }))).calls).toEqual([]);
  });

  test.each<{ name: string; ending: EndResult | Error; ended: EndResult }>([
    { name: 'is cancelled', ending: { kind: 'ended' }, ended: { kind: 'ended' } },
    { name: 'that is over by then is left', ending: { kind: 'over' }, ended: { kind: 'over' } },
    {
      name: 'that cannot be cancelled any more is told as still running',
      ending: { kind: 'still-running', reason: 'the time of refunds is over' },
      ended: { kind: 'still-running', reason: 'the time of refunds is over' },
    },
    {
      name: 'whose cancel fails is told as still running',
      ending: new Error('answered 500'),
      ended: { kind: 'still-running', reason: 'Error: answered 500' },
    },
  ])('of another type $name, and both names are told', async ({ ending, ended }) => {
    const { result, calls } = await checked(training({ modelType: 'rfdetr-base' }), { ending });
    expect(result).toMatchObject({
      name: 'OtherTrainingError',
      message: 'Asked to train rfdetr-nano, Roboflow trains rfdetr-base.',
      hint: 'Check model-type and version against what Roboflow offers for this project.',
      ended,
    });
    expect(calls).toEqual(['cancel t1']);
  });

  test('on another version is cancelled, and both versions are told', async () => {
    const { result, calls, patientForMs } = await checked(training({ version: 8 }));
    expect(result).toMatchObject({
      message: 'Asked to train on version 7, Roboflow trains on version 8.',
      ended: { kind: 'ended' },
    });
    expect(calls).toEqual(['cancel t1']);
    expect(patientForMs).toEqual([80_000]);
  });

  test('of another type is left to the post step if a signal cuts its cancel off', async () => {
    const controller = new AbortController();
    controller.abort(new InterruptedError('SIGINT'));
    const other = training({ modelType: 'rfdetr-base' });
    const { result } = await checked(other, { ending: new Error('aborted') }, controller);
    expect(result).toBeInstanceOf(InterruptedError);
  });
});
