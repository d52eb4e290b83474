import { type Model, measuredHardware, sameHardware } from '../../gate/model.ts';
import type { HardwareTarget, PickResult } from '../../gate/picks.ts';
import type { Judged } from '../conclusion.ts';

/** More hardware than this makes a picture or a table that nobody reads. */
const MOST_HARDWARE = 4;

/** The hardware that a picture or a table shows. */
export interface ShownHardware {
  readonly names: readonly string[];
  /** How many more were measured. */
  readonly more: number;
}

/** What `models` were measured on: the targets first, also those without a pick, then whatever else. */
export function shownHardware({ verdict }: Pick<Judged, 'verdict'>, models: readonly Model[]): ShownHardware {
  const measured = measuredHardware(models);
  const targets = verdict.picks.flatMap(
    (result) => measured.find((name) => sameHardware(name, targetOf(result).hardware)) ?? [],
  );
  const names = [...new Set([...targets, ...measured])];
  return { names: names.slice(0, MOST_HARDWARE), more: Math.max(0, names.length - MOST_HARDWARE) };
}

/** The target that `picks` hold for `hardware`, whether or not there is a pick for it. */
export function targetFor(hardware: string, picks: readonly PickResult[]): HardwareTarget | undefined {
  return picks.map(targetOf).find((target) => sameHardware(target.hardware, hardware));
}

function targetOf(result: PickResult): HardwareTarget {
  return result.kind === 'pick' ? result.pick : result;
}
