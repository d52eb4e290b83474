import { describe, expect, test } from 'vitest';
import { fileBaseline, type PastRun, type TrainingInFile } from '../../src/training/file-baseline.ts';
import { model } from '../build.ts';

const here = { workspace: 'acme', project: 'hard-hats' };

function trained(modelType: string, ...ids: readonly string[]): TrainingInFile {
  const headline = model({ id: `acme/${modelType}`, metrics: { map50: 80 } });
  return { ids, modelType, headline, models: [headline] };
}

const [yolo, nano] = [trained('yolo26n', 'job_1', 'training_1'), trained('rfdetr-nano', 'job_2')];
const past: PastRun = { place: { ...here, version: 6 }, trainings: [yolo, nano], recommended: new Map() };
const judged = { version: 7, modelType: 'rfdetr-nano' };
const fileWith = (changes: Partial<PastRun>) =>
  ({ kind: 'file', path: 'p.json', past: { ...past, ...changes } }) as const;

describe('of the trainings of a results file', () => {
  test.each<[name: string, judged: object, expected: TrainingInFile, isSame: boolean]>([
    ['that of the same type counts', {}, nano, true],
    ['that of the same type, spelt otherwise', { modelType: 'RFDETR_Nano' }, nano, true],
    ['that of the headline model if there is none', { modelType: 'rfdetr-small' }, yolo, false],
    ['that of the headline model if the type is not known', { modelType: undefined }, yolo, false],
    ['that which is judged, of whatever type', { id: 'training_1' }, yolo, false],
    ['that of the same type if another is judged', { id: 'job_9' }, nano, true],
  ])('%s', (_, changes, { headline, ids, modelType }, isSameType) => {
    const baseline = fileBaseline(fileWith({}), { ...judged, ...changes }, here);
    const known = { version: 6, isSameVersion: false, modelType, isSameType, ids, file: 'p.json' };
    expect(baseline).toMatchObject({ kind: 'training', ...known, results: { headline } });
  });
});

test('a training of the same version is told to be', () => {
  const place = { ...here, version: 7 };
  expect(fileBaseline(fileWith({ place }), judged, here)).toMatchObject({ isSameVersion: true });
});

test.each<[name: string, past: PastRun | undefined, reason: string]>([
  ['a file that is not there', undefined, 'there is no file p.json'],
  ['no training', { ...past, place: undefined, trainings: [] }, 'the run that wrote p.json has no model'],
  ['no model', { ...past, trainings: [] }, 'the run that wrote p.json has no model'],
  [
    'no version',
    { ...past, place: { ...here, version: undefined } },
    'the run that wrote p.json has no model',
  ],
])('%s is a missing baseline', (_, given, reason) => {
  const choice = { kind: 'file', path: 'p.json', past: given } as const;
  expect(fileBaseline(choice, judged, here)).toEqual({ kind: 'missing', reason });
});

test.each([
  ['acme', 'vests', false],
  ['other', 'hard-hats', false],
  ['ACME', 'Hard-Hats', true],
])('the file of %s/%s may be compared with: %s', (workspace, project, isTaken) => {
  for (const trainings of [[nano], []]) {
    const compare = () =>
      fileBaseline(fileWith({ place: { workspace, project, version: 6 }, trainings }), judged, here);
    if (isTaken) expect(compare).not.toThrow();
    else
      expect(compare).toThrow(
        `whose run was in ${workspace}/${project}, and this step is about acme/hard-hats.`,
      );
  }
});
