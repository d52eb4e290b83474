/**
 * The formats that architectures are trained on, as far as sources agree; the first match counts. Types that no pattern
 * names, and the semantic YOLO ones, are left to Roboflow (docs/roboflow-api.md#project-generate-and-export).
 */
const FORMATS: readonly (readonly [RegExp, string | undefined])[] = [
  [/^yolo.*-sem/, undefined],
  [/^rf-?detr/, 'coco'],
  [/^yolo/, 'yolov5pytorch'],
  [/pali|flor|qwen|smol/, 'jsonl'],
  [/^vit-b|^resn/, 'folder'],
  [/^deep/, 'png-mask-semantic'],
];

/** The export format that `modelType` is trained on; undefined if no source is sure of it. */
export function exportFormatOf(modelType: string): string | undefined {
  const type = modelType.trim().toLowerCase().replaceAll('_', '-');
  return FORMATS.find(([pattern]) => pattern.test(type))?.[1];
}
