import type { Split } from '../../evaluation-plan.ts';
import type { SimulatedTraining } from '../world/training.ts';
import type { World } from '../world/world.ts';
import { classesOn } from './class-figures.ts';
import { type Figures, figuresOf } from './figures.ts';
import { modelsShown } from './models.ts';

/** The metrics of the first model of a training as the version shows them, or null. */
export function metricsInVersion(
  training: SimulatedTraining,
  nowMs: number,
): Readonly<Record<string, unknown>> | null {
  return modelsShown(training, 'version', nowMs)[0]?.metrics ?? null;
}

/**
 * `version.train.results`: `{class_map:{valid,test}}`, per split a row for `all` and one for each class. All values are
 * texts, and metrics are fractions (docs/internals/roboflow-api.md#version, #metrics). Empty if this place shows no metrics.
 */
export function trainResults(world: World, training: SimulatedTraining): Record<string, unknown> {
  const metrics = metricsInVersion(training, world.now());
  if (metrics === null) return {};
  return {
    class_map: {
      valid: rowsOf(world, training, metrics, 'valid'),
      test: rowsOf(world, training, metrics, 'test'),
    },
  };
}

function rowsOf(
  world: World,
  training: SimulatedTraining,
  metrics: Readonly<Record<string, unknown>>,
  split: Split,
): Record<string, string>[] {
  const all = figuresOf(metrics, split);
  const classes = classesOn(world, training.version, split, all ?? nothing);
  const images = String(world.version(training.version).spec.splits[split]);
  const total = classes.reduce((sum, { targets }) => sum + targets, 0);
  // What is no number is shown as it came.
  const shown = (figures: Figures) => asTexts(figures, metrics.map5095 !== undefined);
  const first = all === undefined ? asTheyCame(metrics) : shown(all);
  return [
    { class: 'all', images, targets: String(total), ...first },
    ...classes.map(({ label, targets, figures }) => {
      const texts = all === undefined ? first : shown(figures ?? nothing);
      return { class: label, images, targets: String(targets), ...texts };
    }),
  ];
}

const nothing: Figures = { precision: 0, recall: 0, map50: 0, map5095: 0 };

function asTexts(
  { precision, recall, map50, map5095 }: Figures,
  withMap5095: boolean,
): Record<string, string> {
  return {
    precision: String(precision),
    recall: String(recall),
    map50: String(map50),
    ...(withMap5095 && { map95: String(map5095) }),
  };
}

function asTheyCame(metrics: Readonly<Record<string, unknown>>): Record<string, string> {
  const text = (value: unknown) => (value === undefined ? '' : String(value));
  return {
    precision: text(metrics.precision),
    recall: text(metrics.recall),
    map50: text(metrics.map50),
    map95: text(metrics.map5095),
  };
}
