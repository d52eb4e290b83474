import type { PastTraining } from '../src/gate/baseline.ts';
import { withHeadline } from '../src/gate/headline.ts';
import { ACCURACY_METRICS, type AccuracyMetric } from '../src/gate/metric.ts';
import type { Model } from '../src/gate/model.ts';
import { parseRules } from '../src/gate/parse-rules.ts';
import type { HardwareTarget, WithHeadline } from '../src/gate/picks.ts';
import type { Rule } from '../src/gate/rules.ts';
import type { ClassFigures, Split, SplitFigures } from '../src/gate/split-figures.ts';

type ModelParts = Partial<Omit<Model, 'metrics' | 'latencyMs'>> & {
  readonly metrics?: Metrics;
  /** Hardware to milliseconds. */
  readonly latency?: Readonly<Record<string, number>>;
};

/** A finished model without any figures except those given. */
export function model({ metrics = {}, latency = {}, ...rest }: ModelParts = {}): Model {
  return {
    id: 'acme/model',
    type: 'rfdetr-nano',
    family: undefined,
    finished: true,
    unreadable: [],
    metrics: metricMap(metrics),
    latencyMs: new Map(Object.entries(latency)),
    ...rest,
  };
}

type Metrics = Partial<Record<AccuracyMetric, number>>;

function metricMap(metrics: Metrics): ReadonlyMap<AccuracyMetric, number> {
  return new Map(
    ACCURACY_METRICS.flatMap((name) => {
      const value = metrics[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** What a model reaches on a class of which the split has `objects`. */
export function classFigures(name: string, objects: number, metrics: Metrics): ClassFigures {
  return { name, objects, hasObjects: objects > 0, metrics: metricMap(metrics) };
}

/** What a model reaches on a split, by the version's training results. */
export function splitFigures(split: Split, all: Metrics, classes: readonly ClassFigures[]): SplitFigures {
  return { split, source: 'training-results', all: metricMap(all), classes };
}

/** The one rule that `text` is. */
export function rule(text: string): Rule {
  const { rules, mistakes } = parseRules(text);
  const [only] = rules;
  if (!only || rules.length > 1 || mistakes.length > 0) throw new Error(`not one rule: ${text}`);
  return only;
}

/** Models, the most accurate of which is the headline model, and what the API recommends per hardware. */
export function modelResults(
  models: readonly Model[],
  recommended: Readonly<Record<string, string>> = {},
): WithHeadline {
  return withHeadline({ models, recommended: new Map(Object.entries(recommended)) }, []);
}

/** A training on version 6 of the type that it is compared with, which left `models`. */
export function pastTraining(
  models: readonly Model[],
  changes: Partial<PastTraining> = {},
): PastTraining & { readonly kind: 'training' } {
  return {
    kind: 'training',
    version: 6,
    modelType: 'rfdetr-nano',
    isSameType: true,
    results: modelResults(models),
    ...changes,
  };
}

/** A hardware target, with a latency budget if one is given. */
export function target(hardware: string, budgetMs?: number): HardwareTarget {
  return { hardware, budgetMs };
}
