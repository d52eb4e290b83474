import type { Baseline } from '../../gate/baseline.ts';
import { chooseHeadline, withHeadline } from '../../gate/headline.ts';
import { measure, neededMetrics } from '../../gate/measure.ts';
import { candidatesOf, type Model, trainedHardware } from '../../gate/model.ts';
import { headedBy, type ModelResults, type WithHeadline } from '../../gate/picks.ts';
import { decides, hasNoise, needsDetails, type Rule } from '../../gate/rules.ts';
import { isAsked, type ServerlessNeed, serverlessNeed } from '../../gate/serverless.ts';
import { type ModelDetails, SPLITS, type SplitFigures, type WantedFigure } from '../../gate/split-figures.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { type Context, OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import type { EvaluationFindings } from '../../report/evaluation-findings.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { evaluatedModel } from '../../roboflow/results/find-evaluation.ts';
import {
  type FoundEvaluation,
  readEvaluation,
  readFindings,
  withoutThreshold,
} from '../../roboflow/results/read-evaluation.ts';
import { readServerless } from '../../roboflow/results/read-serverless.ts';
import { withCounts } from '../../roboflow/results/samples.ts';
import type { SplitCounts } from '../../roboflow/schema/version-body.ts';
import {
  awaitEvaluation,
  type EvaluationReading,
  latestEvaluationMs,
} from '../../training/await-evaluation.ts';
import type { TrainingResults, WantedResults } from '../../training/await-results.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';

type Reading = EvaluationReading<FoundEvaluation>;
type RulesAndTargets = Pick<Inputs, 'rules' | 'targets'>;

/** What is read of results for `rules` and `targets`; the `usual` by class and split if none is about that or an evaluation, and what is `told` if it is there. */
export function wantedResults(
  { rules, targets }: RulesAndTargets,
  usual: 'for-report' | 'none',
  told: readonly Rule[] = rules,
): WantedResults {
  const deciding = rules.filter(decides);
  // By that an evaluation is told from those of others.
  const otherwise = isAsked(serverlessNeed(rules, targets, false)) ? 'for-report' : usual;
  return {
    metrics: neededMetrics(deciding),
    toldMetrics: neededMetrics(told),
    details: deciding.some(needsDetails) ? 'needed' : rules.some(needsDetails) ? 'for-report' : otherwise,
  };
}

/** The results of a training with what Roboflow's evaluations say of its models. */
export interface Evaluated {
  readonly results: TrainingResults;
  readonly findings: EvaluationFindings | undefined;
}

/** How an evaluation that a rule needs is waited for. */
export interface EvaluationWait {
  untilMs(): number;
  over<Found>(
    modelId: string,
    read: () => Promise<EvaluationReading<Found>>,
  ): Promise<EvaluationReading<Found>>;
}

/** Until an evaluation is there, as long as the contract says, or the step's time ends (`timeoutAtMs`, epoch ms). */
export function patientWait(timeoutAtMs: number, context: Context): EvaluationWait {
  return {
    untilMs: () => Math.min(context.clock.now() + OUTAGE_PATIENCE_MS, latestEvaluationMs(timeoutAtMs)),
    over: (modelId, read) => awaitEvaluation(modelId, read, timeoutAtMs, context),
  };
}

/** Not at all: what is there is taken, and requests are repeated as the API itself allows. */
export const NO_WAIT: EvaluationWait = { untilMs: () => Number.POSITIVE_INFINITY, over: (_, read) => read() };

/**
 * Reads the evaluations of the models that rules on classes and splits judge. One that a rule needs is waited for. Of the
 * headline model what is there at once is read too, for the report; an evaluation takes minutes, so of a training that ended
 * just now it is only asked for if rules are about such figures.
 */
export async function withEvaluations(
  reported: TrainingResults,
  { training: { version }, before, versions }: Pick<FollowedTraining, 'training' | 'before' | 'versions'>,
  baseline: Baseline,
  inputs: Pick<Inputs, 'rules' | 'targets' | 'onMissingBaseline' | 'confidence'>,
  here: InProject,
  wait: EvaluationWait,
): Promise<Evaluated> {
  const { rules, targets, confidence } = inputs;
  const results = withoutOther(confidence, reported);
  const mayBeDone = before === undefined || rules.some(needsDetails);
  if (version === undefined || !mayBeDone) return { results, findings: undefined };
  const { headline } = chooseHeadline(results, rules, { ...inputs, baselineOf: () => baseline });
  const wanting = needsOf(rules, headedBy(headline, results), targets).filter(
    ({ isMissing, figure }) => isMissing || figure.counts === 'images',
  );
  const needs = Map.groupBy(wanting, ({ model }) => model);
  const detailed = new Map<string, Model>();
  let findings: EvaluationFindings | undefined;
  for (const model of new Set([...(headline === undefined ? [] : [headline]), ...needs.keys()])) {
    const own = needs
      .get(model)
      ?.map(({ figure, isMissing }) => ({ ...figure, isKnown: figure.isKnown || !isMissing }));
    const subject = evaluatedModel(model, results);
    const wanted = own ?? forReport(model);
    const mustWait = wanted.some(({ isNeeded }) => isNeeded);
    const patience = { untilMs: mustWait ? wait.untilMs() : here.clock.now() };
    const read = () => readEvaluation({ here, patience, confidence }, version, subject, wanted);
    const reading = mustWait ? await wait.over(model.id, read) : await read();
    detailed.set(model.id, { ...model, details: detailsWith(model, reading, wanted) });
    if (model === headline && reading.kind === 'done')
      findings = await readFindings({ here, patience: { untilMs: here.clock.now() } }, reading.found);
  }
  const models = results.models.map((model) => detailed.get(model.id) ?? model);
  const isOnImages = rules.some(({ metric }) => metric === 'images');
  const splits = isOnImages ? versions.find((each) => each.number === version)?.splits : undefined;
  return { results: { ...results, models: models.map((model) => withImages(model, splits)) }, findings };
}

/**
 * Adds what Roboflow's comparison says of the latency on its Serverless API, or why it says nothing. It comes with the evaluation:
 * one that rules or targets need is waited for, else what is there at once is taken, for the report.
 */
export async function withServerless(
  results: TrainingResults,
  version: number | undefined,
  need: ServerlessNeed,
  here: InProject,
  wait: EvaluationWait,
): Promise<TrainingResults> {
  const [first] = results.models;
  if (version === undefined || first === undefined) return results;
  const patience = { untilMs: need.isNeeded ? wait.untilMs() : here.clock.now() };
  const read = () => readServerless({ here, patience }, results, version, need);
  const reading = need.isNeeded ? await wait.over(first.id, read) : await read();
  if (reading.kind === 'done') return { ...results, models: reading.found };
  return { ...results, models: results.models.map((model) => ({ ...model, serverlessLack: reading })) };
}

/** What `inputs` need to know of that latency, of a training with these models. */
export function serverlessNeedOf(
  { rules, targets }: RulesAndTargets,
  { models }: ModelResults,
): ServerlessNeed {
  return serverlessNeed(rules, targets, trainedHardware(candidatesOf(models)).length > 0);
}

/** Adds to the training that rules compare with what its own evaluation says. It was made long ago, so nothing is waited for. */
export async function baselineWithEvaluation(
  reported: TrainingResults,
  version: number,
  { rules, targets, confidence }: RulesAndTargets & Pick<Inputs, 'confidence'>,
  here: InProject,
): Promise<WithHeadline> {
  const comparing = rules.filter(({ bound }) => bound.kind === 'baseline');
  const need = serverlessNeedOf({ rules: comparing, targets: [] }, reported);
  const wait = { ...NO_WAIT, untilMs: () => here.clock.now() + OUTAGE_PATIENCE_MS };
  const timed = isAsked(need) ? await withServerless(reported, version, need, here, wait) : reported;
  const results = withoutOther(confidence, timed);
  const before = withHeadline(results, rules);
  const detailed = new Map<string, Model>();
  for (const [model, own] of Map.groupBy(needsOf(comparing, before, targets), (need) => need.model)) {
    const wanted = own.map(({ figure }) => figure);
    const isNeeded = wanted.some((figure) => figure.isNeeded);
    const patience = { untilMs: here.clock.now() + (isNeeded ? OUTAGE_PATIENCE_MS : 0) };
    const subject = evaluatedModel(model, results);
    const reading = await readEvaluation({ here, patience, confidence }, version, subject, wanted);
    detailed.set(model.id, { ...model, details: detailsWith(model, reading, wanted) });
  }
  const models = results.models.map((model) => detailed.get(model.id) ?? model);
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

interface Need {
  readonly model: Model;
  readonly figure: WantedFigure;
  readonly isMissing: boolean;
}

function needsOf(rules: readonly Rule[], results: WithHeadline, targets: Inputs['targets']): readonly Need[] {
  return rules.filter(needsDetails).flatMap((rule) => {
    const measured = measure(rule, results, targets);
    const { metric, split = 'valid', ofClass } = rule;
    if (!('model' in measured) || metric === 'latency' || metric === 'images') return [];
    const by = ofClass === undefined ? 'split' : 'class';
    const isMissing = measured.kind === 'no-figure' && measured.why.kind !== 'no-objects';
    const counts = hasNoise(rule) ? 'images' : metric === 'objects' ? 'objects' : undefined;
    const isKnown = metric === 'objects';
    const figure: WantedFigure = { metric, split, by, isNeeded: decides(rule), counts, isKnown };
    return [{ model: measured.model, figure, isMissing }];
  });
}

/** How many images each split of the version has, for rules on that. */
function withImages(model: Model, splits: SplitCounts | undefined): Model {
  if (splits === undefined) return model;
  const { figures = [], lacking = [] } = model.details ?? {};
  const counted = SPLITS.flatMap((split): readonly SplitFigures[] => {
    const images = splits[split];
    const all = new Map([['images', images ?? 0] as const]);
    return images === undefined ? [] : [{ split, source: 'version', all, classes: [] }];
  });
  return { ...model, details: { figures: [...figures, ...counted], lacking } };
}

/** The classes on the validation split, unless they are known. */
function forReport({ details }: Model): readonly WantedFigure[] {
  const isKnown = details?.figures.some(({ classes }) => classes.length > 0) ?? false;
  return isKnown ? [] : [{ metric: 'map50', split: 'valid', by: 'class', isNeeded: false }];
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
