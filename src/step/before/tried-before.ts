import type { Baseline } from '../../gate/baseline.ts';
import { decide } from '../../gate/decide.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { TriedBefore, TriedVersion } from '../../report/conclusion.ts';
import { previousOf, type ReachedVersion } from '../../roboflow/results/read-history.ts';

const MOST_VERSIONS = 10;

/**
 * Holds the rules against the newest versions that have a model, and against what the baseline is today, so that bounds can be
 * chosen from what was reached. What only a version or an evaluation tells was not read.
 * @param reached highest first
 */
export function triedBefore(
  modelType: string | undefined,
  reached: readonly ReachedVersion[],
  { rules, targets }: Pick<Inputs, 'rules' | 'targets'>,
  baseline: Baseline,
): TriedBefore {
  const versions = reached.slice(0, MOST_VERSIONS).flatMap((newest): readonly TriedVersion[] => {
    const past = previousOf([newest], modelType, rules);
    if (past === undefined) return [];
    const { results, ...run } = past;
    const trainings = [{ modelType: modelType ?? '', results, baseline }];
    const { verdict } = decide({ trainings, rules, targets, onMissingBaseline: 'fail' });
    return [{ ...run, rules: verdict.rules, metrics: results.headline?.metrics ?? new Map() }];
  });
  return { modelType, versions: versions.toReversed() };
}
