import { expect, test } from 'vitest';
import { triedBefore } from '../../../src/step/before/dry-run.ts';
import { model, pastTraining, rule, target } from '../../build.ts';
import { named, rows } from '../../rows.ts';

const nano = model({ id: 'nano', type: 'rfdetr-nano', metrics: { 'map50-95': 60, map50: 80 } });
const yolo = model({ id: 'yolo', type: 'yolov11n', metrics: { 'map50-95': 70, map50: 90 } });
const untyped = model({ id: 'some', type: undefined, metrics: { map50: 85 } });
const timed = model({
  id: 'timed',
  type: 'rfdetr-nas',
  metrics: { 'map50-95': 65, map50: 82 },
  latency: { T4: 6 },
});
const exact = model({ id: 'exact', type: 'rfdetr-nano', metrics: { 'map50-95': 64, map50: 79 } });
const places = {
  nano: [nano],
  yolo: [yolo],
  'nano and yolo': [nano, yolo],
  'two nanos': [nano, exact],
  untyped: [untyped],
  timed: [timed, yolo],
};
const baseline = pastTraining([nano]);

// The best of the type is that which the gate would have taken.
test.each(
  rows(`
  nano          | map50 >= 80               | holds 80
  nano          | map50 > 80                | broken 80
  yolo          | map50 >= 80               | holds 90 by yolov11n
  nano and yolo | map50 >= 85               | broken 80
  two nanos     | map50-95 >= 62            | holds 64
  two nanos     | map50 >= 80               | holds 80
  untyped       | map50 >= 80               | holds 85 by another
  nano          | map50-95 >= baseline      | holds 60
  yolo          | map50-95 < baseline + 5   | broken 70 by yolov11n
  nano          | f1 >= 80                  | unknown
  nano          | recall[vest]@test >= 80   | unknown
  nano          | map50@test >= 80          | unknown
  nano          | images@test >= 80         | unknown
  timed         | latency@t4 <= 5 ms        | broken 6 by rfdetr-nas
  timed         | map50@AI1 >= 5            | unknown by rfdetr-nas
  timed         | warn: each: map50 >= 85   | broken 82 by rfdetr-nas
  `),
)('a version with %s, held against %s: %s', (place = '', text = '', expected = '') => {
  const models = named<readonly (typeof nano)[]>(places, place);
  const [best] = models;
  if (best === undefined) throw new Error('no model');
  const asked = place === 'timed' ? 'rfdetr-nas-parent' : 'rfdetr-nano';
  const inputs = { rules: [rule(text)], targets: [target('T4')] };
  const { versions } = triedBefore(asked, [{ version: 6, models, best }], inputs, baseline);
  const told = versions.map(({ rules: [result], isSameType, modelType = 'another' }) =>
    [result?.state, result?.value, ...(isSameType ? [] : [`by ${modelType}`])].filter(Boolean).join(' '),
  );
  expect(told.map((words) => words.replace(' by rfdetr-nas', ''))).toEqual([
    expected.replace(' by rfdetr-nas', ''),
  ]);
});

test('the newest ten versions are tried, and stand oldest first', () => {
  const reached = Array.from({ length: 14 }, (_, index) => ({
    version: 20 - index,
    models: [nano],
    best: nano,
  }));
  const inputs = { rules: [rule('map50 >= 80')], targets: [] };
  const { versions } = triedBefore('rfdetr-nano', reached, inputs, { kind: 'none' });
  expect(versions.map(({ version }) => version)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
});
