import { createRandom, round, seedOf } from '../../lib/random.ts';
import { failureReason, inFlight, metricsReady, type SimulatedTraining, stateOf } from '../world/training.ts';
import { builtFormats, isGenerated, type SimulatedVersion } from '../world/versions.ts';
import type { World } from '../world/world.ts';
import { modelsShown } from './models.ts';
import { resultsStatus } from './words.ts';

/** `version` as `GET /:w/:p/:v` shows it (reference 2.6). */
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

/** The same in the project's list: without live progress (reference 2.7). */
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
    created: Math.floor(version.createdAtMs / 1000),
    images: generated ? spec.images : 0,
    splits: spec.splits,
    generating: nowMs < version.readyAtMs,
    preprocessing: spec.preprocessing,
    augmentation: spec.augmentation,
    exports: builtFormats(version, nowMs),
    classes: Object.keys(scenario.classes),
  };
}

function generationProgress(version: SimulatedVersion, nowMs: number): number | null {
  if (nowMs >= version.readyAtMs) return 1;
  const whole = version.spec.generatingMs ?? 0;
  // Right after the request the server does not yet know, and says null.
  const done = round(1 - (version.readyAtMs - nowMs) / whole, 3);
  return done === 0 ? null : done;
}

/** `models["roboflow-train"].epochs`, once training has begun; all values are strings (reference 2.6). */
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

/** `train`, and on an SMPV version the legacy single `model`. */
function trainView(world: World, training: SimulatedTraining): Record<string, unknown> {
  const nowMs = world.now();
  const reason = failureReason(training, nowMs);
  const { end } = stateOf(training, nowMs);
  const kept = end === 'complete' || end === 'stopped';
  const train = {
    status: resultsStatus(training, nowMs),
    ...(training.stopRequestedAtMs !== undefined && { requestedStop: true }),
    ...(reason !== null && { error: reason }),
    ...(kept && { results: trainResults(world, training) }),
  };
  const model =
    training.kind === 'smpv' && !inFlight(training, nowMs) && kept ? legacyModel(training, nowMs) : null;
  return { train, ...(model !== null && { model }) };
}

/** `{class_map:{<split>:[...]}}`, values as strings; empty where this place shows no metrics. */
function trainResults(world: World, training: SimulatedTraining): Record<string, unknown> {
  const metrics = shownMetrics(training, world.now());
  if (metrics === null) return {};
  const { classes } = world.scenario;
  const total = Object.values(classes).reduce((sum, count) => sum + count, 0);
  const rows: [string, number][] = [['all', total], ...Object.entries(classes)];
  const { spec } = world.version(training.version);
  return {
    class_map: {
      valid: rows.map(([label, targets]) => ({
        class: label,
        images: String(spec.splits.valid),
        targets: String(targets),
        precision: text(metrics.precision),
        recall: text(metrics.recall),
        map50: text(metrics.map50),
        map95: text(metrics.map5095),
      })),
    },
  };
}

/** `version.model`; `map`, `recall` and `precision` are strings in percent (reference 2.6, section 5). */
function legacyModel(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const metrics = shownMetrics(training, nowMs);
  const id = `${training.project}/${training.version}`;
  return {
    id,
    endpoint: `https://detect.example/${id}`,
    start: training.createdAtMs,
    end: stateOf(training, nowMs).endedAtMs,
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

function shownMetrics(training: SimulatedTraining, nowMs: number): Readonly<Record<string, unknown>> | null {
  if (!metricsReady(training, nowMs)) return null;
  return modelsShown(training, 'version', nowMs)[0]?.metrics ?? null;
}

function text(value: unknown): string {
  return value === undefined ? '' : String(value);
}
