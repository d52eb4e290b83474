import { type Model, measuredHardware, sameHardware } from '../../gate/model.ts';
import type { JudgedPage } from './page.ts';

/** More hardware than this makes a picture or a table that nobody reads. */
const MOST_HARDWARE = 3;

/**
 * The hardware that a picture or a table shows of what `models` were measured on: what rules judge first, those that are
 * broken before all; then the targets, then the rest.
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
    ...(judged.targetsAsked ? targets.map(({ hardware }) => hardware) : []),
  ];
  const first = wanted.flatMap((name) =>
    name === undefined ? [] : (measured.find((each) => sameHardware(each, name)) ?? []),
  );
  const chosen = new Set([...first, ...measured].slice(0, first.length + MOST_HARDWARE));
  const kept = new Set([...chosen].slice(0, MOST_HARDWARE));
  return judged.targetsAsked ? [...kept] : measured.filter((name) => kept.has(name));
}
