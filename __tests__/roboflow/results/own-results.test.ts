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

const stillSay = 'The results of training job_own still say that it is';
const yetSay = 'Training job_own ended with weights, and its results say that it is';
const ofYolo = 'Roboflow shows results of a yolov11n, and training job_own is a rfdetr-nano';
const ofVersion = (version: number) =>
  `Roboflow shows results of version ${version}, and training job_own is on version 7`;

describe('results that claim to be of a training', () => {
  test.each<[name: string, changes: object, says?: string]>([
    ['name its version', {}],
    ['name its version as an id', { versionId: 'acme/hard-hats/7' }],
    ['name a training of today', { trainingId: 'c0ffee00', versionId: undefined }],
    ['name a training that looks like a number', { trainingId: '12', versionId: undefined }],
    ['name nothing', { trainingId: undefined, versionId: undefined, modelType: undefined }],
    ['spell its type in another way', { modelType: 'RF-DETR Nano' }],
    ['name its family', { modelType: 'rfdetr' }],
    ['say that it was stopped', { status: 'stopped_early' }],
    ['have a status that nobody knows', { status: 'polishing' }],
    ['have models of several types', { models: [{ modelType: 'yolov11n' }, {}] }],
    ['say that it runs', { status: 'running' }, `${stillSay} running`],
    ['look for models', { status: 'mining', modelType: 'rfdetr-nas-parent' }, `${stillSay} mining`],
    [
      'name another version by their training',
      { trainingId: 'acme/hard-hats/6', versionId: undefined },
      ofVersion(6),
    ],
    ['name another version', { trainingId: undefined, versionId: '6' }, ofVersion(6)],
    ['name two versions', { versionId: 8 }, ofVersion(8)],
    ['name another type', { modelType: 'yolov11n' }, ofYolo],
    [
      'have models of another type',
      { modelType: undefined, models: [{ modelType: 'yolov11n' }, { modelType: 'YOLOv11n' }] },
      ofYolo,
    ],
    ['say that it failed', { status: 'failed' }, `${yetSay} failed`],
    ['say that it was cancelled', { status: 'Canceled' }, `${yetSay} Canceled`],
  ])('may be its own, or why not, if they %s: %o: %s', (_, changes, says) => {
    expect(whyNotOwn(answer(changes), training)).toBe(says);
  });

  test('may be its own if there are none', () => {
    expect(whyNotOwn(readResults({ models: [] }), training)).toBeUndefined();
  });
});

describe('the type that results are of', () => {
  test.each<
    [name: string, ofModels: readonly (string | null)[], expected?: string | undefined, trained?: string]
  >([
    ['is what all of their models say', ['yolov11n', 'yolo11n'], 'yolov11n'],
    ['is not known if models differ', ['yolov11n', 'yolov11s']],
    ['is not known if a model does not say', ['yolov11n', null]],
    ['is not known without models', []],
    ['is never that of the children of a search', ['rfdetr-nas-S'], undefined, 'rfdetr-nas-parent'],
  ])('%s', (_, ofModels, expected, trained = 'rfdetr-nano') => {
    const models = ofModels.map((modelType) => ({ modelType }));
    expect(typeOfResults(answer({ modelType: undefined, models }), trained)).toBe(expected);
    expect(typeOfResults(answer({ models }), trained)).toBe('rfdetr-nano');
  });
});
