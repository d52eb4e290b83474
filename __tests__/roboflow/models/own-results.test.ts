import { describe, expect, test } from 'vitest';
import { ownResults } from '../../../src/roboflow/models/own-results.ts';
import { NO_RESULTS, readResults } from '../../../src/roboflow/schema/results.ts';

const run = { id: 'job_own', version: 7, modelType: 'rfdetr-nano' };

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

describe('results that claim to be of a run', () => {
  test.each<{ name: string; changes: object }>([
    { name: 'name its version', changes: {} },
    { name: 'name its version as an id', changes: { versionId: 'acme/hard-hats/7' } },
    { name: 'name a training of today', changes: { trainingId: 'c0ffee00', versionId: undefined } },
    { name: 'name a training that looks like a number', changes: { trainingId: '12', versionId: undefined } },
    { name: 'name nothing', changes: { trainingId: undefined, versionId: undefined, modelType: undefined } },
    { name: 'spell its type in another way', changes: { modelType: 'RF-DETR Nano' } },
    { name: 'say that it was stopped', changes: { status: 'stopped_early' } },
  ])('are taken where they $name', ({ changes }) => {
    expect(ownResults(answer(changes), run)).toEqual(answer(changes));
  });

  test.each([{ status: 'running' }, { status: 'mining', modelType: 'rfdetr-nas-parent' }])(
    'are none where they are of a run under way: %o',
    (changes) => {
      expect(ownResults(answer(changes), run)).toEqual(NO_RESULTS);
    },
  );

  test.each<{ name: string; changes: object; says: string }>([
    {
      name: 'name another version by their training',
      changes: { trainingId: 'acme/hard-hats/6', versionId: undefined },
      says: 'Roboflow answered with the results of version 6, but training job_own is on version 7.',
    },
    {
      name: 'name another version',
      changes: { trainingId: undefined, versionId: '6' },
      says: 'Roboflow answered with the results of version 6, but training job_own is on version 7.',
    },
    {
      name: 'name two versions',
      changes: { versionId: 8 },
      says: 'Roboflow answered with the results of version 8, but training job_own is on version 7.',
    },
    {
      name: 'name another type',
      changes: { modelType: 'yolov11n' },
      says: 'The results of version 7 are those of a yolov11n, but training job_own trained a rfdetr-nano.',
    },
    {
      name: 'say that it failed',
      changes: { status: 'failed' },
      says: 'Training job_own ended with weights, but its results say that it is failed.',
    },
    {
      name: 'say that it was cancelled',
      changes: { status: 'Canceled' },
      says: 'Training job_own ended with weights, but its results say that it is Canceled.',
    },
  ])('are refused where they $name', ({ changes, says }) => {
    expect(() => ownResults(answer(changes), run)).toThrow(says);
  });
});
