import { type Model, measuredHardware, sameHardware } from '../../gate/model.ts';
import type { JudgedPage } from '../page/page.ts';

/** More hardware than this makes a picture or a table that nobody reads. */
const MOST_HARDWARE = 3;

/**
 * The hardware that a picture or a table shows of what `models` were measured on: what rules judge first, those that are
 * broken before all; then the targets, then the rest. In the order of the targets.
 */
export function shownHardware(
  { judged, targets }: Pick<JudgedPage, 'judged' | 'targets'>,
  models: readonly Model[],
): readonly string[] {
  const measured = measuredHardware(models);
  const { rules } = judged.verdict;
  const wanted = [
    ...rules.filter(({ state }) => state === 'broken').map(({ hardware }) => hardware),
    ...rules.map(({ rule }) => rule.hardware),
    ...(judged.targetsGiven ? targets.map(({ hardware }) => hardware) : []),
  ];
  const asMeasured = (name: string | undefined) =>
    name === undefined ? [] : (measured.find((each) => sameHardware(each, name)) ?? []);
  const first = wanted.flatMap(asMeasured);
  const targetNames = targets.flatMap(({ hardware }) => asMeasured(hardware));
  const kept = new Set([...new Set([...first, ...measured])].slice(0, MOST_HARDWARE));
  const inOrder = judged.targetsGiven ? [...targetNames, ...measured] : measured;
  return [...new Set(inOrder)].filter((name) => kept.has(name));
}
