import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRules } from '../../../src/gate/parse-rules.ts';
import type { ComparisonSign } from '../../../src/gate/rules.ts';
import { noiseRemarks } from '../../../src/report/words/certainty-words.ts';
import { classFigures, model } from '../../build.ts';
import { rows } from '../../rows.ts';
import { runs } from '../../setup/seeds.ts';
import { baselineOf, judged, only, reasonOf } from '../judged.ts';

describe('the grammar', () => {
  test.each(
    rows(`
    map50 >= 80 + noise | map50 has no noise that one training tells (precision, recall, f1, accuracy have); write points, such as "baseline - 0.5"
    map50-95 >= baseline - noise | map50-95 has no noise that one training tells (precision, recall, f1, accuracy have); write points, such as "baseline - 0.5"
    latency <= baseline + noise | latency has no noise that one training tells (precision, recall, f1, accuracy have); write milliseconds, such as "baseline + 2 ms"
    recall >= noise | "noise" is not a bound; valid: a number such as 80, "80 %", "baseline - 0.5", "80 + noise" or "baseline - noise"
    recall >= baseline - 0.5 - noise | "baseline - 0.5 - noise" is not a bound; valid: a number such as 80, "80 %", "baseline - 0.5", "80 + noise" or "baseline - noise"
    recall >= 90 noise | "90 noise" is not a bound; valid: a number such as 80, "80 %", "baseline - 0.5", "80 + noise" or "baseline - noise"
    objects >= baseline | objects are counted, and have no baseline and no noise; write a number, as in "objects >= 50"
    images >= 50 + noise | images are counted, and have no baseline and no noise; write a number, as in "images >= 50"
    images[helmet] >= 50 | images have no classes; leave that out, as in "images@test >= 100"
    objects@t4 >= 50 | objects are counted in a split, not on a hardware; valid there: @test and @valid
    objects >= 50 % | % does not fit objects
    recall >= 0.9 - noise | metrics are percentages; write 90, not 0.9
    `),
  )('%s: %s', (line, problem) => {
    expect(parseRules(line).mistakes).toMatchObject([{ problem }]);
  });
});

/** A model that found `percent` of the `objects` helmets on the validation split, and of all. */
function helmets(percent: number, objects: number | undefined, id = 'nano') {
  const figures = classFigures('helmet', objects ?? 1, { recall: percent });
  const samples = objects === undefined ? undefined : new Map([['recall', { n: objects }] as const]);
  return model({
    id,
    metrics: { recall: percent, 'map50-95': 50 },
    details: {
      figures: [
        {
          split: 'valid',
          source: 'training-results',
          all: new Map([['recall', percent]]),
          samples,
          classes: [{ ...figures, samples }],
        },
      ],
      lacking: [],
    },
  });
}

// 108 of 120 is 90 %, 83.3 to 94.2. The difference of 90 % of 120 to 92 % of 100 is -9.8 to 6.0.
test.each(
  rows(`
  recall >= 60 - noise | true
  recall >= 60 + noise | false
  recall <= 90 + noise | true
  recall <= 90 - noise | false
  `),
)('%s of 9 objects can hardly break: %s', (rules, hardly) => {
  const remarks = noiseRemarks(only(judged({ rules, models: [helmets(70, 9)] }))).join();
  expect(remarks.includes('can hardly break')).toBe(hardly === 'true');
});

test.each(
  rows(`
  recall[*] >= 60 - noise | so wide for vest, boots that
  recall[*] >= 60 + noise | false
  recall[*] >= 40 - noise | so wide for vest, boots that
  recall[*] <= 70 + noise | so wide for vest, boots that
  recall[*] >= 60 | false
  `),
)('that of a class that does not decide is told too: %s', (rules, words) => {
  const counts = [
    ['helmet', 61, 900],
    ['vest', 67, 9],
    ['boots', 60, 5],
  ] as const;
  const classes = counts.map(([name, recall, n]) => ({
    ...classFigures(name, n, { recall }),
    samples: new Map([['recall', { n }] as const]),
  }));
  const figures = [{ split: 'valid', source: 'training-results', all: new Map(), classes }] as const;
  const models = [model({ id: 'nano', metrics: { 'map50-95': 50 }, details: { figures, lacking: [] } })];
  const remarks = noiseRemarks(only(judged({ rules, models }))).join();
  expect(words === 'false' ? !remarks.includes('so wide') : remarks.includes(words)).toBe(true);
});

describe('a rule with noise', () => {
  const cases = rows(`
    recall[helmet] >= 83 + noise | holds
    recall[helmet] >= 84 + noise | broken
    recall[helmet] >= 94 - noise | holds
    recall[helmet] >= 95 - noise | broken
    recall[helmet] <= 95 - noise | holds
    recall[helmet] <= 94 - noise | broken
    recall[helmet] <= 84 + noise | holds
    recall >= 83 + noise | holds
    recall >= 84 + noise | broken
    recall[helmet] >= baseline - noise | holds
    recall[helmet] > baseline + noise | broken
    recall[helmet] >= baseline - 1 | broken
  `);
  test.each(cases)('%s %s', (rules, state) => {
    const baseline = baselineOf([helmets(92, 100)]);
    expect(only(judged({ rules, models: [helmets(90, 120)], baseline })).state).toBe(state);
  });

  test('tells the interval, the noise and the bound that they come to', () => {
    const result = only(judged({ rules: 'recall[helmet] >= 85 + noise', models: [helmets(90, 120)] }));
    if (result.state === 'unknown') throw new Error('unknown');
    expect(result.certainty?.interval).toMatchObject({ n: 120, method: 'objects' });
    expect(result.certainty?.interval.low).toBeCloseTo(83.33, 2);
    expect(result.certainty?.noise).toBeCloseTo(6.67, 2);
    expect(result.bound).toBeCloseTo(91.67, 2);
  });

  test.each(['recall >= 80 - noise', 'recall >= baseline - noise'])(
    '%s is undecided if nobody told how many objects there are',
    (rules) => {
      const [counted, uncounted] = [helmets(90, 120), helmets(90, undefined)];
      const words =
        'its noise is not known; nothing tells how many objects the figure is of; write points in place of noise';
      expect(reasonOf(judged({ rules, models: [uncounted], baseline: baselineOf([counted]) }))).toBe(words);
      if (rules.includes('baseline'))
        expect(reasonOf(judged({ rules, models: [counted], baseline: baselineOf([uncounted]) }))).toBe(words);
    },
  );

  test('does not choose the headline model', () => {
    const accurate = {
      ...helmets(70, 120, 'accurate'),
      metrics: new Map([
        ['map50-95', 60],
        ['recall', 70],
      ] as const),
    };
    const models = [helmets(90, 120), accurate];
    expect(judged({ rules: 'recall >= 80', models }).headline?.id).toBe('nano');
    expect(judged({ rules: 'recall >= 80 - noise', models }).headline?.id).toBe('accurate');
  });

  test('on each of many classes shares 5 % among them, but for + noise', () => {
    const classes = Array.from({ length: 20 }, (_, index) => ({
      ...classFigures(`class-${index}`, 120, { recall: 90 }),
      samples: new Map([['recall', { n: 120 }] as const]),
    }));
    const many = model({
      metrics: { 'map50-95': 50 },
      details: {
        figures: [{ split: 'valid', source: 'training-results', all: new Map(), classes }],
        lacking: [],
      },
    });
    const state = (rules: string) => only(judged({ rules, models: [many] })).state;
    expect([state('recall[class-1] >= 95 - noise'), state('recall[*] >= 95 - noise')]).toEqual([
      'broken',
      'holds',
    ]);
    expect([state('recall[class-1] >= 83 + noise'), state('recall[*] >= 83 + noise')]).toEqual([
      'holds',
      'holds',
    ]);
  });
});

test('+ noise is never easier than without, and - noise never harder to be at least, and the other way to be at most', () => {
  const percent = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);
  const objects = fc.integer({ min: 1, max: 3000 });
  fc.assert(
    fc.property(
      percent,
      objects,
      percent,
      objects,
      fc.integer({ min: 2, max: 100 }),
      fc.boolean(),
      (now, n, before, m, bound, compares) => {
        const baseline = baselineOf([helmets(before, m)]);
        const holds = (comparison: ComparisonSign, noise: string) => {
          const rules = `recall ${comparison} ${compares ? 'baseline' : bound}${noise}`;
          return only(judged({ rules, models: [helmets(now, n)], baseline })).state === 'holds';
        };
        for (const sign of ['>=', '>'] as const) {
          if (holds(sign, ' + noise')) expect(holds(sign, '')).toBe(true);
          if (holds(sign, '')) expect(holds(sign, ' - noise')).toBe(true);
        }
        for (const sign of ['<=', '<'] as const) {
          if (holds(sign, ' - noise')) expect(holds(sign, '')).toBe(true);
          if (holds(sign, '')) expect(holds(sign, ' + noise')).toBe(true);
        }
      },
    ),
    { numRuns: runs(200) },
  );
});
