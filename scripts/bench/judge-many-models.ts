import type { Baseline } from '../../src/gate/baseline.ts';
import { decide, type GateInput } from '../../src/gate/decide.ts';
import { withHeadline } from '../../src/gate/headline.ts';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { renderReport } from '../../src/report/report.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import type { ModelsFigure } from './many-models.ts';

/** Judges so many models, and measures it. */
function judgeManyModels(count: number): ModelsFigure {
  const emptyPeakMb = peakMb();
  const results = {
    models: Array.from({ length: count }, (_, index) => model(index, count)),
    recommended: new Map(),
  };
  const { rules } = parseRules('map50-95 >= baseline\nmap50@T4 >= 60\nlatency <= 40 ms\nwarn: recall >= 99');
  const baseline: Baseline = {
    kind: 'training',
    modelType: undefined,
    isSameType: true,
    version: 6,
    results: withHeadline(results, rules),
  };
  const asked: GateInput = {
    trainings: [{ modelType: 'rfdetr-nas', results, baseline }],
    rules,
    targets: [],
    onMissingBaseline: 'fail',
  };
  const startMs = performance.now();
  const { verdict } = decide(asked);
  const decidedMs = performance.now();
  const report = renderReport(
    { kind: 'judged', verdict, models: results.models, targetsGiven: false, baseline },
    FACTS,
  );
  return {
    decideMs: decidedMs - startMs,
    reportMs: performance.now() - decidedMs,
    reportBytes: Buffer.byteLength(report),
    emptyPeakMb,
    peakMb: peakMb(),
  };
}

/** Kilobytes, as the system counts them, to megabytes. */
function peakMb(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1_000_000;
}

const HARDWARE = ['T4', 'Jetson Orin NX', 'AI1', 'L4'];

/** Figures that differ from model to model without chance, so that every run judges the same. */
function model(index: number, count: number): Model {
  const share = ((index * 7919) % count) / count;
  const accuracy: readonly (readonly [AccuracyMetric, number])[] = [
    ['map50-95', 40 + 40 * share],
    ['map50', 50 + 45 * share],
    ['precision', 60 + 35 * share],
    ['recall', 55 + 35 * share],
    ['f1', 57 + 35 * share],
  ];
  return {
    id: `workspace/project-7-nas-gpu-${index.toString(16).padStart(6, '0')}`,
    type: 'rfdetr-nas',
    family: 'child',
    finished: true,
    metrics: new Map(accuracy),
    latencyMs: new Map(HARDWARE.map((name, at) => [name, 1 + (at + 1) * 10 * share])),
    unreadable: [],
  };
}

const FACTS: TrainingFacts = {
  workspace: 'workspace',
  project: 'project',
  version: 7,
  jobId: 'job',
  trainingId: 'training',
  modelType: 'rfdetr-nas-parent',
  status: 'complete',
  inFlight: false,
  origin: 'started',
  route: 'jobs, the jobs of this project are trainings',
  queuedMs: 60_000,
  trainedMs: 3_600_000,
  url: 'https://app.roboflow.com/workspace/project/nas-runs/7',
  source: 'the training results',
};

console.log(JSON.stringify(judgeManyModels(Number(process.argv[2]))));
