import { describe, expect, test } from 'vitest';
import type { SplitFigures } from '../../../src/gate/split-figures.ts';
import { countedSplit } from '../../../src/roboflow/results/counted-split.ts';
import { withCounts } from '../../../src/roboflow/results/samples.ts';
import { classFigures } from '../../build.ts';

type Metrics = Parameters<typeof classFigures>[2];

function figures(all: Metrics, classes: SplitFigures['classes']): SplitFigures {
  return { split: 'valid', source: 'training-results', all: classFigures('', 1, all).metrics, classes };
}

/** The samples of all classes and of each, as n by metric. */
function countsOf(given: SplitFigures, counts?: Parameters<typeof withCounts>[1]) {
  const { samples = new Map(), classes } = withCounts(given, counts);
  const shown = (each: typeof samples) =>
    Object.fromEntries(
      [...each].map(([metric, { n, classes: parts }]) => [metric, parts ? `mean of ${n}` : n]),
    );
  return [shown(samples), ...classes.map((each) => shown(each.samples ?? new Map()))];
}

describe('by the objects of each class', () => {
  const helmet = classFigures('helmet', 120, { recall: 90, precision: 80 });
  const vest = classFigures('vest', 40, { recall: 70, precision: 70 });

  test.each<[string, SplitFigures, unknown]>([
    [
      'recall is of objects, precision of what was detected',
      figures({}, [helmet]),
      [{}, { recall: 120, precision: 135 }],
    ],
    [
      'all is the mean of the classes',
      figures({ recall: 80 }, [helmet, vest]),
      [{ recall: 'mean of 160' }, { recall: 120, precision: 135 }, { recall: 40, precision: 40 }],
    ],
    [
      'all is the share in all',
      figures({ recall: 85 }, [helmet, vest]),
      [{ recall: 160 }, { recall: 120, precision: 135 }, { recall: 40, precision: 40 }],
    ],
    [
      'all is the mean of the classes, as all of them are rounded',
      figures({ recall: 80.1 }, [helmet, vest]),
      [{ recall: 'mean of 160' }, { recall: 120, precision: 135 }, { recall: 40, precision: 40 }],
    ],
    [
      'all is neither',
      figures({ recall: 83 }, [helmet, vest]),
      [{}, { recall: 120, precision: 135 }, { recall: 40, precision: 40 }],
    ],
    ['no objects, no counts', figures({ recall: 90 }, [{ ...helmet, objects: undefined }]), [{}, {}]],
    ['more than anybody counts', figures({}, [{ ...helmet, objects: 2e9 }]), [{}, {}]],
    [
      'a precision of nothing detected',
      figures({}, [classFigures('x', 9, { recall: 0, precision: 0 })]),
      [{}, { recall: 9 }],
    ],
  ])('%s', (_, given, wanted) => {
    expect(countsOf(given)).toEqual(wanted);
  });

  test('objects stand beside the figures, of all only if each is known', () => {
    const { all, classes } = withCounts(figures({ recall: 80 }, [helmet, vest]));
    expect([all.get('objects'), ...classes.map(({ metrics }) => metrics.get('objects'))]).toEqual([
      160, 120, 40,
    ]);
    const unknown = withCounts(figures({}, [helmet, { ...vest, objects: undefined }]));
    expect(unknown.all.get('objects')).toBeUndefined();
    expect(
      withCounts(figures({}, [{ ...vest, objects: undefined, hasObjects: false }])).all.get('objects'),
    ).toBe(0);
  });
});

describe('by an evaluation', () => {
  // 120 helmets, of which 100 are found; 40 vests, of which 30 are; 10 false helmets.
  const matrix = {
    classes: ['helmet', 'vest', 'background'],
    counts: [
      [100, 4, 16],
      [2, 30, 8],
      [8, 2, 0],
    ],
  };
  const one = classFigures('helmet', 0, { recall: 85, precision: 90, f1: 87 });
  const helmet = { ...one, objects: undefined, hasObjects: true };

  test('counts are those of the matrix', () => {
    const all = { recall: 82, precision: 89, f1: 85 };
    expect(countsOf(figures(all, [helmet]), countedSplit(matrix, undefined))).toEqual([
      { precision: 146, recall: 160, f1: 176 },
      { precision: 110, recall: 120, f1: 130 },
    ]);
  });

  test('a figure that the matrix contradicts has none of its counts but the objects', () => {
    const far = { ...helmet, metrics: classFigures('', 1, { recall: 60 }).metrics };
    expect(countsOf(figures({ recall: 40 }, [far]), countedSplit(matrix, undefined))).toEqual([
      {},
      { recall: 120 },
    ]);
  });

  test('a class without objects has 0, and a split without figures has its objects', () => {
    const empty = {
      ...matrix,
      classes: ['helmet', 'cone', 'background'],
      counts: [
        [9, 0, 1],
        [0, 0, 0],
        [3, 0, 0],
      ],
    };
    const { all, classes } = withCounts(figures({}, []), countedSplit(empty, undefined));
    expect([all.get('objects'), ...classes.map(({ metrics }) => metrics.get('objects'))]).toEqual([
      10, 10, 0,
    ]);
  });

  test('images count only if they have as many objects as the matrix', () => {
    const image = (id: string, confused: readonly (readonly [number, number, number])[]) =>
      [id, confused] as const;
    const counted = new Map([
      image('a', [
        [0, 0, 100],
        [0, 2, 20],
      ]),
      image('b', [[1, 1, 40]]),
    ]);
    const sampleOf = (images: typeof counted) =>
      withCounts(figures({}, [helmet]), countedSplit(matrix, images)).classes[0]?.samples?.get('recall');
    const images = sampleOf(counted)?.images;
    expect([...(images?.ids ?? [])]).toEqual(['a', 'b']);
    expect(images?.hits()).toEqual([
      new Map([['a', { truePositives: 100, falsePositives: 0, falseNegatives: 20 }]]),
    ]);
    expect(sampleOf(new Map([...counted].slice(0, 1)))).toEqual({ n: 120, images: undefined });
    const swapped = new Map([
      image('a', [
        [1, 1, 100],
        [1, 2, 20],
      ]),
      image('b', [[0, 0, 40]]),
    ]);
    expect(sampleOf(swapped)).toEqual({ n: 120, images: undefined });
  });
});
