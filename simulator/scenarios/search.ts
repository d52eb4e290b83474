import { createRandom, type Random, round, seedOf } from '../lib/random.ts';
import type { SimulatedModel, TrainingIdentity } from '../scenario.ts';

/** An invented candidate of an architecture search before it is written in one of the two shapes. */
export interface Candidate {
  readonly slug: string;
  readonly name: string;
  readonly modelType: string;
  readonly family: 'child' | 'baseline';
  readonly map50: number;
  readonly map5095: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Milliseconds on the fastest hardware; the others are multiples. */
  readonly baseLatency: number;
}

const stockModels = [
  { modelType: 'rfdetr-nano', size: 0.12 },
  { modelType: 'rfdetr-small', size: 0.34 },
  { modelType: 'rfdetr-medium', size: 0.55 },
] as const;

/** Invents a search: slower models are more accurate, with exceptions. */
export function searchCandidates(training: TrainingIdentity, children: number): Candidate[] {
  const random = createRandom(seedOf(`${training.project} ${training.version} ${training.modelType}`));
  // The numbers follow from the data, the names from the training: a second training of a version has models of its own.
  const names = createRandom(seedOf(training.id));
  const stock = stockModels.map(({ modelType, size }) => ({
    ...measure(random, size, 3),
    slug: `${training.project}-${training.version}-${modelType}-stock-${names.hex(4)}`,
    name: `${modelType} (stock)`,
    modelType,
    family: 'baseline' as const,
  }));
  const mined = Array.from({ length: children }, (_, index) => ({
    ...measure(random, (index + random.next()) / children, 0),
    slug: `${training.project}-${training.version}-nas-gpu-${names.hex(6)}`,
    name: `${training.project} NAS ${index + 1}`,
    modelType: 'rfdetr-nas',
    family: 'child' as const,
  }));
  return [...mined, ...stock];
}

/** The candidates that no other beats on accuracy and latency at the same time. */
export function paretoFront(
  candidates: readonly Candidate[],
  accuracy: (one: Candidate) => number,
  latency: (one: Candidate) => number,
): Candidate[] {
  return candidates.filter((one) =>
    candidates.every(
      (other) => other === one || accuracy(other) < accuracy(one) || latency(other) > latency(one),
    ),
  );
}

/** A candidate as a model, with these metrics. */
export function minedModel(
  training: TrainingIdentity,
  candidate: Candidate,
  metrics: Readonly<Record<string, unknown>> | null,
): SimulatedModel {
  const id = `${training.workspace}/${candidate.slug}`;
  return {
    modelId: id,
    url: id,
    name: candidate.name,
    modelType: candidate.modelType,
    status: 'finished',
    nasFamily: candidate.family,
    metrics,
  };
}

/** The accuracy part of a candidate's metrics, spelled as models spell it (docs/internals/roboflow-api.md#architecture-searches). */
export function accuracyMetrics(candidate: Candidate): Record<string, unknown> {
  const { map50, map5095, precision, recall, f1 } = candidate;
  return { map50, map5095, precision, recall, f1 };
}

type Measured = Pick<Candidate, 'map50' | 'map5095' | 'precision' | 'recall' | 'f1' | 'baseLatency'>;

/** `size` 0..1; `handicap` percentage points that a stock model lies below a mined one. */
function measure(random: Random, size: number, handicap: number): Measured {
  const map5095 = 53.5 + 23.5 * (1 - Math.exp(-3.1 * size)) - handicap + random.between(-1.3, 1.1);
  const map50 = map5095 + 17.5 - 5 * size + random.between(-0.8, 0.8);
  const precision = map50 + random.between(0.5, 4.5);
  const recall = map50 - random.between(1.5, 6);
  return {
    map50: round(map50, 2),
    map5095: round(map5095, 2),
    precision: round(precision, 2),
    recall: round(recall, 2),
    f1: round((2 * precision * recall) / (precision + recall), 2),
    baseLatency: round(1.4 + 10.5 * size ** 1.35 + random.between(-0.12, 0.35), 2),
  };
}
