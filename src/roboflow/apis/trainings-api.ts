import { TrainGateError } from '../../lib/errors.ts';
import type { Training } from '../../training/training.ts';
import type { Abilities, TrainingApi, TrainingRef } from '../../training/training-api.ts';
import { getProjectVersions } from '../endpoints/project.ts';
import * as v2 from '../endpoints/trainings.ts';
import type { InProject } from '../http/api.ts';
import { creationOf, endOf, ifKnown, lookOf } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import { MOST_VERSIONS, trainedVersion } from './trained-version.ts';
import { trainingResults } from './trainings-results.ts';

export const TRAININGS_CAN: Abilities = { recipes: true, ownIds: true, severalAtOnce: true, videos: true };

/** Trainings through `v2/trainings`, where each has an id of its own (docs/roboflow-api.md#v2-trainings). */
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
 * project's list does not have is not asked about: Roboflow can answer that by 500 (docs/roboflow-api.md#version).
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
