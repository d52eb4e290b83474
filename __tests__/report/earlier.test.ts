import { describe, expect, test } from 'vitest';
import type { PastTraining } from '../../src/gate/baseline.ts';
import type { Model } from '../../src/gate/model.ts';
import { renderReport } from '../../src/report/report.ts';
import type { ImageCounts } from '../../src/report/training-facts.ts';
import { classFigures, model, modelResults, pastTraining, splitFigures } from '../build.ts';
import { facts, judged } from './cases.ts';
import { breakable } from './parsed.ts';

function withVest(id: string, map50: number, onTest: number) {
  const figures = [
    splitFigures('valid', { map50 }, [
      classFigures('vest', 9, { map50 }),
      classFigures('hat', 9, { map50: 1 }),
    ]),
    splitFigures('test', { map50: onTest }, [
      classFigures('vest', 9, { map50: onTest }),
      classFigures('hat', 9, { map50: 1 }),
    ]),
  ];
  return model({ id, metrics: { map50 }, details: { figures, lacking: [] } });
}

const now = withVest('acme/now', 84, 82);
const before = withVest('acme/before', 80, 79);
const images: ImageCounts = { train: 900, validation: 300, test: 100 };

describe('what a training is compared with', () => {
  const where = 'compared with version 6';
  const other = { modelType: 'yolov11n', isSameType: false };
  const onTest = 'Differences are from version 6, other test images.';
  test.each<
    [where: string, differs: boolean, Partial<PastTraining>, ImageCounts | undefined, onTest?: string]
  >([
    [where, true, {}, images],
    [where, true, {}, undefined],
    [where, true, {}, { ...images, train: 700 }],
    [`${where}, other validation images`, true, {}, { ...images, validation: 299 }],
    [where, true, {}, { ...images, test: 99 }, onTest],
    [`${where} (\`yolov11n\`)`, false, other, images],
    ['compared with an earlier training of version 6', true, { isSameVersion: true }, images],
    [where, false, { modelType: undefined, isSameType: false }, images],
    [where, false, { results: modelResults([]) }, images],
  ])('is told as "%s", with a difference or without: %s', (expected, differs, past, imagesBefore, remark) => {
    const rest = { classes: [], preprocessing: undefined, augmentation: undefined };
    const datasets = new Map(imagesBefore && [[6, { ...rest, images: imagesBefore }] as const]);
    const training = { ...facts, images, datasets };
    const baseline = pastTraining([before], past);
    const ways = [
      judged({
        models: [now],
        baseline,
        thresholds: 'map50 >= 80\nmap50[*]@test >= 0\nmap50@test >= baseline - 9',
      }),
      {
        ...judged({ models: [now], thresholds: 'map50 >= 80\nmap50[*]@test >= 0' }),
        previous: baseline,
      },
    ];
    for (const conclusion of ways) {
      const report = breakable(renderReport(conclusion, training));
      expect(report.split('\n')[2]?.split(' · ').at(-1)).toBe(expected);
      expect(report.includes('**mAP50 84.0 %** (+4.0)')).toBe(differs);
      expect(/\| vest .*82\.0 \(\+3\.0\)/.test(report)).toBe(differs);
      if (conclusion === ways[0])
        expect(/version 6(?: \(.*\))?: 79\.0 %, other test images$/m.test(report)).toBe(remark !== undefined);
      expect(report.includes('Differences are from')).toBe(remark !== undefined);
      if (remark !== undefined) expect(report).toContain(remark);
    }
  });

  test.each([
    ['a b c', 'a b c', false],
    ['a b c', 'a b d', true],
    ['a b c', 'a b c d', true],
  ])('is of other images if ids differ, whatever the counts: %s and %s', (one, other, differs) => {
    const withIds = (each: Model, ids: string): Model => {
      const images = { ids: new Set(ids.split(' ')), hits: () => [] };
      const figures = each.details?.figures.map((own) => ({
        ...own,
        samples: new Map([['recall', { n: 9, images }] as const]),
      }));
      return { ...each, details: { figures: figures ?? [], lacking: [] } };
    };
    const conclusion = judged({
      models: [withIds(now, one)],
      baseline: pastTraining([withIds(before, other)]),
      thresholds: 'map50@test >= baseline - 9',
    });
    const report = breakable(renderReport(conclusion, { ...facts, images }));
    expect(report.includes('version 6: 79.0 %, other test images')).toBe(differs);
    expect(report.includes('compared with version 6, other validation images')).toBe(differs);
  });

  test('stands beside a rule with its own value, version and type, whichever type it is', () => {
    const baseline = pastTraining([before], { version: 5, modelType: 'yolov11n', isSameType: false });
    const report = breakable(
      renderReport(judged({ models: [now], baseline, thresholds: 'map50 >= baseline - 1' }), facts),
    );
    expect(report).toContain('| `map50 >= baseline - 1` (≥ 79.0 %) | 84.0 % |');
    expect(report).toContain('\n- **mAP50**: 5.0 points to spare; version 5 (`yolov11n`): 80.0 %\n');
  });
});
