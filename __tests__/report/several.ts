import { decideSeveral, type GateTraining, type SeveralVerdict } from '../../src/gate/decide-several.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import type { Conclusion, Judged, TrainingFacts, Undecided } from '../../src/report/conclusion.ts';
import type { Comparison } from '../../src/report/several.ts';
import { model, modelResults } from '../build.ts';
import { run, version6 } from './fine-tune.ts';

/** What one of several trainings came to: its models, or why it has none. */
export interface Part {
  readonly modelType: string;
  readonly models?: readonly Model[];
  readonly lack?: string;
  /** Over what its facts are, which are those of a training that has ended; undefined: it was not started. */
  readonly facts: Partial<TrainingFacts> | undefined;
}

interface SeveralParts {
  readonly thresholds?: string;
  readonly targets?: readonly HardwareTarget[];
  readonly comparesWith6?: boolean;
}

/** What a step judges that compares several trainings, and the facts of the one that holds the headline model. */
export function several(
  parts: readonly Part[],
  { thresholds = '', targets = [], comparesWith6 = true }: SeveralParts = {},
): readonly [Judged, TrainingFacts | undefined] {
  const { rules, mistakes } = parseRules(thresholds);
  if (mistakes.length > 0) throw new Error(`no rules: ${thresholds}`);
  const decided = decideSeveral({ trainings: parts.map(forGate), rules, targets });
  if (decided.together === undefined) throw new Error('no training has a model');
  const { verdict, union, best } = decided.together;
  const judged: Judged = {
    kind: 'judged',
    verdict,
    ...union,
    targetsGiven: targets.length > 0,
    baseline: { kind: 'none' },
    ...(comparesWith6 && { previous: version6 }),
    comparison: comparisonOf(parts, decided),
  };
  return [judged, factsOf(parts[best])];
}

function forGate({ modelType, models, lack = 'failed' }: Part): GateTraining {
  return models === undefined
    ? { modelType, results: undefined, lack }
    : { modelType, results: modelResults(models), baseline: { kind: 'none' } };
}

function comparisonOf(parts: readonly Part[], { trainings, together }: SeveralVerdict): Comparison {
  return {
    trainings: trainings.map((own, index) => ({
      ...own,
      modelType: parts[index]?.modelType ?? '',
      facts: factsOf(parts[index]),
    })),
    best: together?.best,
    ranking: together?.ranking,
  };
}

function factsOf(part: Part | undefined): TrainingFacts | undefined {
  return part?.facts && { ...run, modelType: part.modelType, ...part.facts };
}

/** The same of a step that could decide nothing. */
export function severalUndecided(
  parts: readonly Part[],
  thresholds: string,
  why: Pick<Undecided, 'reason' | 'next' | 'details'>,
): Undecided {
  const { rules } = parseRules(thresholds);
  const decided = decideSeveral({ trainings: parts.map(forGate), rules, targets: [] });
  return { kind: 'undecided', ...why, rules, comparison: comparisonOf(parts, decided) };
}

const MINUTE = 60_000;

/** A fine-tune of this type with its mAP50-95, mAP50 and recall. */
export function fineTuned(
  modelType: string,
  [map5095, map50, recall]: readonly [number, number, number],
  minutes: number,
): Part {
  return {
    modelType,
    models: [
      model({
        id: `acme/hard-hats-7-${modelType}-6669`,
        type: modelType,
        metrics: { 'map50-95': map5095, map50, recall, precision: map50 + 4 },
      }),
    ],
    facts: { jobId: `job_${modelType.replace(/\W/g, '')}`, trainedMs: minutes * MINUTE },
  };
}

export const small = fineTuned('rfdetr-small', [64.9, 86.8, 82.1], 105);
export const nano = fineTuned('rfdetr-nano', [61.7, 84.2, 79.6], 70);
export const yolo = fineTuned('yolo26n', [57, 80.3, 74.8], 70);
export const failed: Part = {
  modelType: 'rfdetr-large',
  lack: 'failed: CUDA out of memory: tried to allocate 1.4 GiB',
  facts: { jobId: 'job_rfdetrlarge', status: 'failed', trainedMs: 28 * MINUTE, source: undefined },
};
export const going: Part = {
  modelType: 'rfdetr-medium',
  lack: 'had not ended when the timeout passed',
  facts: {
    jobId: 'job_rfdetrmedium',
    status: 'training',
    inFlight: true,
    trainedMs: undefined,
    source: undefined,
  },
};
export const refused: Part = {
  modelType: 'rfdetr-xlarge',
  lack: 'was not started: the plan of the workspace does not include it',
  facts: undefined,
};

export const searched: Part = {
  modelType: 'rfdetr-nas-parent',
  models: [
    [52.3, 3.1],
    [58.8, 4.4],
    [61.5, 6.2],
    [63.4, 8.9],
    [66.1, 12.8],
    [67.2, 17.5],
  ].map(([map5095 = 0, t4 = 0], index) =>
    model({
      id: `acme/hard-hats-7-nas-gpu-${(index * 7_919 + 4_096).toString(16)}`,
      type: 'rfdetr-nas',
      family: 'child',
      metrics: { 'map50-95': map5095, map50: map5095 + 20, recall: map5095 + 16 },
      latency: { T4: t4, 'Jetson Orin NX': Number((t4 * 2.3).toFixed(1)) },
    }),
  ),
  facts: {
    jobId: 'job_23470f434a82',
    trainedMs: 240 * MINUTE,
    url: 'https://app.roboflow.com/acme/hard-hats/nas-runs/7',
    source: 'training results',
  },
};

const THRESHOLDS = 'map50 >= 80\nrecall >= 78';

/** File to what several trainings came to; each has a golden file. */
export const severalSituations: Readonly<Record<string, readonly [Judged, TrainingFacts | undefined]>> = {
  'several-passed': several([nano, small, yolo], { thresholds: THRESHOLDS }),
  'several-failed-for-each': several([nano, small, yolo], {
    thresholds: 'map50 >= 80\neach: recall >= 78\nwarn: precision >= 90',
  }),
  'several-none-holds': several([nano, small, yolo], { thresholds: 'map50 >= 85\nrecall >= 83' }),
  'several-one-without-model': several([nano, failed, small], { thresholds: THRESHOLDS }),
  'several-each-without-model': several([nano, failed, small], { thresholds: 'each: map50 >= 80' }),
  'several-with-search': several([small, searched], {
    thresholds: 'map50-95 >= 60\nmap50-95@T4 >= 60\nlatency@T4 <= 9 ms',
    targets: [{ hardware: 'T4', budgetMs: 9 }],
  }),
  'several-search-too-slow': several([small, searched], {
    thresholds: 'map50-95 >= 60\nmap50-95@T4 >= 60\nlatency@T4 <= 9 ms',
    comparesWith6: false,
  }),
  'several-without-rules': several([nano, small]),
  'several-of-other-metrics': several(
    [
      nano,
      {
        ...yolo,
        models: [model({ id: 'acme/hard-hats-7-yolo26n-1', type: 'yolo26n', metrics: { accuracy: 91.2 } })],
      },
    ],
    { comparesWith6: false },
  ),
};

const timeout = severalUndecided([nano, going, small, refused], 'map50 >= 80', {
  reason: '1 of 4 trainings had not ended (rfdetr-medium) when the timeout of 2 h passed',
  next: 'Those in flight may run on and be paid for. A re-run of this job attaches to those that run by then.',
  details: [
    'rfdetr-medium: training job_rfdetrmedium had not ended (training) when the timeout of 2 h passed. The training may run on and be paid for.',
  ],
});

/** The same of steps that judged nothing. */
export const undecidedSituations: Readonly<Record<string, readonly [Conclusion, TrainingFacts | undefined]>> =
  {
    'several-timeout': [{ ...timeout, cause: { kind: 'timeout', timeoutMs: 120 * MINUTE } }, undefined],
    'several-without-any-model': [
      severalUndecided([failed, refused], 'map50 >= 80', {
        reason: 'none of the 2 trainings has a model that can be judged',
        next: undefined,
        details: [failed, refused].map(({ modelType, lack }) => `${modelType} ${lack}`),
      }),
      undefined,
    ],
    'several-started': [
      {
        kind: 'started',
        inFlight: true,
        rules: parseRules(THRESHOLDS).rules,
        comparison: comparisonOf([going, { ...going, modelType: 'rfdetr-nano' }], {
          trainings: [going, going].map(() => ({
            outcome: 'undecided',
            headline: undefined,
            rules: [],
            lack: undefined,
          })),
          together: undefined,
        }),
      },
      undefined,
    ],
  };
