import { type AccuracyMetric, isCount, isCounted } from '../../gate/metric.ts';
import { isServerless, SERVERLESS } from '../../gate/model.ts';
import { decides, formatRule, hasNoise, needsDetails, type Rule } from '../../gate/rules.ts';
import { serverlessNeed } from '../../gate/serverless.ts';
import type { EvaluationObstacle } from '../../gate/split-figures.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Log } from '../../lib/context.ts';
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
import { neverReports, reportedBy } from '../../training/project-type.ts';
import type { PlannedStart } from './make-plan.ts';
import { judgedByCounts } from './require-counts.ts';

/**
 * A rule that can never be judged would be paid for in vain. So is one on a device with a fine-tune, and one on figures that only
 * an evaluation has with a model type that Roboflow does not evaluate.
 * @throws TrainGateError that names the rules
 */
export function requireJudgeable(start: PlannedStart, inputs: Inputs): void {
  const { modelType } = start.wanted;
  const rules = inputs.rules.filter(decides);
  if (!mayReportLatency(modelType)) refuseDevices(modelType, rules, inputs.targets);
  if (!isEvaluated(modelType)) {
    const need = serverlessNeed(rules, inputs.targets, mayReportLatency(modelType));
    refuseLines(
      `Roboflow makes no evaluation of a ${modelType}`,
      linesOf(needingEvaluation(start, { ...inputs, rules }), need.targets),
      `Leave that out, put "warn:" before it, or write a rule on ${IN_TRAINING_RESULTS.join(', ')}, which the first training of a version reports by class and split.`,
    );
  }
  if (countsPixels(modelType)) {
    const told = toldBefore(start, rules);
    const isUncounted = (rule: Rule) => hasNoise(rule) || rule.metric === 'objects';
    refuseLines(
      `Of a ${modelType} pixels are counted and no objects`,
      linesOf(rules.filter((rule) => isUncounted(rule) && !told.includes(rule))),
      'Write points in place of noise, such as "baseline - 0.5", and images in place of objects.',
    );
  }
}

function refuseDevices(modelType: string, rules: readonly Rule[], targets: Inputs['targets']): void {
  const isDevice = ({ hardware }: Pick<Rule, 'hardware'>) =>
    hardware !== undefined && !isServerless(hardware);
  refuseLines(
    `${modelType} is a fine-tune, and Roboflow measures models on such hardware only in an architecture search`,
    linesOf(rules.filter(isDevice), targets.filter(isDevice)),
    `Write "${SERVERLESS}" there, on which Roboflow measures every model; or leave that out, put "warn:" before such a rule, or train a search, such as rfdetr-nas-parent.`,
    '. So',
  );
}

/** A rule on a metric that no training of such a project reports is refused, or told of if it only warns. */
export function requireReported(projectType: string | undefined, rules: readonly Rule[], log: Log): void {
  const never = rules.filter(({ metric }) => neverReports(projectType, metric));
  const told = linesOf(never.filter((rule) => !decides(rule)));
  const why = `No training of a project of type ${projectType} reports that`;
  const hint = `It may report ${reportedBy(projectType).join(', ')}.`;
  if (told.length > 0) log.warning(`${why}, so ${told.join(' and ')} will not be judged. ${hint}`);
  refuseLines(why, linesOf(never.filter(decides)), hint);
}

function refuseLines(why: string, lines: readonly string[], hint: string, so = ', so'): void {
  if (lines.length === 0) return;
  throw new TrainGateError(
    `${why}${so} ${lines.join(' and ')} could not be judged, and nothing was started.`,
    { hint },
  );
}

function linesOf(rules: readonly Rule[], targets: Inputs['targets'] = []): readonly string[] {
  const names = targets.map(({ hardware }) => hardware).join(', ');
  return [
    ...rules.map((rule) => `the rule "${formatRule(rule)}"`),
    ...(targets.length > 0 ? [`hardware (${names})`] : []),
  ];
}

/** What the version's own training results say by class and split (docs/internals/roboflow-api.md#version). */
const IN_TRAINING_RESULTS: readonly AccuracyMetric[] = ['map50', 'map50-95', 'precision', 'recall'];

/** The rules that only an evaluation can tell of, with which the latency on Serverless comes. */
export function needingEvaluation(
  start: PlannedStart,
  { rules, targets, confidence }: Judging,
): readonly Rule[] {
  const timed = serverlessNeed(rules, targets, mayReportLatency(start.wanted.modelType)).rules;
  const evaluated = needingFigures(start, rules, confidence);
  return rules.filter((rule) => timed.includes(rule) || evaluated.includes(rule));
}

type Judging = Pick<Inputs, 'rules' | 'targets' | 'confidence'>;

/** The rules of whose figures only an evaluation can tell, however the training turns out. */
function needingFigures(
  start: PlannedStart,
  rules: readonly Rule[],
  confidence: number | undefined,
): readonly Rule[] {
  const told = toldBefore(start, rules);
  // The results of a version name no training: they are those of one that is the only one there. They are at no confidence of production.
  const hasResults = start.hasOwnResults && !isSearch(start.wanted.modelType);
  const isInResults = ({ metric }: Rule) =>
    (isCount(metric) || IN_TRAINING_RESULTS.some((each) => each === metric)) &&
    !(confidence !== undefined && isCounted(metric));
  const isFree = (rule: Rule) =>
    rule.metric === 'images' || told.includes(rule) || (hasResults && isInResults(rule));
  return rules.filter((rule) => needsDetails(rule) && !isFree(rule));
}

/** The rules that the version tells before it is trained on. */
function toldBefore({ version }: PlannedStart, rules: readonly Rule[]): readonly Rule[] {
  return version ? judgedByCounts(rules, version).map(({ rule }) => rule) : [];
}

/**
 * Throws TrainGateError, before anything is paid for, if key, plan or server tell nothing of the evaluation that a rule needs, or of the
 * comparison of models that has the latency on Serverless.
 */
export async function requireEvaluations(
  start: PlannedStart,
  { rules, targets, confidence }: Judging,
  here: InProject,
): Promise<void> {
  const { modelType } = start.wanted;
  const needing = linesOf(needingFigures(start, rules.filter(decides), confidence));
  const list = () => listEvaluations(here, { project: here.project.project }, {});
  if (needing.length > 0) refuse(needing, obstacleIn(await unlessFailed(list)));
  const need = serverlessNeed(rules, targets, mayReportLatency(modelType));
  const timed = linesOf(need.rules.filter(decides), need.targets);
  const told = linesOf(need.rules.filter((rule) => !decides(rule)));
  // Of a new one that of the highest.
  const version = start.version ?? start.versions[0];
  if (version !== undefined && timed.length + told.length > 0) {
    const compare = () => getComparison(here, version.number, {});
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
