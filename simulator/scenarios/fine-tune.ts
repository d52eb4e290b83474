import type { Scenario } from '../scenario.ts';
import { base, fineTunePlan, goodMetrics, minute, olderRuns } from './base.ts';

export const fineTune: Scenario = {
  ...base,
  name: 'fine-tune',
  summary: 'A fine-tune that reaches map50 84.2; training/results holds no model, the models list does.',
};

export const fineTuneShort: Scenario = {
  ...base,
  name: 'fine-tune-short',
  summary: 'The same, but it falls short with map50 73.1.',
  plan: fineTunePlan({ map50: 73.1, map5095: 49.8, precision: 79.3, recall: 68.5 }),
};

/** Versions of the older kind, where `version.model` holds the metrics as strings (reference 2.6). */
export const versionOnly: Scenario = {
  ...base,
  name: 'version-only',
  summary: 'A fine-tune on a one-model version; its metrics are in GET version and nowhere else.',
  versions: base.versions.map((version) => ({ ...version, kind: 'smpv' })),
  seeded: olderRuns.map((run) => ({ ...run, plan: { ...run.plan, shows: ['version'] } })),
  plan: { ...fineTunePlan(goodMetrics), shows: ['version'] },
};

export const noMetrics: Scenario = {
  ...base,
  name: 'no-metrics',
  summary: 'A fine-tune that finishes and never shows a metric anywhere.',
  plan: { ...fineTunePlan(null), shows: [] },
};

export const lateMetrics: Scenario = {
  ...base,
  name: 'late-metrics',
  summary: 'A fine-tune whose metrics appear one minute after it has finished.',
  plan: { ...fineTunePlan(goodMetrics), metricsDelayMs: minute },
};
