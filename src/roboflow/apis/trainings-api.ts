import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { compareModelTypes } from '../../training/model-type.ts';
import type { Training } from '../../training/training.ts';
import type { BaselinePlace, TrainingApi, TrainingRef } from '../../training/training-api.ts';
import { getProjectVersions, type ProjectRef } from '../endpoints/project.ts';
import * as v2 from '../endpoints/trainings.ts';
import type { Api } from '../http/api.ts';
import { creationOf, ifKnown, lookOf } from '../http/outcome.ts';
import { resultsPatience } from '../results/ended-training.ts';
import { isAt, versionResults } from '../results/version-results.ts';
import { endByRequest } from './end-training.ts';
import { succeededAt } from './succeeded.ts';
import { trainingResults } from './trainings-results.ts';

/** Trainings through `v2/trainings`, where each has an id of its own (docs/roboflow-api.md#v2-trainings). */
export function trainingsRoute(api: Api, project: ProjectRef, context: Context): TrainingApi {
  const look = async (training: TrainingRef, untilMs: number) =>
    (await v2.getTraining(api, project, pathOf(training), { untilMs, knownToExist: true })).training;
  return {
    name: 'trainings',
    resultsComeBy: 'training',
    list: (version, untilMs) => {
      const patience = untilMs === undefined ? undefined : { untilMs, knownToExist: true };
      return v2.listTrainings(api, project, version, patience);
    },
    // Results come by training here, so what the version shows before is of no use.
    before: async (_version, trainings) => ({ atMs: context.clock.now(), trainings, results: undefined }),
    create: (request) => creationOf(() => v2.createTraining(api, project, request), context.clock),
    find: (id, version) => ifKnown(() => findTraining(api, project, id, version)),
    look: (training, untilMs) => lookOf(() => look(training, untilMs)),
    end: (training, mode, untilMs) =>
      endByRequest(() => v2.endTraining(api, project, pathOf(training), mode, untilMs)),
    succeeded: (place, modelType) => succeededOn(api, project, place, modelType, context),
    unlistedResults: (place) => versionResults(api, project, place, context),
    results: (training, before, wanted) =>
      trainingResults(api, project, { ...training, ...pathOf(training) }, before, wanted, context),
  };
}

/** Every route of v2 goes through the version. */
function pathOf({ id, version }: TrainingRef): v2.TrainingPath {
  if (version === undefined)
    throw new TrainGateError(`Which version training ${id} is on is not known.`, { hint: 'Set version.' });
  return { id, version };
}

/** More versions than this are not searched for a training. */
const MOST_VERSIONS = 30;

async function findTraining(
  api: Api,
  project: ProjectRef,
  id: string,
  version: number | undefined,
): Promise<Training | undefined> {
  const on = version ?? (await versionOf(api, project, id));
  if (on === undefined) return undefined;
  return (await v2.getTraining(api, project, { id, version: on })).training;
}

/** Older ids name their version (`workspace/project/7`); newer ones are searched for, from the highest version down. */
async function versionOf(api: Api, project: ProjectRef, id: string): Promise<number | undefined> {
  const named = /\/([1-9]\d*)$/.exec(id)?.[1];
  if (named !== undefined) return Number(named);
  for (const { number } of (await getProjectVersions(api, project)).slice(0, MOST_VERSIONS)) {
    const listed = await v2.listTrainings(api, project, number);
    if (listed.some((training) => training.id === id)) return number;
  }
  return undefined;
}

/** From the highest version down, until one has a training of the model type. */
async function succeededOn(
  api: Api,
  project: ProjectRef,
  place: BaselinePlace,
  modelType: string | undefined,
  context: Context,
): Promise<readonly Training[]> {
  const versions =
    'version' in place
      ? [place.version]
      : (await getProjectVersions(api, project)).map(({ number }) => number);
  const found: Training[] = [];
  for (const version of versions.filter((number) => isAt(number, place)).slice(0, MOST_VERSIONS)) {
    const listed = await v2.listTrainings(api, project, version, resultsPatience(context));
    const succeeded = succeededAt(place, listed);
    found.push(...succeeded);
    if (succeeded.some((training) => isOfType(training, modelType))) break;
  }
  return found;
}

/** Whether the search for a training to compare with ends here. */
function isOfType({ modelType }: Training, wanted: string | undefined): boolean {
  return (
    wanted === undefined ||
    (modelType !== undefined && compareModelTypes(modelType, wanted) !== 'contradictory')
  );
}
