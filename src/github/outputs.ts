import type { Model } from '../gate/model.ts';
import type { HardwarePick, PickResult } from '../gate/picks.ts';
import type { Conclusion, Judged, TrainingFacts } from '../report/conclusion.ts';
import type { Runner } from './runner.ts';

/** The values of the output `outcome`. */
export type Outcome = 'passed' | 'failed' | 'undecided' | 'started' | 'checked' | 'skipped';

/** The outcome of a step that ends with `conclusion`. */
export function outcomeOf(conclusion: Conclusion): Outcome {
  return conclusion.kind === 'judged' ? conclusion.verdict.outcome : conclusion.kind;
}

/** Sets the outputs that identify the training, as far as they are known. */
export function setTrainingOutputs(runner: Pick<Runner, 'output'>, training: TrainingFacts): void {
  const values = {
    'job-id': training.jobId,
    'job-status': training.status,
    'training-id': training.trainingId,
    url: training.url,
    version: training.version === undefined ? undefined : String(training.version),
  };
  for (const [name, value] of Object.entries(values)) if (value !== undefined) runner.output(name, value);
}

/** Sets the outputs about the judged models. Their figures are not rounded. */
export function setModelOutputs(runner: Pick<Runner, 'output'>, { verdict, evaluation }: Judged): void {
  const { headline } = verdict;
  const picks = foundPicks(verdict.picks);
  runner.output('model-id', headline?.id ?? '');
  runner.output('model-type', headline?.type ?? '');
  for (const metric of ['map50', 'map50-95', 'precision', 'recall', 'f1'] as const)
    runner.output(metric, String(headline?.metrics.get(metric) ?? ''));
  runner.output('confidence', String(evaluation?.confidence?.threshold ?? ''));
  runner.output('latency', JSON.stringify(headline ? Object.fromEntries(headline.latencyMs) : {}));
  runner.output(
    'picks',
    JSON.stringify(Object.fromEntries(picks.map((pick) => [pick.hardware, pickFields(pick)]))),
  );
  runner.output('deploy-matrix', JSON.stringify({ include: deployEntries(picks, verdict.picks, headline) }));
}

/** The output `weights`, which is also in the results file: model id to the file that was stored. */
export function weightsFields(conclusion: Conclusion): Readonly<Record<string, StoredFields>> {
  const weights = conclusion.kind === 'judged' ? conclusion.weights : undefined;
  if (weights?.kind !== 'stored') return {};
  const { modelId, file, bytes, sha256 } = weights;
  return { [modelId]: { file, bytes, sha256 } };
}

type StoredFields = Readonly<Record<string, string | number>>;

function foundPicks(results: readonly PickResult[]): readonly HardwarePick[] {
  return results.flatMap((result) => (result.kind === 'pick' ? [result.pick] : []));
}

/** The fields of a pick in the output `picks` and in the results file. */
export function pickFields({
  model,
  latencyMs,
  source,
}: HardwarePick): Readonly<Record<string, string | number | null>> {
  return {
    modelId: model.id,
    modelType: model.type ?? null,
    map50: model.metrics.get('map50') ?? null,
    'map50-95': model.metrics.get('map50-95') ?? null,
    latency: latencyMs ?? null,
    source,
  };
}

/** One entry per pick. If no hardware was measured at all, one entry with the headline model for any hardware. */
function deployEntries(
  picks: readonly HardwarePick[],
  results: readonly PickResult[],
  headline: Model | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  const nothingMeasured = results.every(
    (result) => result.kind === 'missing' && result.measured.length === 0,
  );
  if (picks.length === 0 && nothingMeasured && headline) return [deployEntry('any', headline, undefined)];
  return picks.map(({ hardware, model, latencyMs }) => deployEntry(hardware, model, latencyMs));
}

function deployEntry(
  hardware: string,
  model: Model,
  latencyMs: number | undefined,
): Readonly<Record<string, unknown>> {
  return {
    hardware,
    'model-id': model.id,
    'model-type': model.type ?? null,
    'map50-95': model.metrics.get('map50-95') ?? null,
    latency: latencyMs ?? null,
  };
}

/** An entry of the output `runs`. */
interface RunFields {
  readonly 'model-type': string | null;
  readonly 'job-id': string | null;
  readonly url: string | null;
  readonly status: string | null;
  readonly outcome: Outcome;
  readonly 'model-id': string | null;
  readonly map50: number | null;
  readonly 'map50-95': number | null;
}

/**
 * The output `runs`, as JSON: an entry for each of several trainings, in the order in which the workflow names their types,
 * with their own outcomes; or one for the single training; none if no training is known. Figures are not rounded.
 */
export function runsOutput(conclusion: Conclusion, training: TrainingFacts | undefined): string {
  return JSON.stringify(runsOf(conclusion, training));
}

function runsOf(conclusion: Conclusion, training: TrainingFacts | undefined): readonly RunFields[] {
  const judged = conclusion.kind === 'judged' ? conclusion : undefined;
  if (judged?.comparison !== undefined)
    return judged.comparison.trainings.map(({ modelType, facts, outcome, headline }) =>
      runFields(modelType, facts, outcome, headline),
    );
  if (training === undefined) return [];
  return [runFields(training.modelType, training, outcomeOf(conclusion), judged?.verdict.headline)];
}

function runFields(
  modelType: string | undefined,
  facts: TrainingFacts | undefined,
  outcome: Outcome,
  headline: Model | undefined,
): RunFields {
  return {
    'model-type': modelType ?? null,
    'job-id': facts?.jobId ?? null,
    url: facts?.url ?? null,
    status: facts?.status ?? null,
    outcome,
    'model-id': headline?.id ?? null,
    map50: headline?.metrics.get('map50') ?? null,
    'map50-95': headline?.metrics.get('map50-95') ?? null,
  };
}
