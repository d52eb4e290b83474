import type { Baseline } from '../../src/gate/baseline.ts';
import { decide, type GateInput } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import type { Rule } from '../../src/gate/rules.ts';
import type { Checked, Judged } from '../../src/report/conclusion.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { model, modelResults } from '../build.ts';

/** What a judged run is made of; the rest is empty. */
export interface CaseParts {
  readonly models?: readonly Model[];
  readonly recommended?: Readonly<Record<string, string>>;
  /** The `thresholds` input. */
  readonly thresholds?: string;
  /** Rules behind those. */
  readonly moreRules?: readonly Rule[];
  /** Undefined: whatever was measured. */
  readonly targets?: readonly HardwareTarget[];
  readonly baseline?: Baseline;
  readonly onMissingBaseline?: GateInput['onMissingBaseline'];
}

/** A run as it is after the gate has judged it. */
export function judged({
  models = [model({ metrics: { 'map50-95': 61.7, map50: 84.2 } })],
  recommended = {},
  thresholds = '',
  moreRules = [],
  targets,
  baseline = { kind: 'none' },
  onMissingBaseline = 'fail',
}: CaseParts = {}): Judged {
  const { rules, mistakes } = parseRules(thresholds);
  if (mistakes.length > 0) throw new Error(`no rules: ${thresholds}`);
  const results = modelResults(models, recommended);
  const { verdict } = decide({
    trainings: [{ modelType: 'only', results, baseline }],
    rules: [...rules, ...moreRules],
    targets: targets ?? [],
    onMissingBaseline,
  });
  return { kind: 'judged', verdict, models, targetsGiven: targets !== undefined, baseline };
}

/** The facts of a fine-tune that this step started. */
export const facts: TrainingFacts = {
  workspace: 'acme',
  project: 'hard-hats',
  version: 7,
  jobId: 'job_1',
  trainingId: 'training_1',
  modelType: 'rfdetr-nano',
  status: 'complete',
  inFlight: false,
  origin: 'started',
  route: 'jobs, the jobs of this project are trainings',
  queuedMs: 112_000,
  trainedMs: 4_320_000,
  url: 'https://app.roboflow.com/acme/hard-hats/7',
  source: 'the models list',
};

/** What a dry run of a start on version 7 came to, without rules and baseline unless told. */
export function dryRun(changes: Partial<Checked> = {}): Checked {
  return {
    kind: 'checked',
    workspace: 'acme',
    project: 'hard-hats',
    url: undefined,
    action: { kind: 'start', modelType: 'rfdetr-nano' },
    version: { kind: 'existing', version: 7 },
    rules: [],
    baselines: [{ kind: 'none' }],
    unchecked: [],
    ...changes,
  };
}
