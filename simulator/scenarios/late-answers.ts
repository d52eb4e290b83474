import type { Lag, Scenario } from '../scenario.ts';
import { base, fineTunePlan, goodMetrics, second } from './base.ts';
import { nas } from './nas.ts';

/** The search of today. The models that come late are the most accurate ones. */
function lateSearch(name: string, summary: string, lag: Lag): Scenario {
  return { ...nas, name, summary, plan: { ...nas.plan, lag } };
}

export const modelsLate = lateSearch(
  'models-late',
  'A search that lists 40 of its 76 models at first, and all of them 100 s after its end.',
  { models: { listed: 40, forMs: 100 * second } },
);

export const childMetricsLate = lateSearch(
  'child-metrics-late',
  'A search of whose models 30 have metrics at first, and the others get theirs 100 s after its end.',
  { metrics: { measured: 30, forMs: 100 * second } },
);

export const childMetricsNever = lateSearch(
  'child-metrics-never',
  'A search of whose models 30 have metrics, and the others never get any.',
  { metrics: { measured: 30, forMs: Number.POSITIVE_INFINITY } },
);

export const bundleRunning: Scenario = {
  ...base,
  name: 'bundle-running',
  summary: 'A v2 training that shows as finished once, and then as running without models for 90 s more.',
  routes: 'trainings',
  plan: { ...fineTunePlan(goodMetrics), lag: { bundleMs: 90 * second } },
};

export const bundleEmpty: Scenario = {
  ...base,
  name: 'bundle-empty',
  summary: 'A v2 training that is finished, and whose model is listed 90 s later.',
  routes: 'trainings',
  plan: { ...fineTunePlan(goodMetrics), lag: { models: { listed: 0, forMs: 90 * second } } },
};
