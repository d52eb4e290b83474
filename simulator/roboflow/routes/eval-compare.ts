import { createRandom, round, seedOf } from '../../lib/random.ts';
import type { SimulatedModel } from '../../training-plan.ts';
import { type Answer, codeAsError, ok } from '../answer.ts';
import { map75Of, optimum } from '../views/eval-figures.ts';
import { type Evaluation, evaluationsOf } from '../views/evaluations.ts';
import type { Figures } from '../views/figures.ts';
import { resultsOf } from '../views/models.ts';
import { keptWeights } from '../world/training.ts';
import { type Call, requireWorkspace } from './call.ts';
import { figuresOn } from './evals.ts';

const metrics = ['mAP', 'mAP5095', 'mAP75', 'precision', 'recall', 'f1'] as const;
type Metric = (typeof metrics)[number];

/** What the comparison says of one model. */
interface Row {
  readonly modelId: string;
  readonly metrics: Partial<Record<Metric, number>>;
  readonly medianLatencyMs: number | null;
  readonly exclusionReason: string | null;
}

/**
 * `GET /:w/model-evals/compare?project=&version=&frontierMetric=`: test accuracy and median latency of every model of a version, by
 * its newest evaluation that is done (docs/internals/roboflow-api.md#comparison-of-models).
 */
export function compareEvals(call: Call): Answer {
  requireWorkspace(call);
  const { project, version, frontierMetric = 'mAP5095' } = call.query;
  if (project === undefined || version === undefined)
    throw codeAsError(400, 'missing_parameter', 'project and version are needed.');
  const metric = metrics.find((each) => each === frontierMetric);
  if (metric === undefined)
    throw codeAsError(400, 'invalid_metric', `frontierMetric must be one of: ${metrics.join(', ')}`);
  const { world } = call;
  const isThere = world.versions.some(({ spec }) => String(spec.number) === version);
  if (!isThere || world.scenario.project !== project)
    throw codeAsError(404, 'version_not_found', `No version ${version} of project "${project}".`);
  if (world.scenario.comparison === 'refused')
    throw codeAsError(403, 'forbidden', 'Model Evaluation is not available on the plan of this workspace.');
  const rows = rowsOf(call, version);
  const models = rows.map((row) => ({ ...row, onFrontier: isOnFrontier(row, rows, metric) }));
  return ok({ project, version: { id: version }, frontierMetric: metric, availableMetrics: metrics, models });
}

function rowsOf({ world }: Call, version: string): readonly Row[] {
  const evaluations = evaluationsOf(world);
  const uploaded = Object.entries(world.scenario.uploaded ?? {});
  const trained = world
    .trainingsOf(Number(version))
    .filter((training) => keptWeights(training, world.now()))
    .flatMap((training) =>
      resultsOf(training)
        .filter(({ status }) => status === 'finished')
        .map((model) => rowOf(model, evaluations)),
    );
  return [...trained, ...uploaded.map(([modelId, figures]) => measuredRow({ modelId }, figures))];
}

function rowOf(model: SimulatedModel, evaluations: readonly Evaluation[]): Row {
  const own = evaluations.filter((each) => each.model?.modelId === model.modelId);
  const done = own.find(({ status }) => status === 'done');
  const { modelId } = model;
  if (done === undefined)
    return {
      modelId,
      metrics: {},
      medianLatencyMs: null,
      exclusionReason: own.length > 0 ? 'evaluation_not_done' : 'no_evaluation',
    };
  return measuredRow(model, figuresOn(done, 'test'));
}

function measuredRow(model: Pick<SimulatedModel, 'modelId' | 'modelType'>, figures: Figures): Row {
  const { precision, recall, f1 } = optimum(figures).optimalMetrics;
  return {
    modelId: model.modelId,
    metrics: {
      mAP: figures.map50,
      mAP5095: figures.map5095,
      mAP75: map75Of(figures),
      precision,
      recall,
      f1,
    },
    medianLatencyMs: latencyOf(model),
    exclusionReason: null,
  };
}

/** Milliseconds on the Serverless API by the size that a model's type ends in; larger models take longer. */
const bySize: readonly (readonly [RegExp, number])[] = [
  [/pico|nano|\dn\b/, 31],
  [/small|\ds\b/, 44],
  [/base|medium|\dm\b/, 58],
  [/xxlarge|2xlarge|\dx\b/, 140],
  [/large|\dl\b/, 92],
];

function latencyOf({ modelId, modelType }: Pick<SimulatedModel, 'modelId' | 'modelType'>): number {
  const [, ms] = bySize.find(([size]) => size.test(modelType ?? modelId)) ?? [undefined, 52];
  return round(ms + createRandom(seedOf(modelId)).between(0, 3), 1);
}

/** No other is at least as accurate and as fast, with one of both better. */
function isOnFrontier(one: Row, rows: readonly Row[], metric: Metric): boolean {
  const place = ({ metrics: own, medianLatencyMs: ms }: Row) => ({ accuracy: own[metric], ms });
  const { accuracy, ms } = place(one);
  if (accuracy === undefined || ms === null) return false;
  return !rows.map(place).some((other) => {
    if (other.accuracy === undefined || other.ms === null) return false;
    const isBetter = other.accuracy > accuracy || other.ms < ms;
    return isBetter && other.accuracy >= accuracy && other.ms <= ms;
  });
}
