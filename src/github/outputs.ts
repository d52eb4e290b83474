import type { Model } from '../gate/model.ts';
import type { HardwarePick, PickResult } from '../gate/picks.ts';
import type { Conclusion, Judged, TrainingFacts } from '../report/conclusion.ts';
import type { Runner } from './runner.ts';

type OutputStep = Pick<Runner, 'output'>;

/** What the `outcome` output can say (design, "Outputs"). */
export type Outcome = 'passed' | 'failed' | 'undecided' | 'started' | 'checked' | 'skipped';

/** The outcome that a conclusion stands for. */
export function outcomeOf(conclusion: Conclusion): Outcome {
  return conclusion.kind === 'judged' ? conclusion.verdict.outcome : conclusion.kind;
}

/** Sets the outputs that name the run, as soon as each is known. */
export function setRunOutputs(step: OutputStep, run: TrainingFacts): void {
  const values = {
    'job-id': run.jobId,
    'job-status': run.status,
    'training-id': run.trainingId,
    url: run.url,
    version: run.version === undefined ? undefined : String(run.version),
  };
  for (const [name, value] of Object.entries(values)) if (value !== undefined) step.output(name, value);
}

/** Sets the outputs that tell of the judged models; figures as exact as they came. */
export function setJudgedOutputs(step: OutputStep, { verdict }: Judged): void {
  const { headline } = verdict;
  const picks = foundPicks(verdict.picks);
  step.output('model-id', headline?.id ?? '');
  step.output('model-type', headline?.type ?? '');
  for (const metric of ['map50', 'map50-95', 'precision', 'recall', 'f1'] as const)
    step.output(metric, String(headline?.metrics.get(metric) ?? ''));
  step.output('latency', JSON.stringify(headline ? Object.fromEntries(headline.latencyMs) : {}));
  step.output(
    'picks',
    JSON.stringify(Object.fromEntries(picks.map((pick) => [pick.hardware, pickFields(pick)]))),
  );
  step.output('deploy-matrix', JSON.stringify({ include: deployEntries(picks, verdict.picks, headline) }));
}

function foundPicks(results: readonly PickResult[]): readonly HardwarePick[] {
  return results.flatMap((result) => (result.kind === 'pick' ? [result.pick] : []));
}

/** What outputs and results file tell of a pick. */
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

/** One entry a pick; where no hardware was measured, the headline model for any. */
function deployEntries(
  picks: readonly HardwarePick[],
  asked: readonly PickResult[],
  headline: Model | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  const nothingMeasured = asked.every((result) => result.kind === 'missing' && result.measured.length === 0);
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
