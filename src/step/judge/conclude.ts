import type { Baseline } from '../../gate/baseline.ts';
import { type Decision, decide } from '../../gate/decide.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Against } from '../../report/against.ts';
import type { Judged, Undecided } from '../../report/conclusion.ts';
import { isOpen } from '../../report/training-end.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import {
  historyOf,
  previousOf,
  type ReachedVersion,
  readHistory,
} from '../../roboflow/results/read-history.ts';
import type { PlannedTraining } from '../before/prepare.ts';
import type { Reached } from '../follow/end-of.ts';
import { trainingsForReport, undecidedByEnds } from './undecided.ts';
import type { Evaluated } from './with-evaluations.ts';

type WithResults = PlannedTraining & { readonly reached: Extract<Reached, { kind: 'results' }> };

type GateInputs = Pick<Inputs, 'rules' | 'targets' | 'onMissingBaseline' | 'failBuild'>;

/** Judges the trainings of a step together. As long as one is open, or of several none has a model to take, nothing is decided. */
export async function conclude(
  planned: readonly PlannedTraining[],
  inputs: Inputs,
  here: InProject,
): Promise<{ readonly conclusion: Judged | Undecided; readonly best: WithResults | undefined }> {
  const results = planned.map(withResults);
  const version = results.find((each) => each !== undefined)?.reached.training.version;
  const reached = version === undefined ? [] : await readHistory(here, version);
  const trainings = planned.map(({ of, baseline: named }, index) => {
    const { evaluated, baseline = named } = results[index]?.reached ?? {};
    return { modelType: of.modelType ?? '', results: evaluated?.results, baseline };
  });
  const decision = decide({ ...inputs, trainings });
  const own = decision.own.map((verdict, index) => {
    const training = results[index];
    const against = training && againstOf(training, reached);
    return { ...verdict, against, models: training?.reached.evaluated.results.models };
  });
  const all = planned.map(({ of }) => of);
  const { best: place, ranking } = decision;
  const comparison = { ...trainingsForReport(all, inputs, own), best: place, ranking };
  const best = place === undefined ? undefined : results[place];
  if (best === undefined || comparison.trainings.some(({ end }) => isOpen(end)))
    return { conclusion: undecidedByEnds(comparison, inputs), best };
  const judged = judgedBy(decision, againstOf(best, reached), best.reached.evaluated.findings, inputs);
  const history = historyOf(reached, best.reached.training.modelType);
  return { conclusion: { ...judged, history, comparison }, best };
}

function withResults(planned: PlannedTraining): WithResults | undefined {
  const reached = planned.of.end();
  return reached?.kind === 'results' ? { ...planned, reached } : undefined;
}

function againstOf({ inputs, reached }: WithResults, versions: readonly ReachedVersion[]): Against {
  return {
    baseline: reached.baseline,
    previous: previousOf(versions, reached.training.modelType, inputs.rules),
  };
}

/** Holds the rules against the results of one training. */
export function judge({ results, findings }: Evaluated, baseline: Baseline, inputs: GateInputs): Judged {
  const decision = decide({ ...inputs, trainings: [{ modelType: '', results, baseline }] });
  return judgedBy(decision, { baseline }, findings, inputs);
}

function judgedBy(
  { verdict, results: { models } }: Decision,
  against: Against,
  evaluation: Evaluated['findings'],
  { targets, failBuild }: GateInputs,
): Judged {
  const isAccepted = verdict.outcome === 'failed' && !failBuild;
  const targetsGiven = targets.length > 0;
  return { kind: 'judged', verdict, isAccepted, models, targetsGiven, ...against, evaluation };
}
