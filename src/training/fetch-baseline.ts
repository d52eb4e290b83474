import type { Baseline } from '../gate/baseline.ts';
import type { WithHeadline } from '../gate/picks.ts';
import { InterruptedError, TrainGateError } from '../lib/errors.ts';
import {
  hasMetrics,
  type ResultsReading,
  type TrainingResults,
  type WantedResults,
} from './await-results.ts';
import { isSameType } from './model-type.ts';
import type { Training } from './training.ts';
import type { BaselinePlace, TrainingApi } from './training-api.ts';

/** Which training to compare with: that of a version, or of the newest lower version that has one. */
export type BaselineChoice =
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
 * @param judged what is compared with it; its version is undefined if it is still to be generated, above all that exist
 * @throws TrainGateError if it is the version that is judged
 */
export async function fetchBaseline(
  choice: BaselineChoice,
  judged: Pick<Training, 'version' | 'modelType'>,
  reader: BaselineReader,
): Promise<Baseline> {
  const { version, modelType } = judged;
  if (choice.kind === 'version' && choice.version === version)
    throw new TrainGateError(`baseline is version ${version}, which is the one to judge.`, {
      hint: 'Set baseline to another version, or to "previous".',
    });
  const place =
    choice.kind === 'version' ? { version: choice.version } : { below: version ?? Number.POSITIVE_INFINITY };
  try {
    return await readBaseline(place, modelType, reader);
  } catch (error) {
    if (!(error instanceof TrainGateError) || error instanceof InterruptedError) throw error;
    return { kind: 'unread', error };
  }
}

const MOST_TRIED = 5;

async function readBaseline(
  place: BaselinePlace,
  judgedType: string | undefined,
  { api, wanted, complete }: BaselineReader,
): Promise<Baseline> {
  const trained = await api.trainedVersion(place);
  if (trained === undefined)
    return { kind: 'missing', reason: `no training has succeeded on ${nameOf(place)}` };
  const { version, unlisted } = trained;
  const baselineOf = async (modelType: string | undefined, results: TrainingResults): Promise<Baseline> => ({
    kind: 'training',
    version,
    modelType,
    isSameType: isSameType(modelType, judgedType),
    results: await complete(results, version),
  });
  if (unlisted !== undefined) return baselineOf(unlisted.models[0]?.type, unlisted);
  const lacks: Baseline[] = [];
  for (const training of sameTypeFirst(trained.trainings, judgedType).slice(0, MOST_TRIED)) {
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
