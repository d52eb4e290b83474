import { plannedBound } from '../../gate/judge-rule.ts';
import { unjudgedTargets } from '../../gate/picks.ts';
import { isAsked, serverlessNeed } from '../../gate/serverless.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Checked, PlannedAction, PlannedVersion } from '../../report/conclusion.ts';
import type { ProjectRef } from '../../roboflow/http/api.ts';
import { trainingPage } from '../../roboflow/training-page.ts';
import { mayReportLatency } from '../../training/model-type.ts';
import { hasEnded } from '../../training/training.ts';
import { datasetOf } from '../follow/followed-training.ts';
import type { PlannedTraining, Prepared } from './prepare.ts';
import { warnOfImageSize } from './warn-of-inputs.ts';

type Next = Prepared['next'];

/** How a dry run ends: what the step would do next, for each type, and by what it would judge. */
export function dryRun(planned: readonly PlannedTraining[], inputs: Inputs): Checked {
  const { rules, targets, weights, star } = inputs;
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('a dry run without any training');
  const { next } = first;
  const { project } = first.here;
  const version = next.kind === 'start' ? next.version : undefined;
  for (const { next, here } of planned)
    if (next.kind === 'start' && next.version) warnOfImageSize(next.version, next.wanted.modelType, here.log);
  const unchecked = planned.flatMap((each) => (each.next.kind === 'start' ? each.next.unchecked : []));
  const serverless = planned.map(serverlessOf).find((name) => name !== undefined);
  const hasVersion = planned.every((each) => each.next.kind !== 'start' || each.next.versions.length > 0);
  return {
    kind: 'checked',
    workspace: project.workspace,
    project: project.project,
    url: pageOf(next, project),
    action: actionOf(first),
    others: others.map(actionOf),
    version: versionOf(next),
    images: version && datasetOf(version).images,
    rules: rules.map((rule) => {
      // Each training may have a baseline of its own; a bound is told if it is the same for all.
      const bounds = new Set(planned.map((each) => plannedBound(rule, each.baseline, targets)));
      const [bound] = bounds.size === 1 ? bounds : [];
      return { rule, bound };
    }),
    unjudged: unjudgedTargets(rules, targets),
    serverless,
    baselines: planned.map(({ baseline }) => baseline),
    unchecked: [
      ...new Set(unchecked),
      ...(version?.generating ? [`version ${version.number} itself, which is still being generated`] : []),
      ...(serverless === undefined || hasVersion ? [] : ["whether the key may read Roboflow's evaluations"]),
      ...(weights ? ['whether the plan of the workspace includes the download of weights'] : []),
    ],
    weights,
    star,
  };
}

function serverlessOf({ inputs, of: { modelType = '' } }: PlannedTraining): string | undefined {
  const need = serverlessNeed(inputs.rules, inputs.targets, mayReportLatency(modelType));
  return isAsked(need) ? need.name : undefined;
}

function actionOf({ next, of }: PlannedTraining): PlannedAction {
  const { modelType } = of;
  if (next.kind === 'start') return { kind: 'start', modelType: next.wanted.modelType };
  const { id, status, phase } = next.followed.training;
  return hasEnded(phase)
    ? { kind: 'judge', jobId: id, modelType }
    : { kind: 'attach', jobId: id, status, modelType };
}

function versionOf(next: Next): PlannedVersion {
  if (next.kind === 'attach') return { kind: 'existing', version: next.followed.training.version };
  const { version } = next;
  return version ? { kind: 'existing', version: version.number } : { kind: 'new' };
}

function pageOf(next: Next, project: ProjectRef): string | undefined {
  const { version, modelType } =
    next.kind === 'attach'
      ? next.followed.training
      : { version: next.version?.number, modelType: next.wanted.modelType };
  return version === undefined ? undefined : trainingPage(project, version, modelType);
}
