import type { Baseline, PastTraining } from '../../gate/baseline.ts';
import type { Model } from '../../gate/model.ts';
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

/** A training as the report shows it, and its headline model. */
export interface ShownTraining {
  readonly facts: TrainingFacts | undefined;
  readonly headline: Model | undefined;
}

/**
 * `other validation images`: figures on them differ for that reason too. By the images themselves if they were read of both, else by
 * how many there are; undefined if they are the same, or not known.
 */
export function otherImages(
  { facts, headline }: ShownTraining,
  earlier: Pick<PastTraining, 'version' | 'results'> | undefined,
  split: Split,
): string | undefined {
  const [now, before] = [idsOf(headline, split), idsOf(earlier?.results.headline, split)];
  const differ =
    now && before
      ? now.size !== before.size || [...now].some((id) => !before.has(id))
      : haveOtherCounts(facts, earlier, split);
  return differ ? `other ${splitWord(split)} images` : undefined;
}

/** The images of a split, if they were read. */
function idsOf(model: Model | undefined, split: Split): ReadonlySet<string> | undefined {
  const figures = model?.details?.figures.filter((each) => each.split === split) ?? [];
  const samples = figures.flatMap(({ samples: all, classes }) => [
    all,
    ...classes.map((each) => each.samples),
  ]);
  return samples.flatMap((each) => [...(each?.values() ?? [])]).find(({ images }) => images)?.images?.ids;
}

function haveOtherCounts(
  facts: TrainingFacts | undefined,
  earlier: Pick<PastTraining, 'version'> | undefined,
  split: Split,
): boolean {
  const name = split === 'valid' ? 'validation' : split;
  const before = earlier && facts?.datasets?.get(earlier.version)?.images[name];
  const now = facts?.images?.[name];
  return before !== undefined && now !== undefined && before !== now;
}
