import { ApiError, TrainGateError } from '../../lib/errors.ts';
import type { TrainingResults } from '../../training/results.ts';
import type { SucceededOn, TrainingRoute } from '../../training/route.ts';
import { isSearch, type Training } from '../../training/training.ts';
import { getProjectVersions, getResults, type ProjectRef } from '../endpoints/project.ts';
import * as v2 from '../endpoints/trainings.ts';
import type { Api } from '../http/api.ts';
import { asked } from '../http/asked.ts';
import type { RunIdentity } from '../models/own-models.ts';
import { ownResults } from '../models/own-results.ts';
import { gatherResults, resultsPatience } from '../models/results.ts';
import type { ResultsBody } from '../schema/results.ts';
import { endRun } from './end-run.ts';
import { type Readings, rivalsOf } from './rivals.ts';
import { newestSucceeded } from './succeeded.ts';

/** No version that was looked at has a training of that id. */
export class NoSuchTrainingError extends TrainGateError {
  override name = 'NoSuchTrainingError';
}

/** Trainings through `v2/trainings`, where every run has an id of its own (docs/roboflow-api.md#v2-trainings). */
export function trainingsRoute(api: Api, project: ProjectRef): TrainingRoute {
  const readings = new Map<number, (readonly Training[])[]>();
  return {
    name: 'trainings',
    list: async (version, untilMs) => {
      const patience = untilMs === undefined ? undefined : { untilMs, knownToExist: true };
      const listed = await v2.listTrainings(api, project, version, patience);
      readings.set(version, [...(readings.get(version) ?? []), listed]);
      return listed;
    },
    create: (request) => asked(api, () => v2.createTraining(api, project, request)),
    find: async (id, version) => {
      const run = { id, version: version ?? (await versionOf(api, project, id)) };
      return (await v2.getTraining(api, project, run)).training;
    },
    look: async (training, untilMs) =>
      (await v2.getTraining(api, project, placed(training), { untilMs, knownToExist: true })).training,
    end: (training, mode, untilMs) =>
      endRun(() => v2.endTraining(api, project, placed(training), mode, untilMs)),
    succeeded: (where) => succeededOn(api, project, where),
    holdsResultsOf: () => true,
    results: (training) => {
      const run = { ...training, ...placed(training) };
      return trainingResults(api, project, run, readings.get(run.version) ?? []);
    },
  };
}

type Placed = Pick<Training, 'id'> & { readonly version: number };

/** Every route of v2 goes through the version. */
function placed({ id, version }: Pick<Training, 'id' | 'version'>): Placed {
  if (version === undefined)
    throw new TrainGateError(`Which version training ${id} is on is not known.`, { hint: 'Set version.' });
  return { id, version };
}

/** More versions than this are not searched for a training. */
const MOST_VERSIONS = 30;

/** Older ids name their version (`workspace/project/7`); newer ones are looked for, from the highest version down. */
async function versionOf(api: Api, project: ProjectRef, id: string): Promise<number> {
  const named = /\/([1-9]\d*)$/.exec(id)?.[1];
  if (named !== undefined) return Number(named);
  for (const { number } of (await getProjectVersions(api, project)).slice(0, MOST_VERSIONS))
    if ((await v2.listTrainings(api, project, number)).some((training) => training.id === id)) return number;
  throw new NoSuchTrainingError(
    `There is no training ${id} on the newest ${MOST_VERSIONS} versions of ${project.workspace}/${project.project}.`,
    { hint: 'Check job-id, or set version to the one that it trains on.' },
  );
}

async function succeededOn(api: Api, project: ProjectRef, where: SucceededOn): Promise<Training | undefined> {
  if ('version' in where)
    return newestSucceeded(await v2.listTrainings(api, project, where.version, resultsPatience(api)), where);
  const versions = (await getProjectVersions(api, project)).filter(({ number }) => number < where.below);
  for (const { number } of versions.slice(0, MOST_VERSIONS)) {
    const training = newestSucceeded(
      await v2.listTrainings(api, project, number, resultsPatience(api)),
      where,
    );
    if (training) return training;
  }
  return undefined;
}

async function trainingResults(
  api: Api,
  project: ProjectRef,
  training: Training & Placed,
  readings: Readings,
): Promise<TrainingResults> {
  const got = await v2.getTraining(api, project, training, resultsPatience(api));
  const bundle = ownResults(got.bundle, training);
  const recommended = isSearch(training.modelType)
    ? await recommendations(api, project, training)
    : bundle.recommended;
  return gatherResults(api, project, {
    training,
    results: { ...bundle, trainingId: training.id, recommended },
    identify: () => identify(api, project, training, bundle, readings),
  });
}

/** Only the list of a version's trainings tells when each began and which models it has. */
async function identify(
  api: Api,
  project: ProjectRef,
  training: Training & Placed,
  bundle: ResultsBody,
  readings: Readings,
): Promise<RunIdentity> {
  const { version } = training;
  const listed = await v2.listTrainings(api, project, version, resultsPatience(api));
  const own = listed.find(({ id }) => id === training.id);
  const begunAtMs = own?.createdAtMs ?? training.createdAtMs;
  return {
    workspace: project.workspace,
    version,
    modelIds: own?.modelIds ?? [],
    group: bundle.modelGroup ?? own?.modelGroup,
    modelType: bundle.modelType ?? training.modelType ?? own?.modelType,
    begunAtMs,
    rivals: own && rivalsOf({ ...own, createdAtMs: begunAtMs }, listed, readings),
    isOnlyOne: own !== undefined && listed.length === 1,
  };
}

/** Only the older results tell what Roboflow recommends per hardware; they count where they are of this very run. */
async function recommendations(
  api: Api,
  project: ProjectRef,
  { id, version }: Placed,
): Promise<ReadonlyMap<string, string>> {
  try {
    const older = await getResults(api, project, version, resultsPatience(api));
    return older.trainingId === id ? older.recommended : new Map();
  } catch (error) {
    if (error instanceof ApiError && error.failure.kind === 'refused') return new Map();
    throw error;
  }
}
