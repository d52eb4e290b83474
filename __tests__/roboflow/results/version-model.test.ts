import { describe, expect, test } from 'vitest';
import type { Ownership } from '../../../src/roboflow/results/ownership.ts';
import { ownVersionModel } from '../../../src/roboflow/results/version-results.ts';
import { readVersion } from '../../../src/roboflow/schema/version-body.ts';
import { training } from '../../training/fake-route.ts';

const startedAtMs = Date.UTC(2027, 0, 4, 9);
const minute = 60_000;

/** A training that is alone on version 7, unless told. */
const own: Ownership = {
  app: 'https://app.roboflow.com',
  workspace: 'acme',
  project: 'hats',
  version: 7,
  modelIds: [],
  group: undefined,
  modelType: 'rfdetr-nano',
  startedAtMs,
  others: [],
  isOnlyOne: true,
};
const otherNano = training({ id: 'other', phase: 'succeeded' });
const otherYolo = training({ id: 'other', phase: 'succeeded', modelType: 'yolov11n' });

const model = { id: 'hats/7', map: '84.2', precision: '88.4', start: (startedAtMs + minute) / 1000 };
const all = { class: 'all', precision: '0.9', recall: '0.796', map50: '0.842', map95: '0.617' };
const train = { results: { class_map: { valid: [all] } } };

/** The metrics of version 7 that are of the training; undefined if it has no model. */
function metricsOf(version: object, changes: Partial<Ownership>) {
  const body = readVersion({ version: { id: 'acme/hats/7', ...version } });
  const found = ownVersionModel(body, { ...own, ...changes }, 'rfdetr-nano');
  return found && { id: found.id, ...Object.fromEntries(found.metrics) };
}

describe('the model that a version carries', () => {
  const ofModel = { id: 'hats/7', map50: 84.2, precision: 88.4 };
  const older = { ...model, map: '99', start: (startedAtMs - 60 * minute) / 1000 };
  const ofResults = { id: 'hats/7', map50: 84.2, precision: 90, 'map50-95': 61.7, recall: 79.6 };
  const ofBoth = { ...ofModel, 'map50-95': 61.7, recall: 79.6 };

  test.each<[name: string, version: object, changes: Partial<Ownership>, expected: object | undefined]>([
    ['its model alone', { model }, {}, ofModel],
    ['its model, with what only its training results say', { model, train }, {}, ofBoth],
    ['its training results alone', { train }, {}, ofResults],
    ['its training results beside a model of an older training', { model: older, train }, {}, ofResults],
    ['nothing', {}, {}, undefined],
    [
      'its model, if it is dated after the start and the other training is of another type',
      { model: { ...model, modelType: 'rfdetr-nano' }, train },
      { isOnlyOne: false, others: [otherYolo] },
      ofModel,
    ],
    [
      'nothing, if another training may have made it',
      { model, train },
      { isOnlyOne: false, others: [otherNano] },
      undefined,
    ],
    [
      'nothing, if it does not say when it was trained and the version had another training',
      { model: { ...model, start: undefined }, train },
      { isOnlyOne: false },
      undefined,
    ],
    ['nothing of a search, which has a group', { model, train }, { group: 'nas-1' }, undefined],
    [
      'its model by its id, whoever else trained, and no training results',
      { model, train },
      { modelIds: ['acme/hats/7'], isOnlyOne: false, others: [otherNano] },
      ofModel,
    ],
  ])('gives %s', (_, version, changes, expected) => {
    expect(metricsOf(version, changes)).toEqual(expected);
  });
});
