import type { Scenario } from './scenario.ts';
import { changedDataset, twoBaselines, unlistedBaseline } from './scenarios/baselines.ts';
import { classes } from './scenarios/classes.ts';
import { compare } from './scenarios/compare.ts';
import { cancelled, failed, stoppedEarly, unknownStatus } from './scenarios/endings.ts';
import {
  evaluationFailed,
  evaluationLate,
  evaluationOfAnother,
  evaluationOlderIds,
  evaluationPartial,
  evaluationRefused,
  evaluationRunning,
  evaluationsAbsent,
  evaluationUnsupported,
  manyEvaluations,
  searchEvaluations,
} from './scenarios/evaluations.ts';
import { fineTune, fineTuneShort, lateMetrics, noMetrics, versionOnly } from './scenarios/fine-tune.ts';
import { hostile } from './scenarios/hostile.ts';
import {
  bundleEmpty,
  bundleRunning,
  childMetricsLate,
  childMetricsNever,
  modelsLate,
} from './scenarios/late-answers.ts';
import { lostStartOther, lostStartReusedId, lostStartSized } from './scenarios/lost-start.ts';
import { sizedName, wrongSize, yoloNas } from './scenarios/model-types.ts';
import { nas, nasOlder } from './scenarios/nas.ts';
import { noise } from './scenarios/noise.ts';
import {
  bareIds,
  legacyMap5095,
  rowDatedBefore,
  rowUntyped,
  untypedInFlight,
} from './scenarios/odd-answers.ts';
import { olderResults, resultsOfAnotherType } from './scenarios/older-results.ts';

import { trainings } from './scenarios/trainings.ts';
import { resultsOvertaken, twoTrainings } from './scenarios/two-trainings.ts';

/** What a training does, on a server whose answers are complete and in time. */
export const ordinaryScenarios = {
  'fine-tune': fineTune,
  'fine-tune-short': fineTuneShort,
  compare,
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

/** How answers are lost, late or odd. The training itself is an ordinary one. */
export const difficultScenarios = {
  'lost-start-sized': lostStartSized,
  'lost-start-other': lostStartOther,
  'lost-start-reused-id': lostStartReusedId,
  'sized-name': sizedName,
  'wrong-size': wrongSize,
  'yolo-nas': yoloNas,
  'older-results': olderResults,
  'results-of-another-type': resultsOfAnotherType,
  'two-trainings': twoTrainings,
  'results-overtaken': resultsOvertaken,
  'models-late': modelsLate,
  'child-metrics-late': childMetricsLate,
  'child-metrics-never': childMetricsNever,
  'bundle-running': bundleRunning,
  'bundle-empty': bundleEmpty,
  'bare-ids': bareIds,
  'untyped-in-flight': untypedInFlight,
  'row-dated-before': rowDatedBefore,
  'row-untyped': rowUntyped,
  'legacy-map50-95': legacyMap5095,
  'two-baselines': twoBaselines,
  'unlisted-baseline': unlistedBaseline,
  'changed-dataset': changedDataset,
} satisfies Record<string, Scenario>;

/** What can be known of classes and splits, and what Roboflow's evaluation does after the training. */
export const evaluationScenarios = {
  classes,
  noise,
  'evaluations-absent': evaluationsAbsent,
  'evaluation-failed': evaluationFailed,
  'evaluation-running': evaluationRunning,
  'evaluation-late': evaluationLate,
  'evaluation-partial': evaluationPartial,
  'evaluation-refused': evaluationRefused,
  'evaluation-unsupported': evaluationUnsupported,
  'evaluation-older-ids': evaluationOlderIds,
  'evaluation-of-another': evaluationOfAnother,
  'many-evaluations': manyEvaluations,
  'search-evaluations': searchEvaluations,
} satisfies Record<string, Scenario>;

/** The named scenarios, in the order in which they are listed to people. */
export const scenarios = { ...ordinaryScenarios, ...evaluationScenarios, ...difficultScenarios };

/** The name of a scenario. */
export type ScenarioName = keyof typeof scenarios;

/** Is there a scenario of that name? */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}
