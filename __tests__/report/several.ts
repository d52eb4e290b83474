import { decideSeveral, type GateTraining, type SeveralVerdict } from '../../src/gate/decide-several.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import type { Against } from '../../src/report/against.ts';
import type { Comparison } from '../../src/report/compared-trainings.ts';
import type { Judged, TrainingFacts, Undecided } from '../../src/report/conclusion.ts';
import { modelResults } from '../build.ts';
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

/** What a step tells of these trainings, as the gate has judged them. */
export function comparisonOf(parts: readonly Part[], { trainings, together }: SeveralVerdict): Comparison {
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
  const against: Against | undefined = decided.together && {
    baseline: { kind: 'none' },
    previous: version6,
  };
  return { kind: 'undecided', ...why, rules, comparison: comparisonOf(parts, decided), against };
}
