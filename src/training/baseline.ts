import type { Baseline } from '../gate/decide.ts';
import type { AccuracyMetric } from '../gate/metric.ts';
import type { ModelResults } from '../gate/picks.ts';
import { InterruptedError, messageOf, TrainGateError } from '../lib/errors.ts';
import { compareModelTypes } from './model-type.ts';
import { hasMetrics, type ResultsReading } from './results.ts';
import type { BaselinePlace, TrainingRoute } from './route.ts';
import type { Training } from './training.ts';

/** Which training to compare with: that of a version, or of the newest lower version that has one. */
export type BaselineChoice =
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'previous' };

/** What the judged training is of. */
export interface Compared {
  readonly version: number | undefined;
  readonly modelType: string | undefined;
}

/**
 * Reads the training that rules compare with: of the same model type if one can be read, else the newest of any type. That
 * there is none, or that it cannot be read, is no failure of its own: the rules that need it find it missing.
 */
export async function fetchBaseline(
  choice: BaselineChoice | undefined,
  { version, modelType }: Compared,
  route: TrainingRoute,
  wanted: readonly AccuracyMetric[],
): Promise<Baseline> {
  if (choice === undefined) return { kind: 'none' };
  if (version === undefined) return missing('Roboflow does not say which version was trained');
  if (choice.kind === 'version' && choice.version === version)
    return missing(`version ${version} is the one that was trained`);
  const place = choice.kind === 'version' ? { version: choice.version } : { below: version };
  try {
    return await readBaseline(place, modelType, route, wanted);
  } catch (error) {
    if (!(error instanceof TrainGateError) || error instanceof InterruptedError) throw error;
    return missing(messageOf(error));
  }
}

/** More trainings than this are not tried. */
const MOST_TRIED = 5;

async function readBaseline(
  place: BaselinePlace,
  modelType: string | undefined,
  route: TrainingRoute,
  wanted: readonly AccuracyMetric[],
): Promise<Baseline> {
  const trainings = sameTypeFirst(await route.succeeded(place, modelType), modelType).slice(0, MOST_TRIED);
  let why = `no training has succeeded on ${nameOf(place)}`;
  for (const training of trainings) {
    const reading = await route.results(training, undefined, wanted);
    const results = readable(reading);
    if (results !== undefined) return baselineOf(training, results);
    why = `training ${training.id} of version ${training.version} cannot be compared with: ${whyNot(reading)}`;
  }
  const unlisted = await route.unlistedResults(place);
  if (unlisted !== undefined)
    return { kind: 'training', version: unlisted.version, modelType: undefined, results: unlisted.results };
  return missing(why);
}

function sameTypeFirst(trainings: readonly Training[], wanted: string | undefined): readonly Training[] {
  const isSame = ({ modelType }: Training) =>
    wanted !== undefined &&
    modelType !== undefined &&
    compareModelTypes(modelType, wanted) !== 'contradictory';
  return [...trainings.filter(isSame), ...trainings.filter((training) => !isSame(training))];
}

function readable(reading: ResultsReading): ModelResults | undefined {
  return reading.kind === 'complete' || (reading.kind === 'incomplete' && hasMetrics(reading.results.models))
    ? reading.results
    : undefined;
}

function whyNot(reading: ResultsReading): string {
  return reading.kind === 'complete' || reading.kind === 'incomplete'
    ? 'it reports no metrics'
    : reading.reason;
}

function baselineOf({ version, modelType }: Training, results: ModelResults): Baseline {
  return version === undefined
    ? missing('Roboflow does not say which version it is of')
    : { kind: 'training', version, modelType, results };
}

function nameOf(place: BaselinePlace): string {
  return 'version' in place ? `version ${place.version}` : `a version below ${place.below}`;
}

function missing(reason: string): Baseline {
  return { kind: 'missing', reason };
}
