import type { TrainGateError } from '../lib/errors.ts';
import { measure, type NotMeasured } from './measure.ts';
import type { Figure } from './measure-figure.ts';
import type { HardwareTarget, ModelResults, WithHeadline } from './picks.ts';
import { hasNoise, type Rule } from './rules.ts';
import { type EvaluationLack, isOpen, type OpenLack } from './split-figures.ts';

/** A training that another is compared with. */
export interface PastTraining {
  readonly version: number;
  readonly modelType: string | undefined;
  readonly isSameType: boolean;
  /** Whether the training that is compared with it is on the same version, on which this one was before it. */
  readonly isSameVersion?: boolean;
  /** The results file that tells of it; undefined if Roboflow does. */
  readonly file?: string | undefined;
  /** Under which that file names it, beside its models. */
  readonly ids?: readonly string[];
  readonly results: WithHeadline;
}

interface Unread<Kind> {
  readonly kind: Kind;
  readonly error: TrainGateError;
  readonly isFinal?: boolean;
}

/** The training that rules compare with. */
export type Baseline =
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly reason: string }
  /** It could not be read, so nobody knows what it reports. `isFinal`: whose results they are will never be told. */
  | Unread<'unread'>
  /** It is the very training that is judged. */
  | { readonly kind: 'itself' }
  | ({ readonly kind: 'training' } & PastTraining);

/** What a rule's value is compared with, and whose value that is. */
export interface BaselineFigure
  extends Omit<PastTraining, 'results'>,
    Pick<Figure, 'value' | 'sample' | 'uncounted'> {
  readonly kind: 'figure';
}

/** Why there is nothing to compare a rule's value with. */
export type BaselineLack =
  | { readonly kind: 'baseline-not-set' }
  | { readonly kind: 'baseline-missing'; readonly reason: string }
  | { readonly kind: 'baseline-itself' }
  /** The training is there, and does not report the figure. */
  | {
      readonly kind: 'baseline-not-reported';
      readonly version: number;
      readonly file: string | undefined;
      readonly why: NotMeasured | NoiseUnknown;
    }
  | Unread<'baseline-unread'>
  /** The figure is not known, or only one that was measured otherwise. */
  | { readonly kind: 'baseline-not-comparable'; readonly version: number; readonly why: NotMeasured };

/** Whether there is certainly no figure: the workflow says what becomes of a rule then. What could not be read may be there. */
export function isMissing({ kind }: { readonly kind: string }): boolean {
  return kind === 'baseline-missing' || kind === 'baseline-not-reported';
}

/** Whether a rule that lacks this is not judged, and the others decide: what the workflow wants, or since nothing is compared with itself. */
export function isLeftToOthers(lack: { readonly kind: string }, onMissingBaseline: 'fail' | 'skip'): boolean {
  return lack.kind === 'baseline-itself' || (onMissingBaseline === 'skip' && isMissing(lack));
}

/** What `baseline` has for `rule`, to compare `figure` with: of the same class, hardware and source. No figure: it is not known yet. */
export function baselineFigure(
  rule: Rule,
  figure: Pick<Figure, 'hardware' | 'origin'> | undefined,
  baseline: Baseline,
  targets: readonly HardwareTarget[],
): BaselineFigure | BaselineLack {
  switch (baseline.kind) {
    case 'none':
      return { kind: 'baseline-not-set' };
    case 'missing':
      return { kind: 'baseline-missing', reason: baseline.reason };
    case 'unread':
      return { ...baseline, kind: 'baseline-unread' };
    case 'itself':
      return { kind: 'baseline-itself' };
    case 'training': {
      const { results, ...run } = baseline;
      const name = figure?.origin?.className;
      const subject = name === undefined ? rule : { ...rule, ofClass: { kind: 'one', name } as const };
      const measured = measure(subject, results, targets, figure);
      const { version, file } = run;
      if (measured.kind === 'measured') {
        const [{ value, sample, uncounted }] = measured.figures;
        // Nobody can be asked for the counts that a file lacks.
        const isUncounted = file !== undefined && sample === undefined && hasNoise(rule);
        return isUncounted && rule.bound.kind === 'baseline'
          ? { kind: 'baseline-not-reported', version, file, why: { kind: 'noise-unknown', lack: undefined } }
          : { ...run, kind: 'figure', value, sample, uncounted };
      }
      return isCertain(measured, rule, results) && measure(subject, results, targets).kind !== 'measured'
        ? { kind: 'baseline-not-reported', version, file, why: measured }
        : { kind: 'baseline-not-comparable', version, why: measured };
    }
  }
}

/** Whether the figure is not there, and not one that came unreadable or is not known yet. */
function isCertain(lack: NotMeasured, { metric, hardware }: Rule, { models }: ModelResults): boolean {
  if (lackOf(lack) !== undefined || lack.kind === 'no-figure') return openLack(lack) === undefined;
  // A model is picked for a hardware by its latency there.
  const needed: readonly (string | undefined)[] = hardware === undefined ? [metric] : [metric, 'latency'];
  return !models.some(({ unreadable }) => unreadable.some(({ name }) => needed.includes(name.split('@')[0])));
}

type Lack = NotMeasured | BaselineLack | NoiseUnknown | { readonly kind: 'training-without-model' };

/** Nobody told how many were counted, of the value or of the baseline's. */
export interface NoiseUnknown {
  readonly kind: 'noise-unknown';
  readonly lack: EvaluationLack | undefined;
}

/** What keeps a figure away that may be there all the same; undefined if it certainly is not. */
export function openLack(lack: Lack): OpenLack | undefined {
  const why = lackOf(lack);
  return why && isOpen(why) ? why : undefined;
}

/** Why an evaluation does not give a figure; undefined if it was not asked for it. */
export function lackOf(lack: Lack): EvaluationLack | undefined {
  if (lack.kind === 'no-pick') return lack.missing.lack;
  if (lack.kind === 'not-reported' || lack.kind === 'noise-unknown') return lack.lack;
  return lack.kind === 'no-figure' && lack.why.kind === 'not-there' ? lack.why.lack : undefined;
}
