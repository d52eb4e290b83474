import type { Context } from '../../lib/context.ts';
import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { formatDuration } from '../../lib/duration.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { isSearch } from '../../training/model-type.ts';
import type { VersionChoice } from '../../training/version-choice.ts';
import type { ProjectRef } from '../endpoints/project.ts';
import { getExport, getVersion } from '../endpoints/version.ts';
import type { Api } from '../http/api.ts';
import type { VersionBody } from '../schema/version.ts';
import { exportFormatOf } from './export-format.ts';

/** A search with fewer is refused (docs/roboflow-api.md#time-money-and-limits). */
const LEAST_NAS_VALID_IMAGES = 15;
const LOOK_EVERY_MS = 5_000;

/**
 * Checks what can be said of a version that is generated: that it has images, and for a search enough for validation.
 * @throws TrainGateError that says what to change
 */
export function requireTrainable(version: VersionBody, modelType: string): void {
  const { number, images, generating } = version;
  const { valid: validImages } = version.splits;
  if (generating) return;
  if (images === 0)
    throw new TrainGateError(`Version ${number} has no images, so a training on it would learn nothing.`, {
      hint: 'Add images to the project and generate a version.',
    });
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
 * the architecture, and for a search with enough validation images (docs/roboflow-api.md#version, #project-generate-and-export).
 * @param first the version as it was read a moment ago; undefined if it was just generated
 * @throws TrainGateError that says what to change
 */
export async function awaitReadiness(
  { number, choice, modelType }: TrainedVersion,
  first: VersionBody | undefined,
  api: Api,
  project: ProjectRef,
  timeoutAtMs: number,
  context: Context,
): Promise<VersionBody> {
  const wait = { timeoutAtMs, context };
  const version = await awaitGeneration(number, choice, first, api, project, wait);
  requireTrainable(version, modelType);
  const format = exportFormatOf(modelType);
  if (format !== undefined && !version.exports.includes(format))
    await pollUntilReady(`version ${number} is exported as ${format}`, wait, () =>
      getExport(api, project, number, format),
    );
  return version;
}

/** How long a version may show neither images nor a generation under way, since that may not have begun. */
const EMPTY_GRACE_MS: Readonly<Record<VersionChoice['kind'], number>> = {
  new: 5 * 60_000,
  latest: 2 * 60_000,
  number: 0,
};

/**
 * A version that the API itself named a moment ago may be out of sight for a while, and may show no images before its
 * generation has begun; one that a person named is what it is.
 */
async function awaitGeneration(
  number: number,
  choice: VersionChoice['kind'],
  first: VersionBody | undefined,
  api: Api,
  project: ProjectRef,
  wait: ReadinessWait,
): Promise<VersionBody> {
  const { clock } = wait.context;
  const emptyUntilMs = clock.now() + EMPTY_GRACE_MS[choice];
  let found = first;
  let isFirst = first !== undefined;
  await pollUntilReady(`version ${number} is generated`, wait, async () => {
    const untilMs = Math.min(clock.now() + OUTAGE_PATIENCE_MS, wait.timeoutAtMs);
    if (!isFirst || found === undefined)
      found = await getVersion(api, project, number, { untilMs, knownToExist: true });
    isFirst = false;
    const isEmpty = found.images === 0 && clock.now() < emptyUntilMs;
    return { ready: !found.generating && !isEmpty, progress: found.progress };
  });
  if (found === undefined) throw new Error('a version was awaited but never read');
  return found;
}

/** Until when to wait, and with what. */
interface ReadinessWait {
  readonly timeoutAtMs: number;
  readonly context: Context;
}

/** Looks again until it is ready, and tells of every tenth of the progress. */
async function pollUntilReady(
  what: string,
  { timeoutAtMs, context }: ReadinessWait,
  look: () => Promise<{ readonly ready: boolean; readonly progress: number | undefined }>,
): Promise<void> {
  const { clock, log, signal } = context;
  const startMs = clock.now();
  let told = -1;
  for (;;) {
    const { ready, progress } = await look();
    if (ready) return;
    if (clock.now() >= timeoutAtMs)
      throw new TrainGateError(
        `The timeout passed before ${what} (after ${formatDuration(clock.now() - startMs)}); no training was started.`,
        {
          hint: 'Re-run this job, or raise timeout.',
        },
      );
    const tenth = Math.floor((progress ?? 0) * 10);
    if (tenth > told)
      log.info(`Waiting until ${what}${progress === undefined ? '' : `, ${Math.floor(progress * 100)} %`}.`);
    told = Math.max(told, tenth);
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}
