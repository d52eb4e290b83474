import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { formatDuration } from '../../lib/duration.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { poll } from '../../lib/poll.ts';
import { isSearch } from '../../training/model-type.ts';
import type { VersionChoice } from '../../training/training.ts';
import { getExport, getVersion } from '../endpoints/version.ts';
import type { InProject } from '../http/api.ts';
import type { VersionBody } from '../schema/version-body.ts';

/** A search with fewer is refused (docs/internals/roboflow-api.md#time-money-and-limits). */
const LEAST_NAS_VALID_IMAGES = 15;
const LOOK_EVERY_MS = 5_000;

/** Throws TrainGateError if a generated version has no images, objects or test images, or for a search too few for validation. */
export function requireTrainable(version: VersionBody, modelType: string): void {
  const { number, images, generating, splits, objects } = version;
  const validImages = splits.valid;
  if (generating) return;
  if (images === 0)
    throw new TrainGateError(`Version ${number} has no images, so a training on it would learn nothing.`, {
      hint: 'Add images to the project and generate a version.',
    });
  if (objects.size > 0 && [...objects.values()].every((count) => count <= 0))
    throw new TrainGateError(
      `Version ${number} has no objects of any class, so a training on it would learn nothing.`,
      {
        hint: 'Label images of the project and generate a version.',
      },
    );
  if (splits.test === 0)
    throw new TrainGateError(
      `Version ${number} has no test images, and Roboflow trains on no such version.`,
      {
        hint: 'Move images to the test split and generate a version.',
      },
    );
  if (isSearch(modelType) && validImages !== undefined && validImages < LEAST_NAS_VALID_IMAGES)
    throw new TrainGateError(
      `${modelType} needs at least ${LEAST_NAS_VALID_IMAGES} validation images, and version ${number} has ${validImages}.`,
      { hint: 'Move images to the valid split and generate a version, or choose another model-type.' },
    );
}

/** The version to train, and how it was chosen. */
export interface TrainedVersion {
  readonly number: number;
  readonly choice: VersionChoice['kind'];
  readonly modelType: string;
}

/**
 * Waits until a training on the version would not train on nothing: generated, with images, exported in the format of
 * the architecture, and for a search with enough validation images (docs/internals/roboflow-api.md#version, #project-generate-and-export).
 * @param first the version as it was read a moment ago; undefined if it was just generated
 * @throws TrainGateError that says what to change
 */
export async function awaitReadiness(
  { number, choice, modelType }: TrainedVersion,
  first: VersionBody | undefined,
  here: InProject,
  timeoutAtMs: number,
): Promise<VersionBody> {
  const version = await awaitGeneration(number, choice, first, here, timeoutAtMs);
  requireTrainable(version, modelType);
  const format = exportFormatOf(modelType);
  if (format === undefined || version.exports.includes(format)) return version;
  const look = () => getExport(here, number, format);
  await pollUntilReady(`version ${number} is exported as ${format}`, here, timeoutAtMs, look);
  return version;
}

/** How long a version that the API named a moment ago may be out of sight, or show no images: one named by a person is as it is. */
const EMPTY_GRACE_MS = 5 * 60_000;

async function awaitGeneration(
  number: number,
  choice: VersionChoice['kind'],
  first: VersionBody | undefined,
  here: InProject,
  timeoutAtMs: number,
): Promise<VersionBody> {
  const { clock } = here;
  let emptyUntilMs = 0;
  const readinessOf = (version: VersionBody) => {
    // Generating it can take an hour, and its images show after that.
    if (choice !== 'number' && (emptyUntilMs === 0 || version.generating))
      emptyUntilMs = clock.now() + EMPTY_GRACE_MS;
    const isEmpty = version.images === 0 && clock.now() < emptyUntilMs;
    return { version, ready: !version.generating && !isEmpty, progress: version.progress };
  };
  const look = async () => {
    const untilMs = Math.min(clock.now() + OUTAGE_PATIENCE_MS, timeoutAtMs);
    return readinessOf(await getVersion(here, number, { untilMs, knownToExist: true }));
  };
  const known = first && readinessOf(first);
  const last = await pollUntilReady(`version ${number} is generated`, here, timeoutAtMs, look, known);
  return last.version;
}

async function pollUntilReady<
  Seen extends { readonly ready: boolean; readonly progress: number | undefined },
>(
  what: string,
  here: InProject,
  timeoutAtMs: number,
  look: () => Promise<Seen>,
  first?: Seen,
): Promise<Seen> {
  const { clock, log } = here;
  const startMs = clock.now();
  let told = -1;
  const onPause = ({ progress }: Seen) => {
    const tenth = Math.floor((progress ?? 0) * 10);
    if (tenth <= told) return;
    told = tenth;
    log.info(`Waiting until ${what}${progress === undefined ? '' : `, ${Math.floor(progress * 100)} %`}.`);
  };
  const isEnough = ({ ready }: Seen) => ready;
  const pauseMs = () => LOOK_EVERY_MS;
  const last = await poll({ first, look, isEnough, pauseMs, untilMs: timeoutAtMs, onPause }, here);
  if (last.ready) return last;
  throw new TrainGateError(
    `The timeout passed before ${what} (after ${formatDuration(clock.now() - startMs)}); no training was started.`,
    { hint: 'Re-run this job, or raise timeout.' },
  );
}

/** The formats that architectures train on; the first match counts, the rest is left to Roboflow (docs/internals/roboflow-api.md#project-generate-and-export). */
const FORMATS: readonly (readonly [RegExp, string | undefined])[] = [
  [/^cosmos3-edge$/, 'video-coco'],
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
