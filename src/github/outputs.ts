import type { Model } from '../gate/model.ts';
import type { HardwarePick, PickResult } from '../gate/picks.ts';
import { type Conclusion, comparisonOf, type Judged } from '../report/conclusion.ts';
import type { TrainingFacts } from '../report/training-facts.ts';
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

interface RunOfStep {
  /** As the workflow writes it, or else as Roboflow shows it. */
  readonly modelType: string | undefined;
  readonly facts: TrainingFacts | undefined;
  readonly outcome?: Outcome;
  readonly headline?: Model | undefined;
}

/** Sets the output `runs`: an entry for each training of the step. */
export function setRunsOutput(runner: Pick<Runner, 'output'>, runs: readonly RunOfStep[]): void {
  const entries = runs.map(({ modelType, facts, outcome = 'undecided', headline }) => ({
    'model-type': modelType ?? null,
    'job-id': facts?.jobId ?? null,
    url: facts?.url ?? null,
    status: facts?.status ?? null,
    outcome,
    'model-id': headline?.id ?? null,
    map50: headline?.metrics.get('map50') ?? null,
    'map50-95': headline?.metrics.get('map50-95') ?? null,
  }));
  runner.output('runs', JSON.stringify(entries));
}

/** The trainings of a step that ends with `conclusion`, those that were never started too. */
export function runsOf(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  modelTypes: readonly string[],
): readonly RunOfStep[] {
  if (conclusion.kind === 'checked' || conclusion.kind === 'skipped') return [];
  const outcome = outcomeOf(conclusion);
  const comparison = comparisonOf(conclusion);
  if (comparison !== undefined)
    return comparison.trainings.map((each) => (outcome === 'started' ? { ...each, outcome } : each));
  if (training === undefined) return modelTypes.map((modelType) => ({ modelType, facts: undefined }));
  const headline = conclusion.kind === 'judged' ? conclusion.verdict.headline : undefined;
  return [{ modelType: modelTypes[0] ?? training.modelType, facts: training, outcome, headline }];
}

/** Sets the outputs about the judged models. Their figures are not rounded. */
export function setModelOutputs(runner: Pick<Runner, 'output'>, { verdict, evaluation }: Judged): void {
  const { headline } = verdict;
  const picks = verdict.picks.flatMap((result) => (result.kind === 'pick' ? result : []));
  runner.output('model-id', headline?.id ?? '');
  runner.output('model-type', headline?.type ?? '');
  for (const metric of ['map50', 'map50-95', 'precision', 'recall', 'f1'] as const)
    runner.output(metric, String(headline?.metrics.get(metric) ?? ''));
  runner.output('confidence', String(evaluation?.confidence?.threshold ?? ''));
  runner.output('latency', JSON.stringify(Object.fromEntries(headline?.latencyMs ?? [])));
  const byHardware = Object.fromEntries(picks.map((pick) => [pick.hardware, pickFields(pick)]));
  runner.output('picks', JSON.stringify(byHardware));
  runner.output('deploy-matrix', JSON.stringify({ include: deployEntries(picks, verdict.picks, headline) }));
}

/** The output `weights`, which is also in the results file: model id to the file that was stored. */
export function weightsFields(conclusion: Conclusion): Readonly<Record<string, object>> {
  const weights = conclusion.kind === 'judged' ? conclusion.weights : undefined;
  if (weights?.kind !== 'stored') return {};
  const { modelId, file, bytes, sha256 } = weights;
  return { [modelId]: { file, bytes, sha256 } };
}

/** The fields of a pick in the output `picks` and in the results file. */
export function pickFields({ model, latencyMs, source }: HardwarePick) {
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
) {
  const isUnmeasured = results.every((result) => result.kind === 'missing' && result.measured.length === 0);
  const entries =
    isUnmeasured && headline ? [{ hardware: 'any', model: headline, latencyMs: undefined }] : picks;
  return entries.map(({ hardware, model, latencyMs }) => ({
    hardware,
    'model-id': model.id,
    'model-type': model.type ?? null,
    'map50-95': model.metrics.get('map50-95') ?? null,
    latency: latencyMs ?? null,
  }));
}
