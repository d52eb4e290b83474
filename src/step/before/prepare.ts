import type { Baseline } from '../../gate/baseline.ts';
import { isServerless } from '../../gate/model.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { prefixedLog } from '../../lib/context.ts';
import { InterruptedError, TrainGateError } from '../../lib/errors.ts';
import { canAlways } from '../../roboflow/apis/choose-route.ts';
import { projectVersions } from '../../roboflow/dataset/versions.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { mayReportLatency } from '../../training/model-type.ts';
import type { TrainingOfStep } from '../follow/step-progress.ts';
import { type CheckedStart, checkStart } from './check-start.ts';
import { warnOfEmptyClasses, warnOfNewClasses } from './class-checks.ts';
import { requireDownload, requireEvaluations, requireJudgeable, requireReported } from './judgeable.ts';
import { makePlan, type Plan } from './make-plan.ts';
import { checkTogether } from './refusals.ts';
import { requireCounts } from './require-counts.ts';
import { requiredBaseline } from './required-baseline.ts';

/** What the step is going to do, after everything was checked that can be checked without paying. */
export interface Prepared {
  readonly next: Extract<Plan, { kind: 'attach' }> | CheckedStart;
  readonly baseline: Baseline;
}

/** What to do, the baseline, and whether a start is sound. Changes nothing; throws TrainGateError that says what to change. */
export async function prepare(
  inputs: Inputs,
  here: InProject,
  rerunSinceMs: number | undefined,
): Promise<Prepared> {
  const plan = await makePlan(inputs, here, rerunSinceMs);
  if (plan.kind === 'attach') {
    const { training, route, versions: listed } = plan.followed;
    if (inputs.weights !== undefined) requireDownload(training.modelType);
    const isKnown = listed.length > 0 || inputs.baseline?.kind !== 'version';
    const versions = isKnown ? listed : await projectVersions(here);
    const baseline = await requiredBaseline(training, inputs, versions, route, here);
    return { next: { ...plan, followed: { ...plan.followed, versions } }, baseline };
  }
  const { wanted, version, versions, chosen } = plan;
  const judged = { version: version?.number, modelType: wanted.modelType };
  let baseline: Baseline = { kind: 'none' };
  const checks = [
    () => requireJudgeable(plan, inputs),
    () => requireReported((version ?? versions[0])?.projectType, inputs.rules, here.log),
    () => inputs.weights === undefined || requireDownload(wanted.modelType),
    // The same refusal would keep both from being read.
    async () => {
      await requireEvaluations(plan, inputs, here);
      baseline = await requiredBaseline(judged, inputs, versions, chosen?.route, here);
    },
  ];
  const next = await checkTogether(checks, () => checkStart(plan, inputs.rules, here));
  if (next.version && inputs.onMissingBaseline === 'fail')
    warnOfNewClasses(inputs.rules, next.version, baseline, here.log);
  return { next, baseline };
}

/** One training of the step, after everything was checked that can be checked without paying. */
export interface PlannedTraining extends Prepared {
  readonly of: TrainingOfStep;
  readonly inputs: Inputs;
  /** Of several types, its lines in the log begin with its own. */
  readonly here: InProject;
}

/**
 * Checks all trainings, one after the other, before any is started. Nothing is changed by it.
 * @param open opens the project with a log
 * @param rerunSinceMs in a re-run: since when an earlier attempt may have started a training, in epoch ms
 * @throws TrainGateError that says what to change; what is wrong with one starts none
 */
export async function prepareAll(
  trainings: readonly TrainingOfStep[],
  inputs: Inputs,
  here: InProject,
  open: (log: InProject['log']) => InProject,
  rerunSinceMs: number | undefined,
): Promise<readonly PlannedTraining[]> {
  const isOne = trainings.length === 1;
  const planned: PlannedTraining[] = [];
  for (const of of trainings) {
    const { modelType = '' } = of;
    const own = isOne
      ? { inputs, here }
      : { inputs: inputsOfType(inputs, modelType), here: open(prefixedLog(here.log, `[${modelType}] `)) };
    const prepared = await prepare(own.inputs, own.here, rerunSinceMs).catch((error: unknown) => {
      throw isOne ? error : aboutType(error, modelType);
    });
    planned.push({ of, ...own, ...prepared });
  }
  refuseSharedTraining(planned);
  if (inputs.wait === 'none' && runOneAtATime(planned))
    throw new TrainGateError(
      'On the route jobs Roboflow tells trainings of one version apart only if they run one after the other, and with "wait: none" they would run side by side. Nothing was started.',
      { hint: 'Set wait to "job", name one model type, or use a server that has v2/trainings.' },
    );
  const [start] = planned.flatMap(({ next }) => (next.kind === 'start' ? [next] : []));
  if (start) warnOfEmptyClasses(start, here.log);
  if (start?.version) requireCounts(inputs, start.version, here.log);
  return planned;
}

/**
 * The inputs of one of several trainings. If another of them is a search, a fine-tune need not be measured on devices: rules on one
 * and such targets are then not held against it before its start, but for rules that must hold for each.
 */
export function inputsOfType(inputs: Inputs, modelType: string): Inputs {
  const { training, rules, targets, modelTypes } = inputs;
  const ofType = { ...inputs, training: { ...training, modelType } };
  if (mayReportLatency(modelType) || !modelTypes.some(mayReportLatency)) return ofType;
  const held = rules.filter(
    ({ scope, hardware }) => scope === 'each' || hardware === undefined || isServerless(hardware),
  );
  return { ...ofType, rules: held, targets: targets.filter(({ hardware }) => isServerless(hardware)) };
}

/** The same error with the type that it is about, unless it says so. An interruption and a bug are about none. */
function aboutType(error: unknown, modelType: string): unknown {
  if (!(error instanceof TrainGateError) || error instanceof InterruptedError) return error;
  if (error.message.includes(modelType)) return error;
  const { hint, details } = error;
  return new TrainGateError(`model-type ${modelType}: ${error.message}`, { hint, details, cause: error });
}

/** Where Roboflow names only the family of a training, it can be taken for several sizes. It is one of them at most. */
function refuseSharedTraining(planned: readonly PlannedTraining[]): void {
  const taken = new Map<string, string | undefined>();
  for (const { of, next } of planned) {
    if (next.kind !== 'attach') continue;
    const { id, modelType: shown } = next.followed.training;
    if (taken.has(id))
      throw new TrainGateError(
        `Training ${id} (${shown ?? 'of unknown type'}) could be the one of ${taken.get(id)} and the one of ${of.modelType}. Nothing was started.`,
        { hint: 'Wait until it has ended, or set reuse to "none": then each is started anew.' },
      );
    taken.set(id, of.modelType);
  }
}

/** Whether Roboflow may tell the results of several trainings by version only, so that they must not run side by side. */
export function runOneAtATime(planned: readonly PlannedTraining[]): boolean {
  if (planned.length < 2) return false;
  return planned.some(({ next, inputs }) => {
    const route = next.kind === 'attach' ? next.followed.route : next.chosen?.route;
    return !(route?.can.severalAtOnce ?? canAlways(inputs.route, 'severalAtOnce'));
  });
}
