import { classNamed } from '../../gate/class-named.ts';
import type { AccuracyMetric } from '../../gate/metric.ts';
import { unjudgedTargets } from '../../gate/picks.ts';
import { decides, formatRule, isOnDetails, type Rule } from '../../gate/rules.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Log } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { listed } from '../../lib/fit-text.ts';
import { nearestChoice } from '../../lib/suggest.ts';
import { PLAIN } from '../../report/markdown/voice.ts';
import { lackWords } from '../../report/words/evaluation-lack.ts';
import { unjudgedWords } from '../../report/words/words.ts';
import { listEvaluations } from '../../roboflow/endpoints/evaluations.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { ApiError, obstacleOf } from '../../roboflow/http/failure.ts';
import { unlessFailed } from '../../roboflow/http/outcome.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { hasDownload, isEvaluated, isSearch, mayReportLatency } from '../../training/model-type.ts';

/**
 * A rule that can never be judged would be paid for in vain. So is one on latency or a hardware with a fine-tune, and one on
 * figures that only an evaluation has with a model type that Roboflow does not evaluate.
 * @throws TrainGateError that names the rules
 */
export function requireJudgeable(modelType: string, { rules, targets }: Inputs): void {
  const binding = rules.filter(decides);
  if (!mayReportLatency(modelType)) refuseLatency(modelType, binding, targets);
  if (!isEvaluated(modelType)) refuseEvaluation(modelType, binding);
}

function refuseLatency(modelType: string, rules: readonly Rule[], targets: Inputs['targets']): void {
  const lines = [
    ...rules
      .filter(({ metric, hardware }) => metric === 'latency' || hardware !== undefined)
      .map((rule) => `the rule "${formatRule(rule)}"`),
    ...(targets.length > 0 ? [`hardware (${targets.map(({ hardware }) => hardware).join(', ')})`] : []),
  ];
  if (lines.length === 0) return;
  throw new TrainGateError(
    `${modelType} is a fine-tune, and Roboflow reports latency and hardware only for an architecture search. So ${lines.join(' and ')} could not be judged, and nothing was started.`,
    {
      hint: 'Leave that out, put "warn:" before such a rule, or train a search, such as rfdetr-nas-parent.',
    },
  );
}

/** What the version's own training results say by class and split (docs/roboflow-api.md#version). */
const IN_TRAINING_RESULTS: readonly AccuracyMetric[] = ['map50', 'map50-95', 'precision', 'recall'];

function refuseEvaluation(modelType: string, rules: readonly Rule[]): void {
  const lines = rules
    .filter((rule) => isOnDetails(rule) && !IN_TRAINING_RESULTS.some((metric) => metric === rule.metric))
    .map((rule) => `"${formatRule(rule)}"`);
  if (lines.length === 0) return;
  throw new TrainGateError(
    `Roboflow makes no evaluation of a ${modelType}, so ${lines.join(' and ')} could not be judged, and nothing was started.`,
    {
      hint: `Leave that out, put "warn:" before it, or write a rule on ${IN_TRAINING_RESULTS.join(', ')}, which the training itself reports by class and split.`,
    },
  );
}

/** The results of a version name no training: they are those of one that is the only one there (`hasOwnResults`). */
interface ToTrain {
  readonly modelType: string;
  readonly hasOwnResults: boolean;
}

/** Whether only an evaluation can tell what the rule judges, however the training turns out. */
function needsEvaluation(rule: Rule, { modelType, hasOwnResults }: ToTrain): boolean {
  const { metric } = rule;
  const isFree = hasOwnResults && !isSearch(modelType) && IN_TRAINING_RESULTS.some((each) => each === metric);
  return isOnDetails(rule) && !isFree;
}

/** Throws TrainGateError, before anything is paid for, if the key or plan may not read the evaluation that a rule needs. */
export async function requireEvaluations(
  start: ToTrain,
  rules: readonly Rule[],
  here: InProject,
): Promise<void> {
  const needing = rules.filter((rule) => decides(rule) && needsEvaluation(rule, start));
  if (needing.length === 0) return;
  const names = needing.map((rule) => `"${formatRule(rule)}"`).join(' and ');
  const read = await unlessFailed(() => listEvaluations(here, { project: here.project.project }, {}));
  const obstacle = read instanceof ApiError ? obstacleOf(read) : undefined;
  if (read instanceof ApiError && (obstacle === 'not-allowed' || obstacle === 'not-in-plan')) {
    const { reason, cure } = lackWords({ kind: 'unread', obstacle, error: read });
    throw new TrainGateError(`${names} could not be judged: ${reason}. Nothing was started.`, {
      hint: `To judge by that, ${cure}; else leave such rules out, or put "warn:" before them.`,
      cause: read,
    });
  }
  if (isSearch(start.modelType))
    here.log.warning(
      `Of a search Roboflow evaluates by itself only models that it recommends, so ${names} may end undecided. Start an evaluation of the others on Roboflow.`,
    );
}

/** Throws TrainGateError, with what to use instead, if Roboflow gives away no weights of this model type. */
export function requireDownload(modelType: string): void {
  if (hasDownload(modelType)) return;
  throw new TrainGateError(
    `Roboflow gives away no weights of ${modelType}: those of architecture searches and of SAM3 cannot be downloaded.`,
    {
      hint: 'Leave weights out. Roboflow Inference runs such a model by its id, which is in the outputs model-id and picks; "star: true" has the picks of a search compiled for their hardware.',
    },
  );
}

/** No rule may miss what ships. */
export function warnOfUnjudged({ rules, targets }: Pick<Inputs, 'rules' | 'targets'>, log: Log): void {
  const unjudged = unjudgedTargets(rules, targets);
  const [first] = unjudged;
  if (first === undefined) return;
  log.warning(`${unjudgedWords(unjudged, PLAIN)} Add a rule that does, such as "map50-95@${first} >= 50".`);
}

/** Whether a rule names a class. */
export function namesClasses(rules: readonly Rule[]): boolean {
  return rules.some(({ ofClass }) => ofClass?.kind === 'one');
}

/** A class that the version does not have is refused with the nearest one, as a typing slip; one that only warns is told of. */
export function requireKnownClasses(
  rules: readonly Rule[],
  { number, classes }: VersionBody,
  log: Log,
): void {
  // What it does not tell is only known after the training.
  if (classes.length === 0) return;
  for (const rule of rules) {
    if (rule.ofClass?.kind !== 'one') continue;
    const { name } = rule.ofClass;
    if (classNamed(name, classes) !== undefined) continue;
    const message = `The rule "${formatRule(rule)}" names the class "${name}", which version ${number} does not have.`;
    const choice = nearestChoice(name, classes);
    const nearest = choice === undefined ? '' : `Did you mean "${choice}"? `;
    const hint = `${nearest}Its classes are: ${listed(classes, 30)}.`;
    if (decides(rule)) throw new TrainGateError(`${message} Nothing was started.`, { hint });
    log.warning(`${message} ${hint}`);
  }
}
