import type {
  Scenario,
  SeededTraining,
  SimulatedModel,
  TrainingIdentity,
  TrainingPlan,
  VersionSpec,
} from '../scenario.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The numbers that a fine-tune reports, in percent (docs/internals/roboflow-api.md#metrics). */
export interface FineTuneMetrics {
  readonly map50: number;
  readonly map5095: number;
  readonly precision: number;
  readonly recall: number;
}

/** The one model of a fine-tune. Its id and url follow the kind of its version (docs/internals/roboflow-api.md#words-and-ids). */
function fineTunedModel(training: TrainingIdentity, metrics: FineTuneMetrics | null): SimulatedModel {
  const { workspace, project, version, modelType, kind } = training;
  const slug = `${project}-${version}-${modelType}-${training.id.slice(0, 4)}`;
  return {
    modelId: kind === 'smpv' ? `${project}/${version}` : `${workspace}/${slug}`,
    url: kind === 'smpv' ? `${workspace}/${project}/${version}` : `${workspace}/${slug}`,
    name: `${project} ${version} ${modelType}`,
    modelType,
    status: 'finished',
    metrics: metrics === null ? null : { ...metrics },
  };
}

/** Two minutes of queue, 70 of training, then these metrics in every place that shows those of a fine-tune. */
export function fineTunePlan(metrics: FineTuneMetrics | null): TrainingPlan {
  return {
    queueMs: 2 * minute,
    trainMs: 70 * minute,
    end: 'complete',
    refundWindowMs: 10 * minute,
    stopMs: 2 * minute,
    shows: ['trainings', 'models', 'version'],
    results: (training) => [fineTunedModel(training, metrics)],
  };
}

/** Metrics with which the named scenarios pass. */
export const goodMetrics: FineTuneMetrics = { map50: 84.2, map5095: 61.7, precision: 88.4, recall: 79.6 };

/** A version exported for RF-DETR, of the size and age that its number suggests. */
export function versionSpec(number: number, changes: Partial<VersionSpec> = {}): VersionSpec {
  const images = 1200 + number * 180;
  const valid = Math.round(images * 0.15);
  const test = Math.round(images * 0.08);
  return {
    number,
    name: `v${number} site cameras`,
    ageMs: (8 - number) * 21 * day + day,
    kind: 'mmpv',
    images,
    splits: { train: images - valid - test, valid, test },
    exports: ['coco'],
    preprocessing: { 'auto-orient': { enabled: true }, resize: { width: 512, height: 512, format: 'Fit' } },
    augmentation: { flip: { horizontal: true, vertical: false }, image: { versions: 2 } },
    ...changes,
  };
}

const olderMetrics: FineTuneMetrics = { map50: 80.9, map5095: 58.3, precision: 85.7, recall: 76.2 };
const oldestMetrics: FineTuneMetrics = { map50: 77.5, map5095: 54.9, precision: 82.1, recall: 73.8 };

/** Finished trainings on versions 5 and 6 and a failed one on 4. Version 7, the newest, has no training yet. */
export const olderTrainings: readonly SeededTraining[] = [
  {
    version: 4,
    modelType: 'rfdetr-nano',
    agoMs: 70 * day,
    plan: {
      ...fineTunePlan(null),
      end: 'failed',
      endsAt: 0.2,
      failureReason: 'The training machine was lost.',
    },
  },
  { version: 5, modelType: 'rfdetr-nano', agoMs: 45 * day, plan: fineTunePlan(oldestMetrics) },
  { version: 6, modelType: 'rfdetr-nano', agoMs: 20 * day, plan: fineTunePlan(olderMetrics) },
];

/** A detection project with four versions: what the named scenarios have in common. */
export const base: Scenario = {
  name: 'base',
  summary: 'An object detection project whose fine-tune passes.',
  workspace: 'acme',
  project: 'hard-hats',
  projectType: 'object-detection',
  classes: { helmet: 5210, 'no-helmet': 1834, vest: 3977 },
  versions: [4, 5, 6, 7].map((number) => versionSpec(number)),
  seeded: olderTrainings,
  plan: fineTunePlan(goodMetrics),
  modelTypes: [
    'rfdetr-nano',
    'rfdetr-small',
    'rfdetr-medium',
    'rfdetr-base',
    'rfdetr-nas-parent',
    'rfdetr-nas-pecoret-parent',
    'rfdetr-nas-base-parent',
    'yolov11n',
    'yolov11s',
  ],
  defaultModelType: 'rfdetr-base',
  generateMs: 90_000,
  exportMs: 45_000,
};
