import { TrainGateError } from '../../lib/errors.ts';
import type { ResultsReading, WantedResults } from '../../training/await-results.ts';
import { type Before, otherOwners } from '../../training/before.ts';
import { isSearch } from '../../training/model-type.ts';
import type { Training } from '../../training/training.ts';
import type { Abilities, TrainingApi, TrainingRef } from '../../training/training-api.ts';
import { getProjectVersions } from '../endpoints/project.ts';
import * as v2 from '../endpoints/trainings.ts';
import { getResults } from '../endpoints/version.ts';
import type { InProject } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { creationOf, endOf, ifKnown, lookOf, unlessRefused } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import { gatherModels } from '../results/gather.ts';
import { asListed, type OnVersion, ownershipOf, whyNotOwn } from '../results/ownership.ts';
import { MOST_VERSIONS, trainedVersion } from './trained-version.ts';

export const TRAININGS_CAN: Abilities = { recipes: true, ownIds: true, severalAtOnce: true, videos: true };

/** Trainings through `v2/trainings`, where each has an id of its own (docs/internals/roboflow-api.md#v2-trainings). */
export function trainingsRoute(here: InProject): TrainingApi {
  const look = async (training: TrainingRef, untilMs: number) =>
    (await v2.getTraining(here, pathOf(training), { untilMs, knownToExist: true })).training;
  return {
    name: 'trainings',
    can: TRAININGS_CAN,
    list: (version, untilMs) =>
      v2.listTrainings(here, version, untilMs === undefined ? {} : { untilMs, knownToExist: true }),
    // Results come by training here, so what the version shows before is of no use.
    before: async (_version, trainings) => ({ atMs: here.clock.now(), trainings, results: undefined }),
    create: (request) => creationOf(() => v2.createTraining(here, request), here.clock),
    find: (id, version) => ifKnown(() => findTraining(here, id, version)),
    look: (training, untilMs) => lookOf(() => look(training, untilMs)),
    end: (training, mode, untilMs) => endOf(() => v2.endTraining(here, pathOf(training), mode, untilMs)),
    trainedVersion: (place) =>
      trainedVersion(here, place, (version) => v2.listTrainings(here, version, outagePatience(here))),
    results: (training, before, wanted) =>
      trainingResults(here, { ...training, ...pathOf(training) }, before, wanted),
  };
}

/** Every route of v2 goes through the version. */
function pathOf({ id, version }: TrainingRef): v2.TrainingPath {
  if (version === undefined)
    throw new TrainGateError(`Which version training ${id} is on is not known.`, { hint: 'Set version.' });
  return { id, version };
}

async function findTraining(here: InProject, id: string, named?: number): Promise<Training | undefined> {
  const version = named ?? (await versionOf(here, id));
  return version === undefined ? undefined : (await v2.getTraining(here, { id, version })).training;
}

/**
 * Older ids name their version (`workspace/project/7`); newer ones are searched for, from the highest version down. A number that the
 * project's list does not have is not asked about: Roboflow can answer that by 500 (docs/internals/roboflow-api.md#version).
 */
async function versionOf(here: InProject, id: string): Promise<number | undefined> {
  const named = /\/([1-9]\d*)$/.exec(id)?.[1];
  const versions = await getProjectVersions(here);
  if (named !== undefined) return versions.find(({ number }) => number === Number(named))?.number;
  for (const { number } of versions.slice(0, MOST_VERSIONS)) {
    const listed = await v2.listTrainings(here, number);
    if (listed.some((training) => training.id === id)) return number;
  }
  return undefined;
}

/** The models of a training that has ended. Its own results name it; only other answers have to be told apart. */
async function trainingResults(
  here: InProject,
  training: OnVersion,
  before: Before | undefined,
  wanted: WantedResults,
): Promise<ResultsReading> {
  const got = await v2.getTraining(here, training, outagePatience(here));
  const late = whyNotOwn(got.bundle, training);
  if (late !== undefined) return { kind: 'not-yet', reason: late };
  const recommended = isSearch(training.modelType)
    ? await recommendations(here, training)
    : got.bundle.recommended;
  const bundle = { ...got.bundle, trainingId: training.id, recommended };
  /** Only the list of a version's trainings says when each started and which models it has. */
  const identify = async () => {
    const listed = await v2.listTrainings(here, training.version, outagePatience(here));
    const ours = asListed(training, listed);
    return ownershipOf(ours, bundle, listed, otherOwners(ours, listed, before), here.project);
  };
  return gatherModels({ here, training, bundle, identify }, wanted);
}

/** Only the older results say what Roboflow recommends per hardware. They count if they are of this very training. */
async function recommendations(
  here: InProject,
  { id, version }: OnVersion,
): Promise<ReadonlyMap<string, string>> {
  const older = await unlessRefused(() => getResults(here, version, outagePatience(here)));
  return older instanceof ApiError || older.trainingId !== id ? new Map() : older.recommended;
}
