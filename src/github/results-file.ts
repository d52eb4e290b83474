import type { RuleResult } from '../gate/decide.ts';
import { ACCURACY_METRICS } from '../gate/metric.ts';
import type { Model } from '../gate/model.ts';
import type { PickResult } from '../gate/picks.ts';
import { formatRule } from '../gate/rules.ts';
import { baselineModel, type Conclusion, type Judged, type TrainingFacts } from '../report/conclusion.ts';
import { reasonsAgainst, whyUnknown } from '../report/text/reasons.ts';
import { outcomeOf, pickFields, weightsFields } from './outputs.ts';

/** A value in the file. Not `undefined`: a key with it would be left out of the file. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The text of the results file: everything that is known about the training, with figures that are not rounded. It
 * always has the same keys; a value that does not exist is null or empty. It is a contract: if a key gets another name
 * or meaning, `schemaVersion` goes up.
 */
export function resultsFile(conclusion: Conclusion, training: TrainingFacts | undefined): string {
  const judged = conclusion.kind === 'judged' ? conclusion : undefined;
  const content: Json = {
    schemaVersion: 1,
    outcome: outcomeOf(conclusion),
    run: training === undefined ? null : trainingFields(training),
    reasons: reasonsOf(conclusion),
    headline: judged?.verdict.headline?.id ?? null,
    baseline: judged === undefined ? null : baselineFields(judged),
    rules: judged?.verdict.rules.map(ruleFields) ?? [],
    picks: judged?.verdict.picks.map(pickResultFields) ?? [],
    models: judged?.models.map(modelFields) ?? [],
    weights: weightsFields(conclusion),
    starred: judged?.stars?.starred ?? [],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function trainingFields(training: TrainingFacts): Json {
  return {
    workspace: training.workspace,
    project: training.project,
    version: training.version ?? null,
    jobId: training.jobId,
    trainingId: training.trainingId ?? null,
    modelType: training.modelType ?? null,
    status: training.status,
    inFlight: training.inFlight,
    origin: training.origin,
    route: training.route,
    queuedMs: training.queuedMs ?? null,
    trainedMs: training.trainedMs ?? null,
    url: training.url ?? null,
    source: training.source ?? null,
  };
}

/** Why the outcome is what it is, one sentence per reason. None if the training passed or was only started. */
function reasonsOf(conclusion: Conclusion): readonly string[] {
  switch (conclusion.kind) {
    case 'judged':
      return reasonsAgainst(conclusion);
    case 'undecided':
      return [conclusion.reason, ...conclusion.details];
    case 'skipped':
      return [conclusion.reason];
    case 'started':
    case 'checked':
      return [];
  }
}

/** The training that rules compare with, or why there is none. Null if the workflow sets no baseline. */
function baselineFields(judged: Judged): Json {
  const { baseline } = judged;
  switch (baseline.kind) {
    case 'none':
      return null;
    case 'missing':
    case 'skipped':
      return { kind: 'missing', reason: baseline.reason };
    case 'training':
      // The file's word for it, which its contract fixes.
      return { kind: 'run', version: baseline.version, headline: baselineModel(judged)?.id ?? null };
  }
}

function ruleFields(result: RuleResult): Json {
  const { rule } = result;
  return {
    rule: formatRule(rule),
    severity: rule.severity,
    metric: rule.metric,
    hardware: result.hardware ?? rule.hardware ?? null,
    comparison: rule.comparison,
    state: result.state,
    modelId: result.modelId ?? null,
    value: result.value ?? null,
    bound: result.bound ?? null,
    margin: result.state === 'unknown' ? null : result.margin,
    baseline: result.baseline ?? null,
    reason: result.state === 'unknown' ? whyUnknown(result.why) : null,
  };
}

function pickResultFields(result: PickResult): Json {
  if (result.kind === 'pick') {
    const { hardware, budgetMs } = result.pick;
    return { kind: 'pick', hardware, budgetMs: budgetMs ?? null, ...pickFields(result.pick) };
  }
  const { hardware, budgetMs, reason, measured } = result;
  const fastestMs = result.reason === 'over-budget' ? result.fastestMs : null;
  return { kind: 'missing', hardware, budgetMs: budgetMs ?? null, reason, fastestMs, measured };
}

function modelFields(model: Model): Json {
  return {
    id: model.id,
    type: model.type ?? null,
    family: model.family ?? null,
    finished: model.finished,
    metrics: Object.fromEntries(
      ACCURACY_METRICS.flatMap((name) => {
        const value = model.metrics.get(name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
    latencyMs: Object.fromEntries(model.latencyMs),
    unreadable: model.unreadable.map(({ name, raw }) => ({ name, raw })),
  };
}
