import type { RuleResult } from '../gate/decide.ts';
import { ACCURACY_METRICS } from '../gate/metric.ts';
import type { Model } from '../gate/model.ts';
import type { PickResult } from '../gate/picks.ts';
import { formatRule } from '../gate/rules.ts';
import { baselineModel, type Conclusion, type Judged, type TrainingFacts } from '../report/conclusion.ts';
import { reasonsAgainst, whyUnknown } from '../report/text/reasons.ts';
import { outcomeOf, pickFields } from './outputs.ts';

/** One value of the file. There is no `undefined` among them, so that no key ever vanishes. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The results file: everything that is known of the run, with exact figures. It has the same keys whatever became of the
 * run; what there is not is null or empty. A contract: where a key changes its name or meaning, `schemaVersion` rises.
 */
export function resultsFile(conclusion: Conclusion, run: TrainingFacts | undefined): string {
  const judged = conclusion.kind === 'judged' ? conclusion : undefined;
  const content: Json = {
    schemaVersion: 1,
    outcome: outcomeOf(conclusion),
    run: run === undefined ? null : runFields(run),
    reasons: reasonsOf(conclusion),
    headline: judged?.verdict.headline?.id ?? null,
    baseline: judged === undefined ? null : baselineFields(judged),
    rules: judged?.verdict.rules.map(ruleFields) ?? [],
    picks: judged?.verdict.picks.map(pickResultFields) ?? [],
    models: judged?.models.map(modelFields) ?? [],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function runFields(run: TrainingFacts): Json {
  return {
    workspace: run.workspace,
    project: run.project,
    version: run.version ?? null,
    jobId: run.jobId,
    trainingId: run.trainingId ?? null,
    modelType: run.modelType ?? null,
    status: run.status,
    inFlight: run.inFlight,
    origin: run.origin,
    route: run.route,
    queuedMs: run.queuedMs ?? null,
    trainedMs: run.trainedMs ?? null,
    url: run.url ?? null,
    source: run.source ?? null,
  };
}

/** Why the outcome is what it is, a sentence each; none where the run passed or was only started. */
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

/** The run that was compared with, or why there is none; null where none was asked for. */
function baselineFields(judged: Judged): Json {
  const { baseline } = judged;
  switch (baseline.kind) {
    case 'none':
      return null;
    case 'missing':
      return { kind: 'missing', reason: baseline.reason };
    case 'run':
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
