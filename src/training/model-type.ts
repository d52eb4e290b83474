/** How two names of model types compare. `compatible`: one may be a less exact name of what the other names. */
export type TypeComparison = 'same' | 'compatible' | 'contradictory';

/**
 * Compares two names of model types as Roboflow uses them. Case and signs do not matter. A family without a size can be any
 * of its sizes, and a search shows its children under names of their own. A project has one task, so that a name which says it
 * may be that of one which does not. Only another size or family is contradictory (docs/internals/roboflow-api.md#dates-ids-and-model-types).
 */
export function compareModelTypes(one: string, other: string): TypeComparison {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a.family !== b.family) return isShortened(a, b) ? 'compatible' : 'contradictory';
  const isOfOneSize = a.size === b.size;
  const mayBe = isOfOneSize || a.size === undefined || b.size === undefined || a.isParent !== b.isParent;
  if (!mayBe) return 'contradictory';
  return isOfOneSize && a.task === b.task ? 'same' : 'compatible';
}

/** Whether both names are known, and can be those of one type. */
export function isSameType(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && compareModelTypes(one, other) !== 'contradictory';
}

/** Whether both names are known, and cannot be those of one type. */
export function isOtherType(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && compareModelTypes(one, other) === 'contradictory';
}

/** Whether `text` has the form of a model type's name: letters, digits, dots, dashes and underscores, 100 at most. */
export function isTypeName(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,99}$/i.test(text);
}

/** Whether `modelType` is an architecture search (docs/internals/roboflow-api.md#architecture-searches). */
export function isSearch(modelType: string | undefined): boolean {
  return modelType !== undefined && partsOf(modelType).isSearch;
}

/** Whether models of this type may report latency: those of a search do, and of an unknown type nothing is known. */
export function mayReportLatency(modelType: string): boolean {
  const { isSearch, isKnown } = partsOf(modelType);
  return isSearch || !isKnown;
}

/** What Roboflow trains and does not evaluate: keypoints, and what answers in words (docs/internals/roboflow-api.md#model-evaluations). */
const NOT_EVALUATED = /^(?:qwen|smolvlm|florence|paligemma)/;

/** Whether Roboflow may make an evaluation of models of this type. */
export function isEvaluated(modelType: string): boolean {
  const { family, task } = partsOf(modelType);
  return task !== 'pose' && !NOT_EVALUATED.test(family);
}

/** Whether an evaluation counts pixels, of which millions are alike, and not objects (docs/internals/roboflow-api.md#model-evaluations). */
export function countsPixels(modelType: string | undefined): boolean {
  if (modelType === undefined) return false;
  const { family, task } = partsOf(modelType);
  return task === 'sem' || family.startsWith('deeplab');
}

/** Whether Roboflow gives away the weights of this type: those of a search and of SAM3 not (docs/internals/roboflow-api.md#weights-and-stars). */
export function hasDownload(modelType: string): boolean {
  const { isSearch, family } = partsOf(modelType);
  return !isSearch && family !== 'sam3';
}

/** Pixels a side, by the size of an RF-DETR for detection. */
const RFDETR_PIXELS = new Map([
  ['nano', 384],
  ['small', 512],
  ['medium', 576],
  ['large', 704],
  ['xlarge', 700],
  ['xxlarge', 880],
]);

/** How many pixels a side a model of this type sees, whatever the images; undefined if no source says (docs/internals/roboflow-api.md#version). */
export function pixelsSeen(modelType: string): number | undefined {
  const { family, task, size = '' } = partsOf(modelType);
  if (family === 'rfdetr') return task === undefined ? RFDETR_PIXELS.get(size) : undefined;
  return /^yolo\d/.test(family) ? 640 : undefined;
}

/** A name taken apart; undefined is what it leaves open. */
interface Parts {
  readonly family: string;
  /** What it is trained for, such as `seg`; undefined for detection, which no name says. */
  readonly task: string | undefined;
  readonly size: string | undefined;
  readonly isSearch: boolean;
  /** Whether it is what a search is asked for by, and not one of its children. */
  readonly isParent: boolean;
  /** Whether the form of the name is a known one. */
  readonly isKnown: boolean;
}

/** The forms of names, in lower case and without signs. The first that fits counts. */
const FORMS: readonly RegExp[] = [
  /^(?<family>rfdetrnas)(?<task>seg)?(?<size>(?:pecoret|base)?parent|[a-z0-9]+)?$/,
  /^(?<family>rfdetr)(?<task>seg)?(?<size>pico|nano|small|base|medium|large|xlarge|xxlarge)?$/,
  /^(?<family>yolonas)(?<size>[sml])?$/,
  /^(?<family>yololite(?:edge)?)(?<size>[nsmlx]|xl)?$/,
  /^(?<family>yolo\d+)(?<size>[nsmlx])?(?<task>seg|pose|sem|cls|obb)?$/,
  /^(?<family>resnet)(?<size>\d+)?$/,
  /^(?:vit(?<size>base|small|large)patch16)?(?<family>dinov3)(?:lvd\w+)?$/,
  /^(?<family>sam3)(?<size>large)?$/,
];

/** Other spellings of the same, as Roboflow's documents, its Python client and Ultralytics have them. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^yolov(?=\d)/, 'yolo'],
  [/2xlarge$/, 'xxlarge'],
  [/^vitbasepatch16224in21k$/, 'vit'],
];

function partsOf(modelType: string): Parts {
  const plain = modelType.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const name = SPELLINGS.reduce((text, [spelling, usual]) => text.replace(spelling, usual), plain);
  const groups = FORMS.map((form) => form.exec(name)?.groups).find((found) => found !== undefined);
  const { family = name, task, size } = groups ?? {};
  return {
    family,
    task,
    size,
    isSearch: family === 'rfdetrnas',
    isParent: size?.endsWith('parent') ?? false,
    isKnown: groups !== undefined,
  };
}

/** Of families whose names have no known form, such as `florence-2` and `florence-2-base`, one may be short for the other. */
function isShortened(a: Parts, b: Parts): boolean {
  if (a.isKnown || b.isKnown || a.family === '' || b.family === '') return false;
  return a.family.startsWith(b.family) || b.family.startsWith(a.family);
}
