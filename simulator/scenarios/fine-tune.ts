import type { Scenario } from '../scenario.ts';
import { base, fineTunePlan, goodMetrics, minute, olderTrainings } from './base.ts';

export const fineTune: Scenario = {
  ...base,
  name: 'fine-tune',
  summary: 'A fine-tune that reaches map50 84.2; training/results has no model, the models list has it.',
  inputs: { thresholds: 'map50 >= 80\nwarn: recall >= 85\nlatency@serverless <= 60 ms' },
};

export const fineTuneShort: Scenario = {
  ...base,
  name: 'fine-tune-short',
  summary: 'A fine-tune that falls short: map50 73.1.',
  plan: fineTunePlan({ map50: 73.1, map5095: 49.8, precision: 79.3, recall: 68.5 }),
};

/** Versions of the older kind, in which `version.model` has the metrics as texts (docs/internals/roboflow-api.md#version). */
export const versionOnly: Scenario = {
  ...base,
  name: 'version-only',
  summary: 'A fine-tune on a one-model version. Only GET version shows its metrics.',
  versions: base.versions.map((version) => ({ ...version, kind: 'smpv' })),
  seeded: olderTrainings.map((training) => ({ ...training, plan: { ...training.plan, shows: ['version'] } })),
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
