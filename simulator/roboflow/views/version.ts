import { createRandom, round, seedOf } from '../../lib/random.ts';
import { failureReason, keptWeights, type SimulatedTraining, stateOf } from '../world/training.ts';
import { builtFormats, isGenerated, type SimulatedVersion } from '../world/versions.ts';
import type { World } from '../world/world.ts';
import { metricsInVersion, trainResults } from './train-results.ts';
import { resultsStatus } from './words.ts';

/** `version` as `GET /:w/:p/:v` shows it (docs/internals/roboflow-api.md#version). */
export function versionView(world: World, version: SimulatedVersion): Record<string, unknown> {
  const nowMs = world.now();
  const newest = world.trainingsOf(version.spec.number).at(-1);
  return {
    ...staticView(world, version),
    progress: generationProgress(version, nowMs),
    models: newest === undefined ? {} : epochsView(newest, nowMs),
    ...(newest !== undefined && trainView(world, newest)),
  };
}

/** The same in the project's list: without live progress (docs/internals/roboflow-api.md#project-generate-and-export). */
export function versionEntry(world: World, version: SimulatedVersion): Record<string, unknown> {
  const newest = world.trainingsOf(version.spec.number).at(-1);
  return {
    ...staticView(world, version),
    models: {},
    ...(newest !== undefined && trainView(world, newest)),
  };
}

function staticView(world: World, version: SimulatedVersion): Record<string, unknown> {
  const { scenario } = world;
  const { spec } = version;
  const nowMs = world.now();
  const generated = isGenerated(version, nowMs);
  return {
    id: `${scenario.workspace}/${scenario.project}/${spec.number}`,
    name: spec.name,
    created: round(version.createdAtMs / 1000, 3),
    images: generated ? spec.images : 0,
    splits: spec.splits,
    generating: nowMs < version.readyAtMs,
    preprocessing: spec.preprocessing,
    augmentation: spec.augmentation,
    exports: builtFormats(version, nowMs),
    classes: spec.classes ?? Object.keys(scenario.classes),
  };
}

function generationProgress(version: SimulatedVersion, nowMs: number): number | null {
  if (nowMs >= version.readyAtMs) return 1;
  const whole = version.spec.generatingMs ?? 0;
  // Right after the request the server does not yet know, and says null.
  const done = round(1 - (version.readyAtMs - nowMs) / whole, 3);
  return done === 0 ? null : done;
}

/** `models["roboflow-train"].epochs`, once training itself runs; all values are texts (docs/internals/roboflow-api.md#version). */
function epochsView(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const { phase, progress } = stateOf(training, nowMs);
  if (phase === 'queued' || phase === 'warming' || progress === 0) return {};
  const whole = training.requested.epochs ?? 60;
  const count = Math.floor(whole * progress);
  const random = createRandom(seedOf(training.id));
  const epochs = Array.from({ length: count }, (_, index) => {
    const learned = 1 - Math.exp((-4 * (index + 1)) / whole);
    const noise = random.between(-0.01, 0.01);
    return {
      epoch: String(index + 1),
      mAP: Math.max(0, 0.83 * learned + noise).toFixed(4),
      mAP_50_95: Math.max(0, 0.61 * learned + noise).toFixed(4),
      precision: Math.max(0, 0.86 * learned + noise).toFixed(4),
      recall: Math.max(0, 0.8 * learned + noise).toFixed(4),
      box_loss: (0.09 - 0.06 * learned).toFixed(5),
      obj_loss: (0.05 - 0.03 * learned).toFixed(5),
      class_loss: (0.03 - 0.02 * learned).toFixed(5),
    };
  });
  return { 'roboflow-train': { epochs } };
}

/** `train`, and on a one-model version also its `model`. */
function trainView(world: World, training: SimulatedTraining): Record<string, unknown> {
  const nowMs = world.now();
  const reason = failureReason(training, nowMs);
  const kept = keptWeights(training, nowMs);
  const train = {
    status: resultsStatus(training, nowMs),
    ...(training.stopRequestedAtMs !== undefined && { requestedStop: true }),
    ...(reason !== null && { error: reason }),
    ...(kept && { results: trainResults(world, training) }),
  };
  return { train, ...(training.kind === 'smpv' && kept && { model: versionModel(training, nowMs) }) };
}

/**
 * `version.model`. `map`, `recall` and `precision` are texts in percent, dates epoch seconds with a fraction, of which one is
 * a text: both forms have been seen (docs/internals/roboflow-api.md#version, #metrics).
 */
function versionModel(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const metrics = metricsInVersion(training, nowMs);
  const id = `${training.project}/${training.version}`;
  const { endedAtMs = nowMs } = stateOf(training, nowMs);
  return {
    id,
    endpoint: `https://detect.example/${id}`,
    start: (training.createdAtMs / 1000).toFixed(3),
    end: round(endedAtMs / 1000, 3),
    fromScratch: training.requested.checkpoint === undefined,
    tfjs: false,
    oak: false,
    ...(metrics !== null && {
      map: text(metrics.map50),
      recall: text(metrics.recall),
      precision: text(metrics.precision),
    }),
  };
}

function text(value: unknown): string {
  return value === undefined ? '' : String(value);
}
