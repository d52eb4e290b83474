import type { Baseline, PastTraining } from '../../gate/baseline.ts';
import type { Split } from '../../gate/split-figures.ts';
import { code, LONGEST_PHRASE, prose } from '../markdown/markdown.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { NBSP } from './numbers.ts';
import { splitWord } from './words.ts';

type Named = Omit<PastTraining, 'results'>;

/** ``version 6 (`yolov11n`)``: a training that another is compared with. Its type is named if it is not the same; its version may be. */
export function earlierName({ version, modelType, isSameType, isSameVersion = false }: Named): string {
  const type = isSameType || modelType === undefined ? '' : ` (${code(modelType)})`;
  return `${isSameVersion ? 'an earlier training of ' : ''}version${NBSP}${version}${type}`;
}

/** `no baseline: no lower version was trained`; undefined if there is one, or none is asked for. */
export function baselineLack(baseline: Baseline): string | undefined {
  if (baseline.kind === 'missing') return `no baseline: ${prose(baseline.reason, LONGEST_PHRASE)}`;
  if (baseline.kind === 'itself') return 'the baseline is this very training';
  if (baseline.kind !== 'unread') return undefined;
  return `the baseline could not be read: ${prose(baseline.error.message, LONGEST_PHRASE)}`;
}

/** `other validation images`: figures on them differ for that reason too. Undefined if the counts are the same, or not known. */
export function otherImages(
  training: TrainingFacts | undefined,
  earlier: Pick<PastTraining, 'version'> | undefined,
  split: Split,
): string | undefined {
  const name = split === 'valid' ? 'validation' : split;
  const { datasets, images } = training ?? {};
  const before = earlier && datasets?.get(earlier.version)?.images[name];
  const now = images?.[name];
  const differ = before !== undefined && now !== undefined && before !== now;
  return differ ? `other ${splitWord(split)} images` : undefined;
}
