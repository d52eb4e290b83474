import type { Baseline } from '../../gate/baseline.ts';
import { chooseHeadline, withHeadline } from '../../gate/headline.ts';
import { isCount } from '../../gate/metric.ts';
import { candidatesOf, type Model, trainedHardware } from '../../gate/model.ts';
import { headedBy, type WithHeadline } from '../../gate/picks.ts';
import { decides, needsDetails, type Rule } from '../../gate/rules.ts';
import { isAsked, serverlessNeed } from '../../gate/serverless.ts';
import type { ModelDetails, WantedFigure } from '../../gate/split-figures.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import type { EvaluationFindings } from '../../report/evaluation-findings.ts';
import { getVersion } from '../../roboflow/endpoints/version.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { ApiError } from '../../roboflow/http/failure.ts';
import { unlessFailed } from '../../roboflow/http/outcome.ts';
import { outagePatience } from '../../roboflow/http/retry.ts';
import {
  type FoundEvaluation,
  readEvaluation,
  withoutThreshold,
} from '../../roboflow/results/read-evaluation.ts';
import { readFindings } from '../../roboflow/results/read-findings.ts';
import { readServerless } from '../../roboflow/results/read-serverless.ts';
import { withCounts } from '../../roboflow/results/samples.ts';
import { countsOfVersion } from '../../roboflow/results/version-results.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { type EvaluationReading, type EvaluationWait, NO_WAIT } from '../../training/await-evaluation.ts';
import type { TrainingResults } from '../../training/await-results.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';
import { forReport, judgedSplit, needsOf, type RulesAndTargets, wantedByModel } from './wanted-figures.ts';

type Reading = EvaluationReading<FoundEvaluation>;

/** The results of a training with what Roboflow's evaluations say of its models. */
export interface Evaluated {
  readonly results: TrainingResults;
  readonly findings: EvaluationFindings | undefined;
}

/**
 * Reads the latency on Serverless and the evaluations of the models that rules on classes and splits judge. What a rule needs is
 * waited for. Of the headline model what is there at once is read too, for the report and the output `confidence`.
 */
export async function withEvaluations(
  reported: TrainingResults,
  { training: { version }, versions }: Pick<FollowedTraining, 'training' | 'versions'>,
  baseline: Baseline,
  inputs: Pick<Inputs, 'rules' | 'targets' | 'onMissingBaseline' | 'confidence'>,
  here: InProject,
  wait: EvaluationWait,
): Promise<Evaluated> {
  const { rules, targets, confidence } = inputs;
  const timed = await withServerless(reported, version, inputs, here, wait);
  const told = withoutOther(confidence, timed);
  if (version === undefined || !(wait.isForReport || rules.some(needsDetails)))
    return { results: told, findings: undefined };
  const results = await withVersionCounts(told, version, versions, rules, here);
  const { headline } = chooseHeadline(results, rules, { ...inputs, baselineOf: () => baseline });
  const wanting = needsOf(rules, headedBy(headline, results), targets).filter(
    ({ isMissing, figure }) => isMissing || figure.counts === 'images',
  );
  const needs = wanting.map(({ isMissing, ...need }) => ({
    ...need,
    figure: { ...need.figure, isKnown: need.figure.isKnown || !isMissing },
  }));
  const first = headline === undefined ? [] : [[headline, forReport(headline)] as const];
  const wanted = new Map([...first, ...wantedByModel(needs)]);
  const { models, readings } = await evaluated(results, version, wanted, confidence, here, wait);
  const reading = headline && readings.get(headline);
  const patience = { untilMs: here.clock.now() };
  const findings =
    reading?.kind === 'done'
      ? await readFindings({ here, patience }, reading.found, judgedSplit(rules))
      : undefined;
  return { results: { ...results, models }, findings };
}

/** The models of `results` with the figures that are wanted of them, and what came of reading each. */
async function evaluated(
  results: TrainingResults,
  version: number,
  wanted: ReadonlyMap<Model, readonly WantedFigure[]>,
  confidence: number | undefined,
  here: InProject,
  wait: EvaluationWait,
): Promise<{ models: readonly Model[]; readings: ReadonlyMap<Model, Reading> }> {
  const readings = new Map<Model, Reading>();
  for (const [model, figures] of wanted) {
    const mustWait = figures.some(({ isNeeded }) => isNeeded);
    const patience = { untilMs: mustWait ? wait.untilMs() : here.clock.now() };
    const read = () => readEvaluation({ here, patience, confidence }, version, model, results, figures);
    readings.set(model, mustWait ? await wait.over(model.id, read) : await read());
  }
  const models = results.models.map((model) => {
    const reading = readings.get(model);
    return reading ? { ...model, details: detailsWith(model, reading, wanted.get(model) ?? []) } : model;
  });
  return { models, readings };
}

/**
 * Adds what Roboflow's comparison says of the latency on its Serverless API, or why it says nothing. It comes with the evaluation:
 * one that rules or targets need is waited for, else what is there at once is taken, for the report.
 */
async function withServerless(
  results: TrainingResults,
  version: number | undefined,
  { rules, targets }: RulesAndTargets,
  here: InProject,
  wait: EvaluationWait,
): Promise<TrainingResults> {
  const { models } = results;
  const [first] = models;
  if (version === undefined || first === undefined) return results;
  const need = serverlessNeed(rules, targets, trainedHardware(candidatesOf(models)).length > 0);
  if (!wait.isForReport && !isAsked(need)) return results;
  const patience = { untilMs: need.isNeeded ? wait.untilMs() : here.clock.now() };
  const read = () => readServerless({ here, patience }, results, version, need);
  const reading = need.isNeeded ? await wait.over(first.id, read) : await read();
  if (reading.kind === 'done') return { ...results, models: reading.found };
  return { ...results, models: models.map((model) => ({ ...model, serverlessLack: reading })) };
}

/** Adds to the training that rules compare with what its own evaluation says. It was made long ago, so nothing is waited for. */
export async function baselineWithEvaluation(
  reported: TrainingResults,
  version: number,
  { rules, targets, confidence }: RulesAndTargets & Pick<Inputs, 'confidence'>,
  here: InProject,
): Promise<WithHeadline> {
  const comparing = rules.filter(({ bound }) => bound.kind === 'baseline');
  const wait = { ...NO_WAIT, untilMs: () => here.clock.now() + OUTAGE_PATIENCE_MS };
  const timed = await withServerless(reported, version, { rules: comparing, targets: [] }, here, wait);
  const results = withoutOther(confidence, timed);
  const wanted = wantedByModel(needsOf(comparing, withHeadline(results, rules), targets));
  const { models } = await evaluated(results, version, wanted, confidence, here, wait);
  return withHeadline({ ...results, models }, rules);
}

/** Without figures of classes and splits that were measured at another confidence than the one to judge at, if there is one. */
function withoutOther(confidence: number | undefined, results: TrainingResults): TrainingResults {
  if (confidence === undefined) return results;
  const without = ({ details, ...model }: Model): Model => ({
    ...model,
    details: details && {
      ...details,
      figures: details.figures.map((figures) => ({
        ...figures,
        all: withoutThreshold(figures.all),
        classes: figures.classes.map((each) => ({ ...each, metrics: withoutThreshold(each.metrics) })),
      })),
    },
  });
  return { ...results, models: results.models.map(without) };
}

/** The models with what their version has, if rules are about that; of the listed `versions`, or else it is read. */
async function withVersionCounts(
  results: TrainingResults,
  version: number,
  versions: readonly VersionBody[],
  rules: readonly Rule[],
  here: InProject,
): Promise<TrainingResults> {
  const counting = rules.filter(({ metric }) => isCount(metric));
  if (counting.length === 0) return results;
  const listed = versions.find(({ number }) => number === version);
  const read = () => getVersion(here, version, outagePatience(here));
  const found = listed ?? (await (counting.some(decides) ? read() : unlessFailed(read)));
  if (found instanceof ApiError) return results;
  const counts = countsOfVersion(found);
  const withCounts = ({ details, ...model }: Model): Model => ({
    ...model,
    details: { figures: [...(details?.figures ?? []), ...counts], lacking: details?.lacking ?? [] },
  });
  return { ...results, models: results.models.map(withCounts) };
}

function detailsWith({ details }: Model, reading: Reading, wanted: readonly WantedFigure[]): ModelDetails {
  const figures = details?.figures ?? [];
  if (reading.kind === 'done') {
    const { counts } = reading.found;
    const all = [...figures, ...reading.figures].map((each) => withCounts(each, counts.get(each.split)));
    return { figures: all, lacking: reading.lacking };
  }
  return { figures, lacking: wanted.map((figure) => ({ ...figure, why: reading })) };
}
