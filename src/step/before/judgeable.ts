import { type AccuracyMetric, isCount, isCounted } from '../../gate/metric.ts';
import { isServerless, SERVERLESS } from '../../gate/model.ts';
import { decides, formatRule, hasNoise, needsDetails, type Rule } from '../../gate/rules.ts';
import { serverlessNeed } from '../../gate/serverless.ts';
import type { EvaluationObstacle } from '../../gate/split-figures.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { lackWords } from '../../report/words/evaluation-lack.ts';
import { getComparison, listEvaluations } from '../../roboflow/endpoints/evaluations.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { ApiError, obstacleOf } from '../../roboflow/http/failure.ts';
import { unlessFailed } from '../../roboflow/http/outcome.ts';
import {
  countsPixels,
  hasDownload,
  isEvaluated,
  isSearch,
  mayReportLatency,
} from '../../training/model-type.ts';
import type { PlannedStart } from './make-plan.ts';
import { judgedByCounts } from './require-counts.ts';

/**
 * A rule that can never be judged would be paid for in vain. So is one on a device with a fine-tune, and one on figures that only
 * an evaluation has with a model type that Roboflow does not evaluate.
 * @throws TrainGateError that names the rules
 */
export function requireJudgeable(start: ToTrain, { rules, targets }: Inputs): void {
  const { modelType } = start;
  const binding = rules.filter(decides);
  if (!mayReportLatency(modelType)) refuseDevices(modelType, binding, targets);
  if (!isEvaluated(modelType)) refuseEvaluation(start, binding, targets);
  if (countsPixels(modelType))
    refuseNoise(
      modelType,
      binding.filter((rule) => !start.told.includes(rule)),
    );
}

function refuseNoise(modelType: string, rules: readonly Rule[]): void {
  const lines = linesOf(rules.filter((rule) => hasNoise(rule) || rule.metric === 'objects'));
  if (lines.length === 0) return;
  throw new TrainGateError(
    `Of a ${modelType} pixels are counted and no objects, so ${lines.join(' and ')} could not be judged, and nothing was started.`,
    { hint: 'Write points in place of noise, such as "baseline - 0.5", and images in place of objects.' },
  );
}

function refuseDevices(modelType: string, rules: readonly Rule[], targets: Inputs['targets']): void {
  const isDevice = ({ hardware }: Pick<Rule, 'hardware'>) =>
    hardware !== undefined && !isServerless(hardware);
  const lines = linesOf(rules.filter(isDevice), targets.filter(isDevice));
  if (lines.length === 0) return;
  throw new TrainGateError(
    `${modelType} is a fine-tune, and Roboflow measures models on such hardware only in an architecture search. So ${lines.join(' and ')} could not be judged, and nothing was started.`,
    {
      hint: `Write "${SERVERLESS}" there, on which Roboflow measures every model; or leave that out, put "warn:" before such a rule, or train a search, such as rfdetr-nas-parent.`,
    },
  );
}

function linesOf(rules: readonly Rule[], targets: Inputs['targets'] = []): readonly string[] {
  const names = targets.map(({ hardware }) => hardware).join(', ');
  return [
    ...rules.map((rule) => `the rule "${formatRule(rule)}"`),
    ...(targets.length > 0 ? [`hardware (${names})`] : []),
  ];
}

/** What the version's own training results say by class and split (docs/roboflow-api.md#version). */
const IN_TRAINING_RESULTS: readonly AccuracyMetric[] = ['map50', 'map50-95', 'precision', 'recall'];

function isInTrainingResults({ metric }: Rule): boolean {
  return isCount(metric) || IN_TRAINING_RESULTS.some((each) => each === metric);
}

function refuseEvaluation(start: ToTrain, rules: readonly Rule[], targets: Inputs['targets']): void {
  const { modelType } = start;
  const need = serverlessNeed(rules, targets, mayReportLatency(modelType));
  const needing = rules.filter((rule) => need.rules.includes(rule) || needsEvaluation(rule, start));
  const lines = linesOf(needing, need.targets);
  if (lines.length === 0) return;
  throw new TrainGateError(
    `Roboflow makes no evaluation of a ${modelType}, so ${lines.join(' and ')} could not be judged, and nothing was started.`,
    {
      hint: `Leave that out, put "warn:" before it, or write a rule on ${IN_TRAINING_RESULTS.join(', ')}, which the first training of a version reports by class and split.`,
    },
  );
}

/** What is to be trained. */
interface ToTrain {
  readonly modelType: string;
  /** The results of a version name no training: they are those of one that is the only one there. */
  readonly hasOwnResults: boolean;
  /** Precision and recall are wanted at a confidence of which the training results tell nothing. */
  readonly hasConfidence: boolean;
  /** The rules that the version tells before it is trained on. */
  readonly told: readonly Rule[];
  /** The one that it is trained on; of a new one the highest. Undefined: the project has none. */
  readonly version: number | undefined;
}

/** What is to be trained of a start. */
export function toTrain(
  { wanted, version, versions, hasOwnResults }: PlannedStart,
  { confidence, rules }: Pick<Inputs, 'confidence' | 'rules'>,
): ToTrain {
  const { modelType } = wanted;
  const hasConfidence = confidence !== undefined;
  const told = version ? judgedByCounts(rules, version).map(({ rule }) => rule) : [];
  return { modelType, hasOwnResults, hasConfidence, told, version: (version ?? versions[0])?.number };
}

/** The rules that only an evaluation can tell of, with which the latency on Serverless comes. */
export function needingEvaluation(start: ToTrain, { rules, targets }: Pick<Inputs, 'rules' | 'targets'>) {
  const timed = serverlessNeed(rules, targets, mayReportLatency(start.modelType)).rules;
  return rules.filter((rule) => timed.includes(rule) || needsEvaluation(rule, start));
}

/** Whether only an evaluation can tell what the rule judges, however the training turns out. */
function needsEvaluation(rule: Rule, { modelType, hasOwnResults, hasConfidence, told }: ToTrain): boolean {
  const isFree =
    rule.metric === 'images' ||
    told.includes(rule) ||
    (hasOwnResults &&
      !isSearch(modelType) &&
      isInTrainingResults(rule) &&
      !(hasConfidence && isCounted(rule.metric)));
  return needsDetails(rule) && !isFree;
}

/**
 * Throws TrainGateError, before anything is paid for, if key, plan or server tell nothing of the evaluation that a rule needs, or of the
 * comparison of models that has the latency on Serverless.
 */
export async function requireEvaluations(
  start: ToTrain,
  { rules, targets }: Pick<Inputs, 'rules' | 'targets'>,
  here: InProject,
): Promise<void> {
  const { modelType, version } = start;
  const needing = linesOf(rules.filter((rule) => decides(rule) && needsEvaluation(rule, start)));
  const list = () => listEvaluations(here, { project: here.project.project }, {});
  if (needing.length > 0) refuse(needing, obstacleIn(await unlessFailed(list)));
  const need = serverlessNeed(rules, targets, mayReportLatency(modelType));
  const timed = linesOf(need.rules.filter(decides), need.targets);
  const told = linesOf(need.rules.filter((rule) => !decides(rule)));
  if (version !== undefined && timed.length + told.length > 0) {
    const compare = () => getComparison(here, version, {});
    const obstacle = obstacleIn(await unlessFailed(compare));
    if (timed.length > 0) refuse(timed, obstacle);
    if (told.length > 0 && obstacle !== undefined)
      here.log.warning(`${unjudgedFor(told, obstacle)}. To judge by that, ${obstacle.cure}.`);
  }
  const names = [...needing, ...timed];
  if (isSearch(modelType) && names.length > 0)
    here.log.warning(
      `Of a search Roboflow evaluates by itself only models that it recommends, so ${names.join(' and ')} may end undecided. Start an evaluation of the others on Roboflow.`,
    );
}

/** What keeps a key from all evaluations, whatever becomes of the training. */
const LASTING: readonly EvaluationObstacle[] = ['not-allowed', 'not-in-plan', 'not-there'];

type ObstacleWords = ReturnType<typeof lackWords> & { readonly error: ApiError };

function obstacleIn(read: unknown): ObstacleWords | undefined {
  if (!(read instanceof ApiError)) return undefined;
  const obstacle = obstacleOf(read);
  if (obstacle === 'not-done' || !LASTING.includes(obstacle)) return undefined;
  return { ...lackWords({ kind: 'unread', obstacle, error: read }), error: read };
}

function unjudgedFor(lines: readonly string[], { reason }: ObstacleWords): string {
  const all = lines.join(' and ');
  return `${all.charAt(0).toUpperCase()}${all.slice(1)} could not be judged: ${reason}`;
}

function refuse(lines: readonly string[], obstacle: ObstacleWords | undefined): void {
  if (obstacle === undefined) return;
  throw new TrainGateError(`${unjudgedFor(lines, obstacle)}. Nothing was started.`, {
    hint: `To judge by that, ${obstacle.cure}; else leave that out, or put "warn:" before such rules.`,
    cause: obstacle.error,
  });
}

/** Throws TrainGateError, with what to use instead, if Roboflow gives away no weights of this model type. One need not be told. */
export function requireDownload(modelType: string | undefined): void {
  if (modelType === undefined || hasDownload(modelType)) return;
  throw new TrainGateError(
    `Roboflow gives away no weights of ${modelType}: those of architecture searches and of SAM3 cannot be downloaded.`,
    {
      hint: 'Leave weights out. Roboflow Inference runs such a model by its id, which is in the outputs model-id and picks; "star: true" has the picks of a search compiled for their hardware.',
    },
  );
}
