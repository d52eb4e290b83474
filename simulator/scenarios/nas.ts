import { createRandom, round, seedOf } from '../lib/random.ts';
import type { Scenario, SimulatedModel, TrainingIdentity, TrainingPlan } from '../scenario.ts';
import { base, day, hour, minute, versionSpec } from './base.ts';
import { accuracyMetrics, type Candidate, minedModel, paretoFront, searchCandidates } from './search.ts';

/** How much slower than the fastest each hardware is. */
const newerHardware = [
  ['T4', 1],
  ['Jetson Orin NX', 2.3],
  ['AI1', 3.4],
] as const;

const accuracies = [
  ['map_50', (one: Candidate) => one.map50],
  ['map_50_95', (one: Candidate) => one.map5095],
] as const;

/** Four hours, the last 40 minutes of which mine the children. */
export const nasTimes: Omit<TrainingPlan, 'results'> = {
  queueMs: 2 * minute,
  trainMs: 3 * hour + 20 * minute,
  miningMs: 40 * minute,
  end: 'complete',
  refundWindowMs: 15 * minute,
  stopMs: 5 * minute,
  shows: ['results', 'trainings', 'models'],
};

const searchInputs = {
  'model-type': 'rfdetr-nas-parent',
  hardware: 't4 <= 5 ms\nJetson Orin NX',
  baseline: 'previous',
  thresholds: 'map50-95 >= baseline - 0.5\nmap50@t4 >= 75\nlatency@Jetson Orin NX <= 20 ms',
};

export const nas: Scenario = {
  ...base,
  name: 'nas',
  summary: 'An architecture search of today: 76 models, latency by hardware, no recommendedByHardware.',
  plan: { ...nasTimes, results: newerModels },
  inputs: searchInputs,
  seeded: [
    ...base.seeded,
    {
      version: 6,
      modelType: 'rfdetr-nas-parent',
      agoMs: 18 * day,
      plan: { ...nasTimes, results: newerModels },
    },
  ],
};

export const nasOlder: Scenario = {
  ...base,
  name: 'nas-older',
  summary: 'An architecture search of the older shape: latency is a number, recommendedByHardware is there.',
  versions: [4, 5, 6, 7].map((number) => versionSpec(number, { kind: 'smpv' })),
  plan: { ...nasTimes, results: olderModels, recommendedByHardware: recommended },
  inputs: { ...searchInputs, hardware: '', thresholds: 'map50-95 >= 55' },
};

const failedAt: ReadonlySet<number> = new Set([19, 57]);
const unmeasuredAt: ReadonlySet<number> = new Set([7, 23, 41, 66]);

/** 73 children and 3 stock models; two failed, four more never measured. */
function newerModels(training: TrainingIdentity): SimulatedModel[] {
  const candidates = searchCandidates(training, 73);
  const measured = candidates.map((one) => ({ one, latency: latencies(one) }));
  const children = measured.filter(
    ({ one }, index) => one.family === 'child' && !failedAt.has(index) && !unmeasuredAt.has(index),
  );
  const flagged = flaggedOf(children.map(({ one }) => one));
  const fronts = paretoFronts(children);
  return measured.map(({ one, latency }, index): SimulatedModel => {
    if (failedAt.has(index)) return { ...minedModel(training, one, null), status: 'failed' };
    if (unmeasuredAt.has(index)) return minedModel(training, one, null);
    const labels = fronts.filter(({ front }) => front.has(one)).map(({ label }) => label);
    const metrics = { ...accuracyMetrics(one), latency, paretoOptimalFor: labels };
    const model = minedModel(training, one, metrics);
    return flagged.has(one) ? { ...model, recommended: true } : model;
  });
}

/** The two with `recommended: true` are good, but not the most accurate (docs/internals/roboflow-api.md#architecture-searches). */
function flaggedOf(children: readonly Candidate[]): ReadonlySet<Candidate> {
  const front = paretoFront(
    children,
    (one) => one.map5095,
    (one) => one.baseLatency,
  ).toSorted((a, b) => a.map5095 - b.map5095);
  const places = [0.4, 0.7].map((part) => front.at(Math.floor(front.length * part)));
  return new Set(places.filter((one) => one !== undefined));
}

function latencies(one: Candidate): Record<string, number> {
  const random = createRandom(seedOf(one.slug));
  const measured = newerHardware.map(
    ([hardware, factor]) =>
      [hardware, round(one.baseLatency * factor * random.between(0.95, 1.05), 2)] as const,
  );
  return Object.fromEntries(measured);
}

/** The fronts that children can be on, with labels of the form `T4:map_50_95` (docs/internals/roboflow-api.md#architecture-searches). */
function paretoFronts(children: readonly { one: Candidate; latency: Record<string, number> }[]) {
  const slowness = new Map(children.map(({ one, latency }) => [one, latency]));
  const all = children.map(({ one }) => one);
  return newerHardware.flatMap(([hardware]) =>
    accuracies.map(([metric, accuracy]) => ({
      label: `${hardware}:${metric}`,
      front: new Set(paretoFront(all, accuracy, (one) => slowness.get(one)?.[hardware] ?? Infinity)),
    })),
  );
}

/** 21 children and 3 stock models, each measured on one hardware (docs/internals/roboflow-api.md#architecture-searches). */
function olderModels(training: TrainingIdentity): SimulatedModel[] {
  const picks = new Set(Object.values(recommended(training)));
  return olderCandidates(training).map(({ one, hardware, latency, optimal }): SimulatedModel => {
    const metrics = {
      ...accuracyMetrics(one),
      latency,
      hardware,
      paretoOptimalFor: optimal ? [hardware] : [],
    };
    const model = minedModel(training, one, metrics);
    return picks.has(model.modelId) ? { ...model, recommended: true } : model;
  });
}

/** Hardware -> model: the middle of each front (docs/internals/roboflow-api.md#training-results). */
function recommended(training: TrainingIdentity): Record<string, string> {
  const candidates = olderCandidates(training);
  const entries = ['gpu', 'jetson-orin-nano'].flatMap((hardware) => {
    const front = candidates
      .filter((candidate) => candidate.hardware === hardware && candidate.optimal)
      .toSorted((a, b) => a.latency - b.latency);
    const pick = front.at(Math.floor(front.length / 2));
    return pick === undefined ? [] : [[hardware, `${training.workspace}/${pick.one.slug}`] as const];
  });
  return Object.fromEntries(entries);
}

interface OlderCandidate {
  readonly one: Candidate;
  readonly hardware: string;
  readonly latency: number;
  readonly optimal: boolean;
}

function olderCandidates(training: TrainingIdentity): OlderCandidate[] {
  const placed = searchCandidates(training, 21).map((one, index) => {
    const jetson = index % 2 === 1;
    return {
      one,
      hardware: jetson ? 'jetson-orin-nano' : 'gpu',
      latency: round(one.baseLatency * (jetson ? 5.2 : 1), 2),
    };
  });
  const fronts = ['gpu', 'jetson-orin-nano'].map((hardware) =>
    paretoFront(
      placed
        .filter((entry) => entry.hardware === hardware)
        .map(({ one }) => one)
        .filter(isChild),
      (one) => one.map5095,
      (one) => one.baseLatency,
    ),
  );
  const optimal = new Set(fronts.flat());
  return placed.map((entry) => ({ ...entry, optimal: optimal.has(entry.one) }));
}

function isChild({ family }: Candidate): boolean {
  return family === 'child';
}
