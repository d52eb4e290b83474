import { describe, expect, test } from 'vitest';
import type { PastTraining } from '../../src/gate/baseline.ts';
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

interface Row {
  readonly past: Partial<PastTraining>;
  /** Of the version before; undefined: nobody knows. */
  readonly imagesBefore: ImageCounts | undefined;
  readonly where: string;
  readonly differs: boolean;
  readonly onTest?: string;
}

describe('what a training is compared with', () => {
  test.each<Row>([
    { past: {}, imagesBefore: images, where: 'compared with version 6', differs: true },
    { past: {}, imagesBefore: undefined, where: 'compared with version 6', differs: true },
    {
      past: {},
      imagesBefore: { ...images, train: 700 },
      where: 'compared with version 6',
      differs: true,
    },
    {
      past: {},
      imagesBefore: { ...images, validation: 299 },
      where: 'compared with version 6, other validation images',
      differs: true,
    },
    {
      past: {},
      imagesBefore: { ...images, test: 99 },
      where: 'compared with version 6',
      differs: true,
      onTest: 'Differences are from version 6, other test images.',
    },
    {
      past: { modelType: 'yolov11n', isSameType: false },
      imagesBefore: images,
      where: 'compared with version 6 (`yolov11n`)',
      differs: false,
    },
    {
      past: { modelType: undefined, isSameType: false },
      imagesBefore: images,
      where: 'compared with version 6',
      differs: false,
    },
    {
      past: { results: modelResults([]) },
      imagesBefore: images,
      where: 'compared with version 6',
      differs: false,
    },
  ])('is told as "$where", with a difference or without: $differs', (row) => {
    const training = {
      ...facts,
      images,
      imagesByVersion: new Map(row.imagesBefore && [[6, row.imagesBefore] as const]),
    };
    const baseline = pastTraining([before], row.past);
    const ways = [
      judged({ models: [now], baseline, thresholds: 'map50 >= 80\nmap50[*]@test >= 0' }),
      {
        ...judged({ models: [now], thresholds: 'map50 >= 80\nmap50[*]@test >= 0' }),
        previous: baseline,
      },
    ];
    for (const conclusion of ways) {
      const report = breakable(renderReport(conclusion, training));
      expect(report.split('\n')[2]?.split(' · ').at(-1)).toBe(row.where);
      expect(report.includes('**mAP50 84.0 %** (+4.0)')).toBe(row.differs);
      expect(/\| vest .*82\.0 \(\+3\.0\)/.test(report)).toBe(row.differs);
      expect(report.includes('Differences are from')).toBe(row.onTest !== undefined);
      if (row.onTest !== undefined) expect(report).toContain(row.onTest);
    }
  });

  test('stands beside a rule with its own value, version and type, whichever type it is', () => {
    const baseline = pastTraining([before], { version: 5, modelType: 'yolov11n', isSameType: false });
    const report = breakable(
      renderReport(judged({ models: [now], baseline, thresholds: 'map50 >= baseline - 1' }), facts),
    );
    expect(report).toMatch(
      /\| mAP50 ≥ 79\.0 % +\| 84\.0 % \| 5\.0 to spare; version 5 \(`yolov11n`\): 80\.0 %, less 1 \|/,
    );
  });
});
