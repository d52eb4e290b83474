import type { Baseline } from '../gate/decide.ts';
import { plannedBound } from '../gate/decide.ts';
import { headlineOf } from '../gate/picks.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Checked, PlannedAction, PlannedVersion } from '../report/conclusion.ts';
import type { ProjectRef } from '../roboflow/endpoints/project.ts';
import { trainingPage } from '../roboflow/page.ts';
import type { VersionBody } from '../roboflow/schema/version.ts';
import { hasEnded } from '../training/training.ts';
import type { CheckedStart } from './check.ts';
import { imagesOf } from './images.ts';
import type { Plan, PlannedStart } from './plan.ts';

type Ready = CheckedStart | Extract<Plan, { kind: 'attach' }>;

/** How a dry run ends: what the step would do next, and by what it would judge. Nothing was changed. */
export function checkedConclusion(
  ready: Ready,
  baseline: Baseline,
  { rules, targets }: Inputs,
  project: ProjectRef,
): Checked {
  const version = ready.kind === 'start' ? ready.version : undefined;
  const unchecked = ready.kind === 'start' ? ready.unchecked : [];
  return {
    kind: 'checked',
    ...project,
    url: pageOf(ready, project),
    action: actionOf(ready),
    version: versionOf(ready),
    images: version && imagesOf(version),
    rules: rules.map((rule) => ({ rule, bound: plannedBound(rule, baseline, targets) })),
    baseline: plannedBaseline(baseline),
    unchecked: [...unchecked, ...stillGenerating(version)],
  };
}

function actionOf(ready: Ready): PlannedAction {
  if (ready.kind === 'start') return { kind: 'start', modelType: ready.plan.wanted.modelType };
  const { id, status, phase } = ready.followed.training;
  return hasEnded(phase) ? { kind: 'judge', jobId: id } : { kind: 'attach', jobId: id, status };
}

function versionOf(ready: Ready): PlannedVersion {
  if (ready.kind === 'attach') return { kind: 'existing', version: ready.followed.training.version };
  const { version } = ready.plan;
  return version === undefined
    ? { kind: 'new', madeOf: madeOf(ready.plan) }
    : { kind: 'existing', version: version.number };
}

/** `preprocessing as given, augmentation of version 6`. */
function madeOf({ wanted, versions }: PlannedStart): string {
  const given = wanted.version.kind === 'new' ? wanted.version : undefined;
  const [latest] = versions;
  const usual = latest === undefined ? 'none' : `of version ${latest.number}`;
  const from = (setting: unknown) => (setting === undefined ? usual : 'as given');
  return `the project's images as they are now, preprocessing ${from(given?.preprocessing)}, augmentation ${from(given?.augmentation)}`;
}

function plannedBaseline(baseline: Baseline): Checked['baseline'] {
  switch (baseline.kind) {
    case 'none':
      return { kind: 'none' };
    case 'missing':
    case 'skipped':
      return { kind: 'missing', reason: baseline.reason };
    case 'training':
      return { kind: 'training', version: baseline.version, headline: headlineOf(baseline.results.models) };
  }
}

function pageOf(ready: Ready, project: ProjectRef): string | undefined {
  if (ready.kind === 'start') {
    const { version, wanted } = ready.plan;
    return version && trainingPage(project, version.number, wanted.modelType);
  }
  const { version, modelType } = ready.followed.training;
  return version === undefined ? undefined : trainingPage(project, version, modelType);
}

function stillGenerating(version: VersionBody | undefined): readonly string[] {
  return version?.generating === true
    ? [`version ${version.number} itself, which is still being generated`]
    : [];
}
