import type { PastTraining } from '../gate/baseline.ts';
import type { Model } from '../gate/model.ts';
import type { PickResult } from '../gate/picks.ts';
import { isBinding, isSkipped, type RuleResult } from '../gate/rule-result.ts';
import { formatRule } from '../gate/rules.ts';
import { earlierOf } from '../report/against.ts';
import type { ComparedTraining } from '../report/compared-trainings.ts';
import { type Conclusion, comparisonOf, type Judged } from '../report/conclusion.ts';
import type { EvaluationFindings } from '../report/evaluation-findings.ts';
import type { TrainingFacts } from '../report/training-facts.ts';
import { lackClause } from '../report/words/end-words.ts';
import { reasonsAgainst } from '../report/words/reasons.ts';
import { undecidedWords } from '../report/words/undecided-words.ts';
import { whyUnknown } from '../report/words/unknown-words.ts';
import { detailFields, metricFields, splitField } from './figure-fields.ts';
import { outcomeOf, pickFields, weightsFields } from './outputs.ts';

/** The text of the results file, with figures that are not rounded. It is a contract: the same keys, `schemaVersion` for changes. */
export function resultsFile(conclusion: Conclusion, training: TrainingFacts | undefined): string {
  const judged = conclusion.kind === 'judged' ? conclusion : undefined;
  const headline = judged?.verdict.headline;
  const content = {
    schemaVersion: 1,
    outcome: outcomeOf(conclusion),
    run: training && trainingFields(training),
    trainings: comparisonOf(conclusion)?.trainings.map(comparedTrainingFields) ?? [],
    reasons: reasonsOf(conclusion),
    headline: headline?.id,
    baseline: judged && baselineFields(judged),
    comparedWith: judged && comparedFields(judged),
    history:
      judged?.history?.map(({ version, metrics }) => ({ version, metrics: metricFields(metrics) })) ?? [],
    rules: judged?.verdict.rules.map(ruleFields) ?? [],
    picks: judged?.verdict.picks.map(pickResultFields) ?? [],
    models: judged?.models.map((model) => modelFields(model, headline)) ?? [],
    ...detailFields(headline?.details),
    ...evaluationFields(judged?.evaluation),
    weights: weightsFields(conclusion),
    starred: judged?.stars?.starred ?? [],
  };
  // Without a value a key would be left out.
  return `${JSON.stringify(content, (_, value: unknown) => value ?? null, 2)}\n`;
}

/** Why the outcome is what it is, one sentence per reason. None if the training passed or was only started. */
function reasonsOf(conclusion: Conclusion): readonly string[] {
  if (conclusion.kind === 'judged') return reasonsAgainst(conclusion);
  if (conclusion.kind === 'undecided') {
    const { reason, details } = undecidedWords(conclusion.why);
    return [reason, ...details];
  }
  return conclusion.kind === 'skipped' ? [conclusion.reason] : [];
}

/** All but what the report alone needs. */
function trainingFields({ datasets: _, earlier: _earlier, ...fields }: TrainingFacts) {
  return { ...fields, split: fields.split, images: fields.images };
}

function comparedTrainingFields(training: ComparedTraining) {
  const { modelType, facts, outcome, headline } = training;
  return {
    modelType,
    jobId: facts?.jobId,
    url: facts?.url,
    status: facts?.status,
    outcome,
    headline: headline?.id,
    models: training.models?.map(({ id }) => id) ?? [],
    map50: headline?.metrics.get('map50'),
    'map50-95': headline?.metrics.get('map50-95'),
    lack: lackClause(training),
  };
}

function baselineFields(judged: Judged) {
  const { baseline, verdict } = judged;
  if (baseline.kind === 'none') return undefined;
  if (baseline.kind === 'unread') return { kind: 'unread', reason: baseline.error.message };
  // The file's word for it, which its contract fixes.
  if (baseline.kind === 'training') return { kind: 'run', ...pastFields(baseline) };
  if (baseline.kind === 'itself') return { kind: 'itself', reason: 'it is the training that was judged' };
  return { kind: verdict.rules.some(isSkipped) ? 'skipped' : 'missing', reason: baseline.reason };
}

function comparedFields(judged: Judged) {
  const earlier = earlierOf(judged);
  return earlier && { ...pastFields(earlier), metrics: metricFields(earlier.results.headline?.metrics) };
}

function pastFields({ version, modelType, results }: PastTraining) {
  return { version, modelType, headline: results.headline?.id };
}

/** Of a rule on every class the weakest was judged. If there is no figure, the class is spelled as in the rule. */
function ruleFields(result: RuleResult) {
  const { rule, origin } = result;
  const { ofClass } = rule;
  return {
    rule: formatRule(rule),
    severity: rule.severity,
    metric: rule.metric,
    hardware: result.hardware ?? rule.hardware,
    class: origin?.className ?? (ofClass?.kind === 'one' ? ofClass.name : undefined),
    everyClass: ofClass?.kind === 'every',
    split: splitField(origin?.split ?? rule.split ?? (ofClass && 'valid')),
    source: origin?.source,
    leftOut: origin?.leftOut ?? [],
    comparison: rule.comparison,
    state: result.state,
    modelId: result.modelId,
    value: result.value,
    bound: result.bound,
    margin: result.state === 'unknown' ? undefined : result.margin,
    ...certaintyFields(result),
    baseline: result.baseline?.value,
    baselineVersion: result.baseline?.version,
    baselineModelType: result.baseline?.modelType,
    binding: isBinding(result),
    reason: result.state === 'unknown' ? whyUnknown(result.why) : undefined,
  };
}

/** How sure the value is, and its difference to the baseline: limits in percent, and points. */
function certaintyFields(result: RuleResult) {
  const certainty = result.state === 'unknown' ? undefined : result.certainty;
  const { n, low, high, method } = certainty?.interval ?? {};
  return { n, low, high, method, noise: certainty?.noise, difference: certainty?.difference };
}

function pickResultFields(result: PickResult) {
  if (result.kind === 'missing') {
    const { lack, ...missing } = result;
    return { ...missing, fastestMs: 'fastestMs' in missing ? missing.fastestMs : undefined };
  }
  const { kind, hardware, budgetMs } = result;
  return { kind, hardware, budgetMs, ...pickFields(result) };
}

/** What the headline model reaches by split and class stands above them all. */
function modelFields(model: Model, headline: Model | undefined) {
  const { id, type, family, finished, metrics, latencyMs, unreadable, details } = model;
  const figures = { metrics: metricFields(metrics), latencyMs: Object.fromEntries(latencyMs) };
  const own = detailFields(id === headline?.id ? undefined : details);
  return { id, type, family, finished, ...figures, unreadable, ...own };
}

function evaluationFields(evaluation: EvaluationFindings | undefined) {
  const { confidence: best, confusions } = evaluation ?? {};
  return {
    confidence: best && { value: best.threshold, f1: best.f1, split: splitField(best.split) },
    confusions: confusions && {
      split: splitField(confusions.split),
      confidence: confusions.threshold,
      pairs: confusions.pairs,
    },
  };
}
