import type { Baseline } from '../gate/baseline.ts';
import type { WithHeadline } from '../gate/picks.ts';
import { InterruptedError, TrainGateError } from '../lib/errors.ts';
import {
  hasMetrics,
  type ResultsReading,
  type TrainingResults,
  type WantedResults,
} from './await-results.ts';
import type { FileChoice } from './file-baseline.ts';
import { isSameType } from './model-type.ts';
import type { JudgedTraining, Training } from './training.ts';
import type { BaselinePlace, TrainingApi } from './training-api.ts';

/** Which training to compare with: that of a version, or of the newest lower version that has one; or that of a results file. */
export type BaselineChoice = VersionsChoice | FileChoice;

/** One for which Roboflow is asked. */
export type VersionsChoice =
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'previous' };

/** How the training that rules compare with is read. */
export interface BaselineReader {
  readonly api: TrainingApi;
  readonly wanted: WantedResults;
  /** Adds to results of `version` what only other answers have, and chooses their headline model. */
  readonly complete: (results: TrainingResults, version: number) => Promise<WithHeadline>;
}

/**
 * Reads the training that rules compare with: of the same model type if its version has one, else the newest of any type. That
 * there is none, or that it cannot be read, is no failure of its own: the rules that need it say so.
 * It is never the training that is judged, nor one that began later on the same version.
 */
export async function fetchBaseline(
  choice: VersionsChoice,
  judged: JudgedTraining,
  reader: BaselineReader,
): Promise<Baseline> {
  const place =
    choice.kind === 'version'
      ? { version: choice.version }
      : { below: judged.version ?? Number.POSITIVE_INFINITY };
  try {
    return await readBaseline(place, judged, reader);
  } catch (error) {
    if (!(error instanceof TrainGateError) || error instanceof InterruptedError) throw error;
    return { kind: 'unread', error };
  }
}

const MOST_TRIED = 5;

async function readBaseline(
  place: BaselinePlace,
  judged: JudgedTraining,
  { api, wanted, complete }: BaselineReader,
): Promise<Baseline> {
  const { id, modelType: judgedType } = judged;
  const trained = await api.trainedVersion(place);
  const earlier = trained?.trainings.filter((training) => isEarlier(training, judged)) ?? [];
  const isOwnVersion = 'version' in place && place.version === judged.version;
  if (trained === undefined || (earlier.length === 0 && trained.unlisted === undefined))
    return id !== undefined && (isOwnVersion || trained !== undefined)
      ? { kind: 'itself' }
      : { kind: 'missing', reason: `no training has succeeded on ${nameOf(place)}` };
  const { version, unlisted } = trained;
  const baselineOf = async (modelType: string | undefined, results: TrainingResults): Promise<Baseline> => ({
    kind: 'training',
    version,
    modelType,
    isSameType: isSameType(modelType, judgedType),
    isSameVersion: version === judged.version,
    results: await complete(results, version),
  });
  if (unlisted !== undefined) return baselineOf(unlisted.models[0]?.type, unlisted);
  const lacks: Baseline[] = [];
  for (const training of sameTypeFirst(earlier, judgedType).slice(0, MOST_TRIED)) {
    const reading = await api.results(training, undefined, wanted);
    const results = 'results' in reading ? reading.results : undefined;
    if (results && (reading.kind === 'complete' || hasMetrics(results.models)))
      return baselineOf(training.modelType, results);
    lacks.push(withoutResults(`${training.id} of version ${version} cannot be compared with`, reading));
  }
  // As long as one of them may report what is compared, it is not missing.
  const missing = lacks.at(-1) ?? { kind: 'missing', reason: '' };
  return lacks.find(({ kind }) => kind === 'unread') ?? missing;
}

/** One that does not say when it began is taken for an earlier one. */
function isEarlier({ id, createdAtMs = 0 }: Training, judged: JudgedTraining): boolean {
  return id !== judged.id && createdAtMs <= (judged.createdAtMs ?? Number.POSITIVE_INFINITY);
}

function sameTypeFirst(trainings: readonly Training[], wanted: string | undefined): readonly Training[] {
  const isSame = ({ modelType }: Training) => isSameType(modelType, wanted);
  return [...trainings.filter(isSame), ...trainings.filter((training) => !isSame(training))];
}

/** A training that reports no metrics lacks them for certain; one whose results cannot be told from those of others does not. */
function withoutResults(which: string, reading: ResultsReading): Baseline {
  if ('results' in reading) return { kind: 'missing', reason: `training ${which}: it reports no metrics` };
  const error = new TrainGateError(`Training ${which}: ${reading.reason}.`, {
    hint: 'Set baseline to another version that has a training. If that training ended just now, re-run this job in some minutes.',
  });
  // Late ones have a hint if it may never be told whose they are.
  return { kind: 'unread', error, isFinal: reading.hint !== undefined };
}

function nameOf(place: BaselinePlace): string {
  if ('version' in place) return `version ${place.version}`;
  return Number.isFinite(place.below) ? `a version below ${place.below}` : 'any version';
}
