import {
  candidatesOf,
  hardwareKey,
  isServerless,
  latencyOn,
  type Model,
  measuredHardware,
  sameHardware,
  trainedHardware,
} from './model.ts';
import { mostAccurate } from './rank.ts';
import type { Rule } from './rules.ts';
import { type EvaluationLack, isOpen } from './split-figures.ts';

/** A hardware to pick a model for. With a budget, the model must not be slower than that. */
export interface HardwareTarget {
  readonly hardware: string;
  readonly budgetMs: number | undefined;
}

export type PickSource = 'budget' | 'recommended' | 'most-accurate';

/** The model to use on one hardware, and why this one. */
export interface HardwarePick extends HardwareTarget {
  readonly kind: 'pick';
  readonly model: Model;
  readonly latencyMs: number | undefined;
  readonly source: PickSource;
}

/** A target without a pick, every hardware of its kind that was measured, and what keeps its latency away, for the message. */
export type MissingPick = WhyMissing & {
  readonly kind: 'missing';
  readonly hardware: string;
  readonly measured: readonly string[];
  readonly lack?: EvaluationLack | undefined;
};

/** No model was measured there, or none is within the budget, or none of those within it reports a ranking metric. */
type WhyMissing =
  | { readonly reason: 'not-measured' | 'no-metric'; readonly budgetMs: number | undefined }
  | { readonly reason: 'over-budget'; readonly budgetMs: number; readonly fastestMs: number };

export type PickResult = HardwarePick | MissingPick;

/** The models of a training, and which model the API recommends for each hardware. */
export interface ModelResults {
  readonly models: readonly Model[];
  /** Hardware -> model id. Empty if the API recommends nothing. */
  readonly recommended: ReadonlyMap<string, string>;
}

/** All of them together; where several recommend a model for one hardware, that of the first counts. */
export function unionOf(all: readonly ModelResults[]): ModelResults {
  const recommended = new Map<string, string>();
  for (const results of all) {
    const earlier = new Set([...recommended.keys()].map(hardwareKey));
    for (const [hardware, modelId] of results.recommended)
      if (!earlier.has(hardwareKey(hardware))) recommended.set(hardware, modelId);
  }
  return { models: all.flatMap(({ models }) => models), recommended };
}

/** The same with the model that stands for all of them; undefined if none can. */
export interface WithHeadline extends ModelResults {
  readonly headline: Model | undefined;
  /** Where a latency without a hardware is judged: every hardware that the training measured; if none, that of its evaluation. */
  readonly hardware: readonly string[];
}

/** `results` with the model that stands for all. */
export function headedBy<Results extends ModelResults>(
  headline: Model | undefined,
  results: Results,
): Results & WithHeadline {
  const candidates = candidatesOf(results.models);
  const trained = trainedHardware(candidates);
  return { ...results, headline, hardware: trained.length > 0 ? trained : measuredHardware(candidates) };
}

/**
 * Targets where the workflow names none: every hardware with a recommendation; else every one that the training measured. What it
 * did not measure itself only if one of `rules` names it.
 */
export function defaultTargets(
  { models, recommended }: ModelResults,
  rules: readonly Pick<Rule, 'hardware'>[],
): readonly HardwareTarget[] {
  const names = recommended.size > 0 ? [...recommended.keys()] : trainedHardware(candidatesOf(models));
  const ruled = rules.flatMap(({ hardware }) => hardware ?? []).find(isServerless);
  return [...names, ...(ruled === undefined ? [] : [ruled])].map((hardware) => ({
    hardware,
    budgetMs: undefined,
  }));
}

/** The hardware of targets that no rule judges, whatever ships there. Without any rule nothing is judged, and that is told anyway. */
export function unjudgedTargets(
  rules: readonly Rule[],
  targets: readonly HardwareTarget[],
): readonly string[] {
  const isJudged = (target: string) =>
    rules.some(({ hardware }) => hardware !== undefined && sameHardware(hardware, target));
  return rules.length === 0 ? [] : targets.map(({ hardware }) => hardware).filter((each) => !isJudged(each));
}

/**
 * The pick for `target`. With a budget: the most accurate model within it. Without: the model that the API recommends;
 * if there is none, the most accurate model that was measured there. `source` says which of these it is.
 */
export function pickFor(target: HardwareTarget, { models, recommended }: ModelResults): PickResult {
  const { hardware, budgetMs } = target;
  const measured = candidatesOf(models).flatMap((model) => {
    const ms = latencyOn(model, hardware);
    return ms === undefined ? [] : [{ model, ms }];
  });
  const lack = isServerless(hardware) ? lackOfAny(candidatesOf(models)) : undefined;
  if (budgetMs !== undefined && measured.length > 0) {
    const fastestMs = measured.reduce((least, { ms }) => Math.min(least, ms), Number.POSITIVE_INFINITY);
    if (fastestMs > budgetMs && !(lack && isOpen(lack)))
      return missing(hardware, models, { reason: 'over-budget', budgetMs, fastestMs });
  }
  const recommendation =
    budgetMs === undefined ? recommendedFor(hardware, { models, recommended }) : undefined;
  if (recommendation) return pick(target, recommendation.model, 'recommended', recommendation.hardware);

  const withinBudget = measured.filter(({ ms }) => budgetMs === undefined || ms <= budgetMs);
  const best = mostAccurate(
    withinBudget.map(({ model }) => model),
    hardware,
  );
  if (best) return pick(target, best, budgetMs === undefined ? 'most-accurate' : 'budget');
  const isMeasured = withinBudget.length > 0;
  return missing(hardware, models, { reason: isMeasured ? 'no-metric' : 'not-measured', budgetMs }, lack);
}

/** What keeps the latency of a model away, first of all what may pass. */
function lackOfAny(models: readonly Model[]): EvaluationLack | undefined {
  const lacks = models.flatMap(({ serverlessLack }) => serverlessLack ?? []);
  return lacks.find(isOpen) ?? lacks[0];
}

/** A recommendation counts only if its model can be a pick: finished, and no stock model. */
function recommendedFor(
  hardware: string,
  { models, recommended }: ModelResults,
): { readonly model: Model; readonly hardware: string } | undefined {
  for (const [name, modelId] of recommended) {
    if (!sameHardware(name, hardware)) continue;
    const model = candidatesOf(models).find(({ id }) => id === modelId);
    if (model) return { model, hardware: name };
  }
  return undefined;
}

function pick(target: HardwareTarget, model: Model, source: PickSource, spelled?: string): PickResult {
  const asMeasured = [...model.latencyMs.keys()].find((name) => sameHardware(name, target.hardware));
  return {
    kind: 'pick',
    hardware: asMeasured ?? spelled ?? target.hardware,
    model,
    latencyMs: latencyOn(model, target.hardware),
    source,
    budgetMs: target.budgetMs,
  };
}

function missing(
  hardware: string,
  models: readonly Model[],
  why: WhyMissing,
  lack?: EvaluationLack,
): PickResult {
  const measured = (isServerless(hardware) ? measuredHardware : trainedHardware)(candidatesOf(models));
  const spelled = measured.find((name) => sameHardware(name, hardware)) ?? hardware;
  return { kind: 'missing', hardware: spelled, measured, lack, ...why };
}
