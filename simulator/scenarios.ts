import type { Scenario } from './scenario.ts';
import { cancelled, failed, stoppedEarly, unknownStatus } from './scenarios/endings.ts';
import { fineTune, fineTuneShort, lateMetrics, noMetrics, versionOnly } from './scenarios/fine-tune.ts';
import { hostile } from './scenarios/hostile.ts';
import { nas, nasOlder } from './scenarios/nas.ts';
import { trainings } from './scenarios/trainings.ts';

/** The named scenarios, in the order in which they are listed to people. */
export const scenarios = {
  'fine-tune': fineTune,
  'fine-tune-short': fineTuneShort,
  nas,
  'nas-older': nasOlder,
  failed,
  cancelled,
  'version-only': versionOnly,
  'no-metrics': noMetrics,
  'late-metrics': lateMetrics,
  'unknown-status': unknownStatus,
  'stopped-early': stoppedEarly,
  hostile,
  trainings,
} satisfies Record<string, Scenario>;

/** The name of a scenario. */
export type ScenarioName = keyof typeof scenarios;

/** Is there a scenario of that name? */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}
