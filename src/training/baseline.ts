import type { Baseline } from '../gate/decide.ts';
import type { WithHeadline } from '../gate/picks.ts';
import { TrainGateError } from '../lib/errors.ts';
import {
  hasMetrics,
  type ResultsReading,
  type TrainingResults,
  type WantedResults,
} from './await-results.ts';
import { compareModelTypes } from './model-type.ts';
import type { Training } from './training.ts';
import type { BaselinePlace, TrainingApi } from './training-api.ts';

/** Which training to compare with: that of a version, or of the newest lower version that has one. */
export type BaselineChoice =
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'previous' };

/** What the judged training is of. */
export interface Compared {
  /** Undefined if it is higher than all that exist, being generated only then. */
  readonly version: number | undefined;
  readonly modelType: string | undefined;
}

/** Adds to results of `version` what only other answers have, and chooses their headline model. */
export type CompleteResults = (results: TrainingResults, version: number) => Promise<WithHeadline>;

/**
 * Reads the training that rules compare with: of the same model type if one can be read, else the newest of any type. That
 * there is none is no failure of its own.
 * @throws TrainGateError if it cannot be read
 */
export async function fetchBaseline(
  choice: BaselineChoice | undefined,
  { version, modelType }: Compared,
  route: TrainingApi,
  wanted: WantedResults,
  complete: CompleteResults,
): Promise<Baseline> {
  if (choice === undefined) return { kind: 'none' };
  if (choice.kind === 'version' && choice.version === version)
    throw new TrainGateError(`baseline is version ${version}, which is the one to judge.`, {
      hint: 'Set baseline to another version, or to "previous".',
    });
  if (choice.kind === 'version')
    return readBaseline({ version: choice.version }, modelType, route, wanted, complete);
  return readBaseline({ below: version ?? Number.POSITIVE_INFINITY }, modelType, route, wanted, complete);
}

/** More trainings than this are not tried. */
const MOST_TRIED = 5;

async function readBaseline(
  place: BaselinePlace,
  modelType: string | undefined,
  route: TrainingApi,
  wanted: WantedResults,
  complete: CompleteResults,
): Promise<Baseline> {
  const trainings = sameTypeFirst(await route.succeeded(place, modelType), modelType).slice(0, MOST_TRIED);
  let why = `no training has succeeded on ${nameOf(place)}`;
  for (const training of trainings) {
    const reading = await route.results(training, undefined, wanted);
    const results = readable(reading);
    if (results !== undefined) return baselineOf(training, results, complete);
    why = `training ${training.id} of version ${training.version} cannot be compared with: ${whyNot(reading)}`;
  }
  const unlisted = await route.unlistedResults(place);
  if (unlisted !== undefined) {
    const { version } = unlisted;
    const results = await complete(unlisted.results, version);
    return { kind: 'training', version, modelType: results.models[0]?.type, results };
  }
  return missing(why);
}

function sameTypeFirst(trainings: readonly Training[], wanted: string | undefined): readonly Training[] {
  const isSame = ({ modelType }: Training) =>
    wanted !== undefined &&
    modelType !== undefined &&
    compareModelTypes(modelType, wanted) !== 'contradictory';
  return [...trainings.filter(isSame), ...trainings.filter((training) => !isSame(training))];
}

function readable(reading: ResultsReading): TrainingResults | undefined {
  return reading.kind === 'complete' || (reading.kind === 'incomplete' && hasMetrics(reading.results.models))
    ? reading.results
    : undefined;
}

function whyNot(reading: ResultsReading): string {
  return reading.kind === 'complete' || reading.kind === 'incomplete'
    ? 'it reports no metrics'
    : reading.reason;
}

async function baselineOf(
  { version, modelType }: Training,
  results: TrainingResults,
  complete: CompleteResults,
): Promise<Baseline> {
  return version === undefined
    ? missing('Roboflow does not say which version it is of')
    : { kind: 'training', version, modelType, results: await complete(results, version) };
}

function nameOf(place: BaselinePlace): string {
  if ('version' in place) return `version ${place.version}`;
  return Number.isFinite(place.below) ? `a version below ${place.below}` : 'any version';
}

function missing(reason: string): Baseline {
  return { kind: 'missing', reason };
}
