import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareModelTypes,
  countsPixels,
  hasDownload,
  isEvaluated,
  isSearch,
  isTypeName,
  mayReportLatency,
  type TypeComparison,
} from '../../src/training/model-type.ts';

/** Pairs of names, by how they compare, each group with what it shows. */
const PAIRS: Readonly<Record<TypeComparison, string>> = {
  same: `
    Case and signs: rfdetr-nano = rfdetr-nano, rfdetr-nano = RF-DETR Nano, rfdetr-nano = RFDETR_NANO, rfdetr-nano =  rfdetr--nano , yolo_nas_s = yolo-nas-s
    YOLO with and without its v: yolo11 = yolov11, yolo11n = yolov11n, YOLO12x = yolov12x, yolo8n = yolov8n, yolov26m = yolo26m, YOLOv8n-OBB = yolo8n-obb, yolo11n-seg = yolov11n-seg
    Two spellings of a size: rfdetr-seg-2xlarge = rfdetr-seg-xxlarge, rfdetr-2xlarge = rfdetr-xxlarge
    A long name and its short one: vit-base-patch16-224-in21k = vit, rfdetr-nas-parent = RF-DETR NAS parent
  `,
  compatible: `
    A family without a size, and its sizes: yolov11 = yolov11n, yolo11 = yolov11x, yolov8 = yolov8m, yolo26 = yolo26n, rfdetr = rfdetr-nano, rfdetr = rfdetr-2xlarge, rfdetr-seg = rfdetr-seg-small, yolov8-seg = yolov8n-seg, yolov11-pose = yolo11x-pose, yolo_nas = yolo_nas_l, yololite-edge = yololite-edge-n, resnet = resnet18, sam3 = sam3-large
    A family alone leaves open what it is trained for: rfdetr = rfdetr-seg, rfdetr = rfdetr-seg-nano, yolov8 = yolov8n-seg
    A project has one task, so a name need not say it: rfdetr-nano = rfdetr-seg-nano, yolov8n = yolov8n-seg, YOLO8n = yolov8n-pose, yolo26n = yolo26n-obb, yolov11s-cls = yolo11s, yolo26n-sem = yolo26n, yolov8-seg = yolov8-pose, rfdetr-nas-parent = rfdetr-nas-seg-parent, rfdetr-nas-parent = rfdetr-nas-seg-S
    The parent of a search, and what its children show: rfdetr-nas-parent = rfdetr-nas, rfdetr-nas-parent = rfdetr-nas-S, rfdetr-nas-pecoret-parent = rfdetr-nas-S, rfdetr-nas-base-parent = rfdetr-nas, rfdetr-nas-seg-parent = rfdetr-nas, rfdetr-nas-seg-parent = rfdetr-nas-seg-S, rfdetr-nas = rfdetr-nas-S
    Families of which no list of sizes is known: florence-2 = florence-2-base, paligemma2 = paligemma2-3b-pt-224
  `,
  contradictory: `
    Another size: rfdetr-nano = rfdetr-small, rfdetr-xlarge = rfdetr-2xlarge, yolov11n = yolov11s, yolo_nas_s = yolo_nas_m, resnet18 = resnet50, florence-2-base = florence-2-large
    Another family: rfdetr-nano = yolov11n, yolov8n = yolov11n, yolov1 = yolov11, yolo11 = yolo12, yolov8n = yolo_nas_s, yololite-n = yololite-edge-n, vit = resnet50, vit-base-patch16-224-in21k = vit_base_patch16_dinov3.lvd1689m, deeplabv3plus = qwen2.5-vl-7b
    Another size, whatever is said of the task: rfdetr-nano = rfdetr-seg-small, yolov8n = yolov8s-seg, yolov8n-seg = yolov8s-pose, yolo26n-cls = yolo26x, yolov8n-obb = yolov11n-obb
    Another search, or a fine-tune for a search: rfdetr-nas-parent = rfdetr-nas-base-parent, rfdetr-nas-base-parent = rfdetr-nas-pecoret-parent, rfdetr-nas-parent = rfdetr-nano, rfdetr-nas-parent = rfdetr, rfdetr-nas-S = rfdetr-small, rfdetr-nas-parent = yolo_nas_s
    Names that only begin or end as known ones: x-rfdetr-nano = rfdetr-nano, rfdetr-nano-x = rfdetr-nano, x-rfdetr-nas-S = rfdetr-nas-S, x-yolo11n = yolo11n, x-yolov11n = yolov11n, x-yolo-nas-s = yolo-nas-s, yolo-nas-sx = yolo-nas-s, x-yololite-n = yololite-n, yololite-nz = yololite-n, x-resnet18 = resnet18, resnet18x = resnet18, x-dinov3 = dinov3, dinov3-x = dinov3, x-sam3-large = sam3-large, sam3-larger = sam3-large, x-vit-base-patch16-224-in21k = vit
    Names that nobody knows:  = rfdetr-nano, gadget-1 = gizmo-1
  `,
};

/** The two of each pair in a text. */
function pairsIn(text: string): readonly (readonly [string, string])[] {
  const cells = text
    .trim()
    .split('\n')
    .flatMap((line) => line.replace(/^[^:]*: /, '').split(', '));
  return cells.map((cell) => {
    const [one = '', other = ''] = cell.split(' = ');
    return [one, other] as const;
  });
}

const ROWS = Object.entries(PAIRS).flatMap(([expected, pairs]) =>
  pairsIn(pairs).map(([one, other]) => ({ expected, one, other })),
);

describe('two model types', () => {
  test.each(ROWS)('"$one" and "$other" are $expected', ({ expected, one, other }) => {
    expect(compareModelTypes(one, other)).toBe(expected);
    expect(compareModelTypes(other, one)).toBe(expected);
  });

  const names = [...new Set(ROWS.flatMap(({ one, other }) => [one, other]))];
  /** A name as somebody might write it: letters in any case, with signs in between that mean nothing. */
  const written = fc
    .tuple(
      fc.oneof(fc.constantFrom(...names), fc.string()),
      fc.array(fc.boolean(), { maxLength: 20 }),
      fc.constantFrom('-', '_', ' ', '.', ''),
    )
    .map(([name, capitals, sign]) =>
      [...name.replaceAll('-', sign)]
        .map((letter, index) => (capitals[index] ? letter.toUpperCase() : letter))
        .join(''),
    );

  test('compare the same way round and the other way round', () => {
    fc.assert(
      fc.property(written, written, (one, other) => {
        expect(compareModelTypes(one, other)).toBe(compareModelTypes(other, one));
      }),
      { numRuns: 1_000 },
    );
  });

  test('are the same if they are one name', () => {
    fc.assert(
      fc.property(written, (name) => {
        expect(compareModelTypes(name, name)).toBe('same');
      }),
    );
  });

  test('that are the same compare the same with every other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pairsIn(PAIRS.same)), written, ([one, other], third) => {
        expect(compareModelTypes(one, third)).toBe(compareModelTypes(other, third));
      }),
      { numRuns: 500 },
    );
  });
});

describe('an architecture search', () => {
  test.each([
    ...['rfdetr-nas-parent', 'rfdetr-nas-pecoret-parent', 'rfdetr-nas-base-parent', 'rfdetr-nas-seg-parent'],
    'RF-DETR NAS Parent',
    // What Roboflow may show of one that runs.
    'rfdetr-nas',
    'rfdetr-nas-S',
  ])('is %s', (modelType) => {
    expect(isSearch(modelType)).toBe(true);
  });

  test.each(['yolo_nas_s', 'yolo_nas_m', 'yolo_nas_l', 'rfdetr-nano', 'rfdetr', 'nas', '', undefined])(
    'is not %s',
    (modelType) => {
      expect(isSearch(modelType)).toBe(false);
    },
  );
});

test.each([
  [
    'evaluation download',
    ['rfdetr-nano', 'rfdetr', 'yolo_nas', 'yololite', 'yololite-edge-xl', 'resnet', 'dinov3', 'yolov8n-seg'],
  ],
  ['download', ['yolov11n-pose']],
  ['latency evaluation', ['rfdetr-nas-parent', 'RF-DETR NAS S']],
  ['evaluation', ['sam3', 'SAM3-large']],
  ['latency download', ['qwen2.5-vl-7b', 'smolvlm2', 'florence-2', 'paligemma2']],
  ['latency evaluation download', ['gadget-qwen']],
] as const)('what there may be is %s: for %j', (expected, modelTypes) => {
  for (const modelType of modelTypes) {
    const may = [
      mayReportLatency(modelType) && 'latency',
      isEvaluated(modelType) && 'evaluation',
      hasDownload(modelType) && 'download',
    ];
    expect([modelType, may.filter(Boolean).join(' ')]).toEqual([modelType, expected]);
  }
});

test('pixels are counted of semantic segmentation alone', () => {
  const names = [
    'yolo26n-sem',
    'deeplabv3plus',
    'YOLO26x SEM',
    'yolov8n-seg',
    'rfdetr-seg-nano',
    'resnet18',
    undefined,
  ];
  expect(names.map(countsPixels)).toEqual([true, true, true, false, false, false, false]);
});

test('a name has letters, digits, dots, dashes and underscores, and 100 of them at most', () => {
  const names = ['x', 'rfdetr-nano', 'YOLO_NAS_S', 'vit_base_patch16_dinov3.lvd1689m', 'x'.repeat(100)];
  const others = ['', '-x', '.x', '_x', 'a b', 'a/b', 'ä', 'x\n', 'x'.repeat(101)];
  expect([...names, ...others].filter(isTypeName)).toEqual(names);
});
