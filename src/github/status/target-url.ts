import { TrainGateError } from '../../lib/errors.ts';
import type { ProjectRef } from '../../roboflow/http/api.ts';
import { appIn } from '../../roboflow/http/region.ts';
import { isId, projectPage, trainingPage } from '../../roboflow/training-page.ts';
import { isTypeName } from '../../training/model-type.ts';
import { ROUTE_NAMES, type RouteName } from '../../training/training-api.ts';

/** What a status is about: all that is needed to find the training again and to judge it. */
export interface StatusSubject extends ProjectRef {
  readonly version: number | undefined;
  readonly modelType: string | undefined;
  readonly job: { readonly id: string; readonly route: RouteName } | undefined;
  /** When the training was started, in epoch s. */
  readonly startedAtS: number;
}

/** The target URL of a status: the page on Roboflow; its fragment carries the rest. Throws TrainGateError if an id does not fit. */
export function targetUrlOf(subject: StatusSubject): string {
  if (isSound(subject)) return urlFor(subject);
  const what = `No commit status can name training ${subject.job?.id} of ${subject.modelType}.`;
  throw new TrainGateError(what, { hint: 'Use "wait: job" for this server.' });
}

function urlFor({ job, modelType, startedAtS, version, ...project }: StatusSubject): string {
  const page = version === undefined ? projectPage(project) : trainingPage(project, version, modelType);
  const told = Object.entries({ job: job?.id, type: modelType, route: job?.route, at: startedAtS });
  const fields = told.flatMap(([name, value]) =>
    value === undefined ? [] : `${name}=${encodeURIComponent(value)}`,
  );
  return `${page}#${fields.join('&')}`;
}

const PAGE = /^\/([^/#]+)\/([^/#]+?)(?:\/(?:nas-runs\/)?([1-9]\d{0,8}))?#(.*)$/;

/** What a target URL says; undefined if it is none of ours, as anybody can write one: it has to be just what would be written. */
export function readTargetUrl(url: string): StatusSubject | undefined {
  const app = appIn(url);
  if (app === undefined) return undefined;
  const [, workspace = '', project = '', version, fragment = ''] = PAGE.exec(url.slice(app.length)) ?? [];
  const fields = new URLSearchParams(`workspace=${workspace}&project=${project}&${fragment}`);
  const id = fields.get('job');
  const route = ROUTE_NAMES.find((name) => name === fields.get('route'));
  const subject: StatusSubject = {
    app,
    workspace: fields.get('workspace') ?? '',
    project: fields.get('project') ?? '',
    version: version === undefined ? undefined : Number(version),
    modelType: fields.get('type') ?? undefined,
    job: id !== null && route !== undefined ? { id, route } : undefined,
    startedAtS: /^\d{1,11}$/.test(fields.get('at') ?? '') ? Number(fields.get('at')) : Number.NaN,
  };
  return isSound(subject) && urlFor(subject) === url ? subject : undefined;
}

/** Whether a subject can travel in a status. Only ids of older versions have slashes (docs/internals/roboflow-api.md#words-and-ids). */
function isSound({ workspace, project, version, modelType, job, startedAtS }: StatusSubject): boolean {
  const isSoundJob = job === undefined || isId(job.id) || job.id === `${workspace}/${project}/${version}`;
  const isSoundType = modelType === undefined || isTypeName(modelType);
  return isId(workspace) && isId(project) && isSoundJob && isSoundType && startedAtS >= 0;
}
