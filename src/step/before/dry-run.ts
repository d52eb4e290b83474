import type { Baseline } from '../../gate/baseline.ts';
import { decide } from '../../gate/decide.ts';
import { plannedBound } from '../../gate/judge-rule.ts';
import { hardwareKey, isServerless, sameHardware } from '../../gate/model.ts';
import { unjudgedTargets } from '../../gate/picks.ts';
import { isAsked, serverlessNeed } from '../../gate/serverless.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { listed } from '../../lib/fit-text.ts';
import type { Checked, PlannedAction, TriedBefore, TriedVersion } from '../../report/conclusion.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import {
  type ProjectModels,
  previousOf,
  type ReachedVersion,
  readProjectModels,
} from '../../roboflow/results/read-history.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { trainingPage } from '../../roboflow/training-page.ts';
import { isSearch, mayReportLatency } from '../../training/model-type.ts';
import { hasEnded } from '../../training/training.ts';
import { datasetOf, toldTime } from '../follow/followed-training.ts';
import { needingEvaluation } from './judgeable.ts';
import type { PlannedTraining } from './prepare.ts';
import { judgedByCounts } from './require-counts.ts';
import { warnOfImageSize } from './warn-of-inputs.ts';

/** How a dry run ends: what the step would do next, for each type, by what it would judge, and what earlier versions teach. */
export async function dryRun(
  planned: readonly PlannedTraining[],
  inputs: Inputs,
  here: InProject,
): Promise<Checked> {
  const { rules, targets, weights, star } = inputs;
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('a dry run without any training');
  const { next } = first;
  const { project } = here;
  const models = await readProjectModels(here);
  const version = next.kind === 'start' ? next.version : undefined;
  const number = next.kind === 'start' ? version?.number : next.followed.training.version;
  const isNew = next.kind === 'start' && version === undefined;
  const counts = version ? judgedByCounts(rules, version) : [];
  for (const each of planned) warnOfData(each);
  const starts = planned.flatMap((each) => (each.next.kind === 'start' ? { ...each, next: each.next } : []));
  const hasVersion = starts.every((each) => each.next.versions.length > 0);
  const needs = planned.map(({ inputs: own, of: { modelType = '' } }) =>
    serverlessNeed(own.rules, own.targets, mayReportLatency(modelType)),
  );
  const serverless = needs.find(isAsked)?.name;
  return {
    kind: 'checked',
    workspace: project.workspace,
    project: project.project,
    url: number === undefined ? undefined : trainingPage(project, number, typeOf(first)),
    action: actionOf(first),
    others: others.map(actionOf),
    version: isNew ? { kind: 'new' } : { kind: 'existing', version: number },
    images: version && datasetOf(version).images,
    counts,
    rules: rules
      .filter((rule) => counts.every((each) => each.rule !== rule))
      .map((rule) => {
        // Each training may have a baseline of its own; a bound is told if it is the same for all.
        const bounds = new Set(planned.map((each) => plannedBound(rule, each.baseline, targets)));
        const [bound] = bounds.size === 1 ? bounds : [];
        return { rule, bound };
      }),
    unjudged: unjudgedTargets(rules, targets),
    serverless,
    baselines: planned.map(({ baseline }) => baseline),
    tried: planned.map((each) =>
      triedBefore(typeOf(each), models?.versions ?? [], each.inputs, each.baseline),
    ),
    took: planned.flatMap((each) => tookBefore(each, models)),
    datasets: new Map(versionsOf(first).map((each) => [each.number, datasetOf(each)])),
    needEvaluation: [...new Set(starts.flatMap((each) => needingEvaluation(each.next, each.inputs)))],
    unchecked: [
      ...new Set(starts.flatMap(({ next }) => next.unchecked)),
      ...unmeasured(planned, models),
      ...untried(planned, models),
      ...(version?.generating ? [`version ${version.number} itself, which is still being generated`] : []),
      ...(serverless === undefined || hasVersion ? [] : ["whether the key may read Roboflow's evaluations"]),
      ...(weights ? ['whether the plan of the workspace includes the download of weights'] : []),
    ],
    weights,
    star,
  };
}

function typeOf({ next, of }: PlannedTraining): string | undefined {
  return next.kind === 'start' ? next.wanted.modelType : (next.followed.training.modelType ?? of.modelType);
}

function versionsOf({ next }: PlannedTraining): readonly VersionBody[] {
  return next.kind === 'start' ? next.versions : next.followed.versions;
}

/** How long the newest training of the type took, if this one is still to end. */
function tookBefore(each: PlannedTraining, models: ProjectModels | undefined): NonNullable<Checked['took']> {
  const { next } = each;
  if (next.kind === 'attach' && hasEnded(next.followed.training.phase)) return [];
  const onVersion = (number: number) => models?.versions.find(({ version }) => version === number)?.best.type;
  return [toldTime(versionsOf(each), typeOf(each), onVersion)].filter((told) => told !== undefined);
}

/** The hardware of rules and targets that no search of the project was measured on so far: a search need not be measured there. */
function unmeasured(
  planned: readonly PlannedTraining[],
  models: ProjectModels | undefined,
): readonly string[] {
  const searches = planned.filter((each) => mayReportLatency(typeOf(each) ?? ''));
  const named = searches.flatMap(({ inputs: { rules, targets } }) =>
    [...targets, ...rules].flatMap(({ hardware }) => hardware ?? []),
  );
  const seen = models?.hardware ?? [];
  const isKnown = (name: string) => isServerless(name) || seen.some((each) => sameHardware(each, name));
  const unknown = new Map(named.filter((name) => !isKnown(name)).map((name) => [hardwareKey(name), name]));
  const earlier =
    seen.length === 0 ? 'no earlier search of this project tells' : `earlier searches had ${listed(seen)}`;
  return [...unknown.values()].map((name) => `whether ${name} is measured; ${earlier}`);
}

/** Of which models the list of them does not tell what the rules would have made. */
function untried(planned: readonly PlannedTraining[], models: ProjectModels | undefined): readonly string[] {
  if (models === undefined) return ['how the rules would have judged before, as no list of models came'];
  const wereSearched = models.hardware.length > 0 && planned.some((each) => isSearch(typeOf(each)));
  return wereSearched
    ? ['how the rules would have judged earlier searches, of whose models the list names no version']
    : [];
}

function warnOfData({ next, here }: PlannedTraining): void {
  if (next.kind === 'start') {
    if (next.version) warnOfImageSize(next.version, next.wanted.modelType, here.log);
    return;
  }
  const { training, versions } = next.followed;
  const version = versions.find(({ number }) => number === training.version);
  if (version?.splits.test === 0)
    here.log.warning(`Version ${version.number} has no test images: nothing can be judged on them.`);
}

function actionOf({ next, of }: PlannedTraining): PlannedAction {
  const { modelType } = of;
  if (next.kind === 'start') return { kind: 'start', modelType: next.wanted.modelType };
  const { id, status, phase } = next.followed.training;
  return hasEnded(phase)
    ? { kind: 'judge', jobId: id, modelType }
    : { kind: 'attach', jobId: id, status, modelType };
}

const MOST_VERSIONS = 10;

/**
 * Holds the rules against the newest versions that have a model, and against what the baseline is today, so that bounds can be
 * chosen from what was reached. What only a version or an evaluation tells was not read.
 * @param reached highest first
 */
export function triedBefore(
  modelType: string | undefined,
  reached: readonly ReachedVersion[],
  { rules, targets }: Pick<Inputs, 'rules' | 'targets'>,
  baseline: Baseline,
): TriedBefore {
  const versions = reached.slice(0, MOST_VERSIONS).flatMap((newest): readonly TriedVersion[] => {
    const past = previousOf([newest], modelType, rules);
    if (past === undefined) return [];
    const { results, ...run } = past;
    const trainings = [{ modelType: modelType ?? '', results, baseline }];
    const { verdict } = decide({ trainings, rules, targets, onMissingBaseline: 'fail' });
    return [{ ...run, rules: verdict.rules, metrics: results.headline?.metrics ?? new Map() }];
  });
  return { modelType, versions: versions.toReversed() };
}
