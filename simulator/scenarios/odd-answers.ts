import type { Scenario } from '../scenario.ts';
import { base, fineTunePlan, goodMetrics, hour, minute, versionSpec } from './base.ts';
import { nasOlder } from './nas.ts';

export const bareIds: Scenario = {
  ...nasOlder,
  name: 'bare-ids',
  summary: 'A search whose training/results name models without the workspace, and v2 with it.',
  plan: { ...nasOlder.plan, odd: { resultsIdsWithoutWorkspace: true } },
  inputs: {
    'model-type': 'rfdetr-nas-parent',
    route: 'trainings',
    hardware: 'gpu',
    thresholds: 'latency@gpu <= 6 ms',
  },
};

export const untypedInFlight: Scenario = {
  ...base,
  name: 'untyped-in-flight',
  summary: 'A training is in flight already. The list of trainings does not tell its model type.',
  seeded: [
    ...base.seeded,
    {
      version: 7,
      modelType: 'rfdetr-nano',
      agoMs: 20 * minute,
      plan: { ...fineTunePlan(goodMetrics), odd: { listedWithoutType: true } },
    },
  ],
};

export const rowDatedBefore: Scenario = {
  ...base,
  name: 'row-dated-before',
  summary: 'A fine-tune whose row in the models list is dated six hours before its start.',
  plan: { ...fineTunePlan(goodMetrics), shows: ['models'], odd: { rowsDatedOffMs: -6 * hour } },
  inputs: { route: 'trainings' },
};

export const rowUntyped: Scenario = {
  ...base,
  name: 'row-untyped',
  summary: 'A fine-tune whose row in the models list does not tell its model type.',
  plan: { ...fineTunePlan(goodMetrics), shows: ['models'], odd: { rowsWithoutType: true } },
};

/** mAP50-95 is in `version.train.results` alone: `version.model` never has it. */
export const legacyMap5095: Scenario = {
  ...base,
  name: 'legacy-map50-95',
  summary: 'A fine-tune on a one-model version. Only version.train.results shows its mAP50-95, 61.7.',
  versions: [4, 5, 6, 7].map((number) => versionSpec(number, { kind: 'smpv' })),
  plan: {
    ...fineTunePlan(goodMetrics),
    shows: ['models', 'version'],
    odd: { withoutMap5095In: ['models'] },
  },
  inputs: { thresholds: 'map50-95 >= 60' },
};
