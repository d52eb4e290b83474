import { type Decision, decide, type GateTraining } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import type { Against } from '../../src/report/against.ts';
import type { Comparison } from '../../src/report/compared-trainings.ts';
import type { Judged, Undecided } from '../../src/report/conclusion.ts';
import type { TrainingEnd } from '../../src/report/training-end.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { isSameType } from '../../src/training/model-type.ts';
import { modelResults } from '../build.ts';
import { run, version6 } from './fine-tune.ts';

/** What one of several trainings came to: its models, or why it has none. */
export interface Part {
  readonly modelType: string;
  readonly models?: readonly Model[];
  /** Unless it has models. */
  readonly end?: TrainingEnd;
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
  const decided = decide({ trainings: parts.map(forGate), rules, targets, onMissingBaseline: 'fail' });
  const { verdict, results, best } = decided;
  if (best === undefined) throw new Error('no training has a model');
  const against = comparesWith6 ? againstVersion6(parts[best]) : NOTHING;
  const comparison = comparisonOf(parts, decided, comparesWith6 ? againstVersion6 : () => NOTHING);
  const judged: Judged = {
    kind: 'judged',
    targetsGiven: targets.length > 0,
    verdict,
    models: results.models,
    ...against,
    comparison,
  };
  return [judged, factsOf(parts[best])];
}

const NOTHING: Against = { baseline: { kind: 'none' } };

/** What a training is compared with for information: all on version 6 was of one type. */
function againstVersion6(part: Part | undefined): Against {
  const isSame = isSameType(part?.modelType, version6.modelType);
  return { ...NOTHING, previous: { ...version6, isSameType: isSame } };
}

function forGate({ modelType, models }: Part): GateTraining {
  return { modelType, results: models && modelResults(models), baseline: { kind: 'none' } };
}

/** What a step tells of these trainings, as the gate has judged them. */
function comparisonOf(
  parts: readonly Part[],
  { own, best, ranking }: Decision,
  againstOf: (part: Part | undefined) => Against = againstVersion6,
): Comparison {
  return {
    trainings: own.map(({ outcome, headline, rules }, index) => ({
      outcome,
      headline,
      rules,
      modelType: parts[index]?.modelType ?? '',
      facts: factsOf(parts[index]),
      end: parts[index]?.end ?? { kind: 'results' },
      against: headline && againstOf(parts[index]),
    })),
    best,
    ranking,
    rerunAttaches: true,
  };
}

function factsOf(part: Part | undefined): TrainingFacts | undefined {
  return part?.facts && { ...run, modelType: part.modelType, ...part.facts };
}

/** The same of a step that could decide nothing. */
export function severalUndecided(parts: readonly Part[], thresholds: string): Undecided {
  const { rules } = parseRules(thresholds);
  const decided = decide({
    trainings: parts.map(forGate),
    rules,
    targets: [],
    onMissingBaseline: 'fail',
  });
  const comparison = comparisonOf(parts, decided);
  return { kind: 'undecided', why: { kind: 'ended', comparison }, rules };
}

/** What a step tells that waits for none of these. */
export function startedComparison(parts: readonly Part[]): Comparison {
  const nothing = { outcome: 'undecided', headline: undefined, rules: [], end: { kind: 'left' } } as const;
  const trainings = parts.map((part) => ({ ...nothing, modelType: part.modelType, facts: factsOf(part) }));
  return { trainings, best: undefined, rerunAttaches: false };
}
