import { decide } from '../../gate/decide.ts';
import { decideSeveral } from '../../gate/decide-several.ts';
import { defaultTargets } from '../../gate/picks.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Against } from '../../report/against.ts';
import type { Judged, Undecided } from '../../report/conclusion.ts';
import { isOpen } from '../../report/training-end.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import {
  NO_HISTORY,
  type ProjectHistory,
  previousOf,
  readHistory,
} from '../../roboflow/results/read-history.ts';
import type { PlannedTraining } from '../before/prepare.ts';
import type { Reached } from '../follow/end-of.ts';
import { trainingsForReport, undecidedByEnds } from './undecided.ts';
import type { Evaluated } from './with-evaluations.ts';

type WithResults = PlannedTraining & { readonly reached: Extract<Reached, { kind: 'results' }> };

interface Concluded {
  readonly conclusion: Judged | Undecided;
  readonly best: WithResults | undefined;
}

/** Judges the one training of a step, or several together. As long as one of several is open nothing is decided. */
export async function conclude(
  planned: readonly PlannedTraining[],
  inputs: Inputs,
  here: InProject,
): Promise<Concluded> {
  const results = planned.map(withResults);
  const [only, ...others] = results;
  const version = results.find((each) => each !== undefined)?.reached.training.version;
  // Without a baseline, the report compares with the version before, for information.
  const history = version === undefined || inputs.baseline ? NO_HISTORY : await readHistory(here, version);
  if (others.length > 0) return concludeSeveral(planned, results, inputs, history);
  if (only === undefined) {
    const all = planned.map(({ of }) => of);
    return { conclusion: undecidedByEnds(trainingsForReport(all, inputs), inputs), best: undefined };
  }
  const judged = judge(only.reached.evaluated, againstOf(only, history), inputs);
  return { conclusion: { ...judged, history: history.history }, best: only };
}

function withResults(planned: PlannedTraining): WithResults | undefined {
  const reached = planned.of.end();
  return reached?.kind === 'results' ? { ...planned, reached } : undefined;
}

function againstOf({ baseline, inputs, reached }: WithResults, history: ProjectHistory): Against {
  return { baseline, previous: previousOf(history, reached.training.modelType, inputs.rules) };
}

/** Holds the rules against the results of a training. */
export function judge(
  { results, findings }: Evaluated,
  against: Against,
  { rules, targets, onMissingBaseline }: Pick<Inputs, 'rules' | 'targets' | 'onMissingBaseline'>,
): Judged {
  const targetsGiven = targets.length > 0;
  const verdict = decide({
    results,
    rules,
    targets: targetsGiven ? targets : defaultTargets(results, rules),
    targetsGiven,
    baselineOf: () => against.baseline,
    onMissingBaseline,
  });
  const { models } = results;
  return { kind: 'judged', verdict, models, targetsGiven, ...against, evaluation: findings };
}

function concludeSeveral(
  planned: readonly PlannedTraining[],
  results: readonly (WithResults | undefined)[],
  inputs: Inputs,
  history: ProjectHistory,
): Concluded {
  const trainings = planned.map(({ of, baseline }, index) => {
    const modelType = of.modelType ?? '';
    const own = results[index]?.reached.evaluated.results;
    return own === undefined ? { modelType, results: own } : { modelType, results: own, baseline };
  });
  const { trainings: verdicts, together } = decideSeveral({ ...inputs, trainings });
  const own = verdicts.map((verdict, index) => {
    const training = results[index];
    return { ...verdict, against: training && againstOf(training, history) };
  });
  const all = planned.map(({ of }) => of);
  const comparison = {
    ...trainingsForReport(all, inputs, own),
    best: together?.best,
    ranking: together?.ranking,
  };
  const best = together && results[together.best];
  if (together === undefined || best === undefined || comparison.trainings.some(({ end }) => isOpen(end)))
    return { conclusion: undecidedByEnds(comparison, inputs), best };
  const judged: Judged = {
    kind: 'judged',
    verdict: together.verdict,
    models: together.results.models,
    targetsGiven: inputs.targets.length > 0,
    ...againstOf(best, history),
    history: history.history,
    evaluation: best.reached.evaluated.findings,
    comparison,
  };
  return { conclusion: judged, best };
}
