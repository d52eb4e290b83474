import type { VersionSpec } from '../../scenario.ts';
import type { Origin } from './training.ts';

/** A dataset version in the running simulator: its spec and the exports under way. */
export interface SimulatedVersion {
  readonly spec: VersionSpec;
  readonly origin: Origin;
  readonly createdAtMs: number;
  /** From then on it is generated. */
  readonly readyAtMs: number;
  /** Format -> when it was started and when it is ready. */
  readonly exports: Map<string, { readonly startedAtMs: number; readonly readyAtMs: number }>;
}

/** What the first version of a project is made of. */
export const imagesOfNewProject: Pick<VersionSpec, 'kind' | 'images' | 'splits'> = {
  kind: 'mmpv',
  images: 600,
  splits: { train: 462, valid: 90, test: 48 },
};

/** A version from its spec; `createdAtMs` is the simulated time at which it appears. */
export function createVersion(
  spec: VersionSpec,
  createdAtMs: number,
  nowMs: number,
  origin: Origin = 'seed',
): SimulatedVersion {
  const readyAtMs = nowMs + (spec.generatingMs ?? 0);
  const built = spec.exports.map((format) => [format, { startedAtMs: createdAtMs, readyAtMs }] as const);
  return { spec, origin, createdAtMs, readyAtMs, exports: new Map(built) };
}

/** Ready means: not generating any more, and holding images (docs/internals/roboflow-api.md#version). */
export function isGenerated(version: SimulatedVersion, nowMs: number): boolean {
  return nowMs >= version.readyAtMs && version.spec.images > 0;
}

/** The formats that can be downloaded now. */
export function builtFormats(version: SimulatedVersion, nowMs: number): string[] {
  return [...version.exports].filter(([, times]) => nowMs >= times.readyAtMs).map(([format]) => format);
}

/** Formats that the export route knows. */
export const exportFormats: readonly string[] = [
  'coco',
  'createml',
  'darknet',
  'folder',
  'jsonl',
  'png-mask-semantic',
  'video-coco',
  'voc',
  'yolov5pytorch',
  'yolov8',
  'yolov11',
];

/**
 * The format that a model type trains on, null if any will do (docs/internals/roboflow-api.md#project-generate-and-export; the table is known to be
 * wrong for the last three).
 */
export function neededFormat(modelType: string): string | null {
  const type = modelType.toLowerCase();
  if (type.includes('dino') || type.includes('sam3') || type.endsWith('-sem')) return null;
  if (type === 'cosmos3-edge') return 'video-coco';
  if (type.includes('rfdetr') || type.includes('rf-detr')) return 'coco';
  if (type.includes('yolo')) return 'yolov5pytorch';
  if (['pali', 'flor', 'qwen', 'smol'].some((word) => type.includes(word))) return 'jsonl';
  if (['vit-b', 'resn'].some((word) => type.includes(word))) return 'folder';
  if (type.includes('deep')) return 'png-mask-semantic';
  return 'yolov5pytorch';
}

/** Can this version be trained on? If not, a training that is started all the same ends in "Unknown error". */
export function isTrainable(version: SimulatedVersion, modelType: string, nowMs: number): boolean {
  if (!isGenerated(version, nowMs)) return false;
  const format = neededFormat(modelType);
  const built = builtFormats(version, nowMs);
  return format === null ? built.length > 0 : built.includes(format);
}
