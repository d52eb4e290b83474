import type { Baseline, PastTraining } from '../gate/baseline.ts';
import { type Verdict, WITHOUT_MODEL } from '../gate/decide.ts';
import type { AccuracyMetric } from '../gate/metric.ts';
import type { Model } from '../gate/model.ts';
import type { JudgedRule, RuleResult } from '../gate/rule-result.ts';
import type { Rule } from '../gate/rules.ts';
import type { Against } from './against.ts';
import type { Comparison } from './compared-trainings.ts';
import type { EvaluationFindings } from './evaluation-findings.ts';
import type { TrainingEnd, Trouble } from './training-end.ts';
import type { EarlierTraining, ImageCounts, TrainingFacts } from './training-facts.ts';

/** What the best model of an earlier version reached. */
export interface VersionPoint {
  readonly version: number;
  readonly metrics: ReadonlyMap<AccuracyMetric, number>;
}

/** A training that was judged, with everything that the report shows of it. */
export interface Judged extends Against {
  readonly kind: 'judged';
  readonly verdict: Verdict;
  /** Whether rules are broken, and the workflow goes on all the same. */
  readonly isAccepted?: boolean;
  readonly models: readonly Model[];
  /** Whether the workflow named the hardware targets. */
  readonly targetsGiven: boolean;
  /** Earlier versions in any order; the judged one need not be among them. */
  readonly history?: readonly VersionPoint[] | undefined;
  readonly comparison?: Comparison | undefined;
  /** Of the headline model; undefined if there is no evaluation. */
  readonly evaluation?: EvaluationFindings | undefined;
  readonly weights?: WeightsResult | undefined;
  readonly stars?: StarsResult | undefined;
}

/** The weights of the headline model: where they were stored, or why they were not although the gate passed. */
export type WeightsResult = { readonly modelId: string } & (
  | { readonly kind: 'stored'; readonly file: string; readonly bytes: number; readonly sha256: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly next: string }
);

/** What became of the picks that the workflow wants to be starred. */
export interface StarsResult {
  readonly starred: readonly string[];
  readonly refused: readonly { readonly modelId: string; readonly reason: string }[];
  readonly nothing: string | undefined;
}

/** Why nothing could be judged. */
export type WhyUndecided =
  /** Something went wrong apart from any training. `details`: what it consists of, a line each. */
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly details: readonly string[] }
  /** A signal came; the post step does with the trainings of this step what `onCancel` says. */
  | {
      readonly kind: 'interrupted';
      readonly message: string;
      readonly onCancel: 'cancel' | 'stop' | 'leave';
      readonly comparison: Comparison;
      /** A new version on which nothing was known to be started yet. */
      readonly generated?: number | undefined;
    }
  /** The way in which the trainings ended: one, or several. */
  | { readonly kind: 'ended'; readonly comparison: Comparison };

/** Nothing could be judged. */
export interface Undecided {
  readonly kind: 'undecided';
  readonly why: WhyUndecided;
  readonly rules?: readonly Rule[] | undefined;
}

/** An outcome without a judgement, since something went wrong. `details`: what that consists of, a line each. */
export function undecided(message: string, hint?: string, details: readonly string[] = []): Undecided {
  return { kind: 'undecided', why: { kind: 'trouble', trouble: { message, hint }, details } };
}

/** The outcome without a judgement of one training that left nothing to judge. */
export function undecidedByEnd(end: TrainingEnd, facts: TrainingFacts, rules: readonly Rule[]): Undecided {
  const modelType = facts.modelType ?? 'a training';
  const training = { ...WITHOUT_MODEL, modelType, facts, end };
  const comparison = { trainings: [training], best: undefined, rerunAttaches: false };
  return { kind: 'undecided', why: { kind: 'ended', comparison }, rules };
}

/** Nobody waited for the training; `inFlight` unless it was over when it was looked at. */
interface Started {
  readonly kind: 'started';
  readonly inFlight: boolean;
  readonly rules?: readonly Rule[] | undefined;
  /** The commit status that the settle action sets by rules of its own; undefined if none was left. */
  readonly settledIn?: string | undefined;
  readonly comparison?: Comparison | undefined;
}

/** What a dry run would do next. */
export type PlannedAction =
  | { readonly kind: 'start'; readonly modelType: string }
  | {
      readonly kind: 'attach';
      readonly jobId: string;
      readonly status: string;
      readonly modelType?: string | undefined;
    }
  | { readonly kind: 'judge'; readonly jobId: string; readonly modelType?: string | undefined };

/** The version that a dry run would train; one that is not generated yet has no number. */
export type PlannedVersion =
  /** Undefined if Roboflow does not say. */
  { readonly kind: 'existing'; readonly version: number | undefined } | { readonly kind: 'new' };

/** A rule of a dry run that is not judged yet, with the number that its bound comes to, if that is known already. */
export interface PlannedRule {
  readonly rule: Rule;
  readonly bound?: number | undefined;
}

/** How the rules would have judged an earlier version, by its best model of the type that is asked for, else of any. */
export interface TriedVersion extends Omit<PastTraining, 'results'> {
  /** In the order of the workflow. */
  readonly rules: readonly RuleResult[];
  /** What that model reached. */
  readonly metrics: VersionPoint['metrics'];
}

/** The same of the newest versions that have a model, oldest first; undefined: the type is not known. */
export interface TriedBefore {
  readonly modelType: string | undefined;
  readonly versions: readonly TriedVersion[];
}

/** A dry run: everything was checked that can be checked without paying. */
export interface Checked {
  readonly kind: 'checked';
  readonly workspace: string;
  readonly project: string;
  readonly url: string | undefined;
  readonly action: PlannedAction;
  /** What it would do for the other model types, if there are several. */
  readonly others?: readonly PlannedAction[];
  readonly version: PlannedVersion;
  readonly images?: ImageCounts | undefined;
  readonly rules: readonly PlannedRule[];
  /** What the counts of the version came to: of rules that hold, and of such that only warn. */
  readonly counts?: readonly JudgedRule[];
  /** The hardware of targets that no rule judges. */
  readonly unjudged?: readonly string[] | undefined;
  /** Where it would read the latency that a device has not: the name of that hardware. Undefined: nobody asks for it. */
  readonly serverless?: string | undefined;
  /** Of each training. */
  readonly baselines: readonly Baseline[];
  readonly tried?: readonly TriedBefore[];
  /** How long the newest training of each type took, as far as Roboflow tells. */
  readonly took?: readonly EarlierTraining[];
  /** By version. */
  readonly datasets?: TrainingFacts['datasets'];
  /** The rules that only Roboflow's evaluation can tell of. */
  readonly needEvaluation?: readonly Rule[];
  /** What could not be checked, a phrase each: `whether the model type is known`. */
  readonly unchecked: readonly string[];
  readonly weights?: string | undefined;
  readonly star?: boolean;
}

/** How the step ends. */
export type Conclusion =
  | Judged
  | Undecided
  | Started
  | Checked
  | { readonly kind: 'skipped'; readonly reason: string };

/** The trainings of a step with several; undefined if there is one, or none was begun. */
export function comparisonOf(conclusion: Conclusion): Comparison | undefined {
  const told = conclusion.kind === 'undecided' ? conclusion.why : conclusion;
  const comparison = 'comparison' in told ? told.comparison : undefined;
  return comparison !== undefined && comparison.trainings.length > 1 ? comparison : undefined;
}

/** How the one training of the step ended, if that is why nothing was judged. */
export function endOfOne(conclusion: Conclusion): TrainingEnd | undefined {
  if (conclusion.kind !== 'undecided' || conclusion.why.kind !== 'ended') return undefined;
  const [only, ...others] = conclusion.why.comparison.trainings;
  return others.length === 0 ? only?.end : undefined;
}
