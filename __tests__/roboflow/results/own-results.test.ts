import { describe, expect, test } from 'vitest';
import { typeOfResults, whyNotOwn } from '../../../src/roboflow/results/ownership.ts';
import { readResults } from '../../../src/roboflow/schema/results-body.ts';

const training = { id: 'job_own', version: 7, modelType: 'rfdetr-nano' };

function answer(changes: object) {
  return readResults({
    trainingId: 'acme/hard-hats/7',
    versionId: '7',
    status: 'finished',
    modelType: 'rfdetr-nano',
    models: [],
    ...changes,
  });
}

describe('results that claim to be of a training', () => {
  test.each<{ name: string; changes: object }>([
    { name: 'name its version', changes: {} },
    { name: 'name its version as an id', changes: { versionId: 'acme/hard-hats/7' } },
    { name: 'name a training of today', changes: { trainingId: 'c0ffee00', versionId: undefined } },
    { name: 'name a training that looks like a number', changes: { trainingId: '12', versionId: undefined } },
    { name: 'name nothing', changes: { trainingId: undefined, versionId: undefined, modelType: undefined } },
    { name: 'spell its type in another way', changes: { modelType: 'RF-DETR Nano' } },
    { name: 'name its family', changes: { modelType: 'rfdetr' } },
    { name: 'say that it was stopped', changes: { status: 'stopped_early' } },
    { name: 'have a status that nobody knows', changes: { status: 'polishing' } },
    { name: 'have models of several types', changes: { models: [{ modelType: 'yolov11n' }, {}] } },
  ])('may be its own if they $name', ({ changes }) => {
    expect(whyNotOwn(answer(changes), training)).toBeUndefined();
  });

  test('may be its own if there are none', () => {
    expect(whyNotOwn(readResults({ models: [] }), training)).toBeUndefined();
  });

  test.each<{ name: string; changes: object; says: string }>([
    {
      name: 'say that it runs',
      changes: { status: 'running' },
      says: 'The results of training job_own still say that it is running',
    },
    {
      name: 'say that it looks for models',
      changes: { status: 'mining', modelType: 'rfdetr-nas-parent' },
      says: 'The results of training job_own still say that it is mining',
    },
    {
      name: 'name another version by their training',
      changes: { trainingId: 'acme/hard-hats/6', versionId: undefined },
      says: 'Roboflow shows results of version 6, and training job_own is on version 7',
    },
    {
      name: 'name another version',
      changes: { trainingId: undefined, versionId: '6' },
      says: 'Roboflow shows results of version 6, and training job_own is on version 7',
    },
    {
      name: 'name two versions',
      changes: { versionId: 8 },
      says: 'Roboflow shows results of version 8, and training job_own is on version 7',
    },
    {
      name: 'name another type',
      changes: { modelType: 'yolov11n' },
      says: 'Roboflow shows results of a yolov11n, and training job_own is a rfdetr-nano',
    },
    {
      name: 'have models of another type',
      changes: { modelType: undefined, models: [{ modelType: 'yolov11n' }, { modelType: 'YOLOv11n' }] },
      says: 'Roboflow shows results of a yolov11n, and training job_own is a rfdetr-nano',
    },
    {
      name: 'say that it failed',
      changes: { status: 'failed' },
      says: 'Training job_own ended with weights, and its results say that it is failed',
    },
    {
      name: 'say that it was cancelled',
      changes: { status: 'Canceled' },
      says: 'Training job_own ended with weights, and its results say that it is Canceled',
    },
  ])('are not its own yet if they $name', ({ changes, says }) => {
    expect(whyNotOwn(answer(changes), training)).toBe(says);
  });
});

describe('the type that results are of', () => {
  const untyped = { modelType: undefined };
  test.each<{ name: string; changes: object; trained?: string; expected: string | undefined }>([
    { name: 'is what they say', changes: { models: [{ modelType: 'yolov11n' }] }, expected: 'rfdetr-nano' },
    {
      name: 'is what all of their models say',
      changes: { ...untyped, models: [{ modelType: 'yolov11n' }, { modelType: 'yolo11n' }] },
      expected: 'yolov11n',
    },
    {
      name: 'is not known if models differ',
      changes: { ...untyped, models: [{ modelType: 'yolov11n' }, { modelType: 'yolov11s' }] },
      expected: undefined,
    },
    {
      name: 'is not known if a model does not say',
      changes: { ...untyped, models: [{ modelType: 'yolov11n' }, { modelType: null }] },
      expected: undefined,
    },
    { name: 'is not known without models', changes: untyped, expected: undefined },
    {
      name: 'is never that of the children of a search',
      changes: { ...untyped, models: [{ modelType: 'rfdetr-nas-S' }] },
      trained: 'rfdetr-nas-parent',
      expected: undefined,
    },
  ])('$name', ({ changes, trained = 'rfdetr-nano', expected }) => {
    expect(typeOfResults(answer(changes), trained)).toBe(expected);
  });
});
