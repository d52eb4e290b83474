import { expect, test } from 'vitest';
import { readProjectVersions, type VersionBody } from '../../../src/roboflow/schema/version-body.ts';
import { earlierTraining } from '../../../src/step/follow/followed-training.ts';

const hour = 3_600_000;
const STARTED_MS = Date.UTC(2027, 0, 2);

/** A version whose model was trained for so many hours, as the project's list has it. */
const trained = (number: number, hours: number, model: object = {}) => ({
  id: `acme/hats/${number}`,
  model: { id: `hats/${number}`, start: STARTED_MS, end: STARTED_MS + hours * hour, ...model },
});
const untrained = (number: number) => ({ id: `acme/hats/${number}` });
const listed = (versions: readonly object[]): readonly VersionBody[] => readProjectVersions({ versions });

test.each([
  { name: 'the newest lower version tells', versions: [trained(6, 2), trained(5, 3)], expected: [6, 2] },
  { name: 'one without a model is passed over', versions: [untrained(6), trained(5, 3)], expected: [5, 3] },
  { name: 'the version itself and later ones do not count', versions: [trained(8, 1), trained(7, 2)] },
  {
    name: 'a model of another type does not count',
    versions: [trained(6, 2, { modelType: 'yolov11n' }), trained(5, 3, { modelType: 'rfdetr-nano' })],
    expected: [5, 3],
  },
  { name: 'an end without a beginning tells nothing', versions: [trained(6, 2, { start: undefined })] },
  { name: 'nor does an end before the beginning', versions: [trained(6, -2)] },
])('$name', ({ versions, expected }) => {
  const [version, hours] = expected ?? [];
  const trainedMs = (hours ?? 0) * hour;
  const told = version === undefined ? undefined : expect.objectContaining({ version, trainedMs });
  expect(earlierTraining(listed(versions), { version: 7, modelType: 'rfdetr-nano' })).toEqual(told);
});
