import type { Split } from '../../evaluation-plan.ts';
import type { ClassTraits } from '../../scenario.ts';
import type { World } from '../world/world.ts';
import { type Figures, shifted } from './figures.ts';

/** One class on one split. */
export interface ClassOnSplit {
  readonly label: string;
  /** How many objects of it the split has. */
  readonly targets: number;
  /** What is measured there; null without objects. */
  readonly figures: Figures | null;
}

/**
 * The classes of the project as they are on a split of a version, from the figures of all of them together. Each version has them
 * in another order.
 */
export function classesOn(world: World, version: number, split: Split, whole: Figures): ClassOnSplit[] {
  const { classes, classTraits = {} } = world.scenario;
  const traits = new Map(Object.entries(classTraits));
  const labels = Object.entries(classes);
  const share = shareOf(world.version(version).spec.splits, split);
  const all = labels.map(([label, annotations], index) => {
    const own = traits.get(label);
    const targets = own?.absentFrom?.includes(split) ? 0 : Math.round(annotations * share);
    const figures = targets === 0 ? null : shifted(whole, pointsOff(own, index, labels.length));
    return { label, targets, figures };
  });
  const first = version % Math.max(1, all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

/** The part of a version's images that is in a split. */
function shareOf(sizes: Readonly<Record<Split, number>>, split: Split): number {
  const images = sizes.train + sizes.valid + sizes.test;
  return images === 0 ? 0 : sizes[split] / images;
}

/** Percentage points between the best class and all classes, and between all and the worst. */
const classSpread = 5;

/** Unless a class has traits of its own the first is the best, and the mean of the classes is that of all. */
function pointsOff(traits: ClassTraits | undefined, index: number, count: number): number {
  if (traits?.pointsOff !== undefined) return traits.pointsOff;
  return count < 2 ? 0 : classSpread * (1 - (2 * index) / (count - 1));
}
