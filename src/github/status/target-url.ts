import { isSlug, projectPage, trainingPage } from '../../roboflow/training-page.ts';
import type { RouteName } from '../../training/training-api.ts';

/** What a status is about: all that is needed to find the training again and to judge it. */
export interface StatusSubject {
  readonly workspace: string;
  readonly project: string;
  /** Undefined while it is being generated, or if Roboflow does not say. */
  readonly version: number | undefined;
  readonly modelType: string | undefined;
  /** Undefined before the start. */
  readonly job: { readonly id: string; readonly route: RouteName } | undefined;
  /** When the training was started, in epoch s. */
  readonly startedAtS: number;
}

/**
 * The target URL of a status: the page on Roboflow, whose fragment carries the rest. There is no other store. Each subject has
 * just one form.
 */
export function targetUrlOf({ job, modelType, startedAtS, version, ...project }: StatusSubject): string {
  const page = version === undefined ? projectPage(project) : trainingPage(project, version, modelType);
  const fields = [
    ...(job === undefined ? [] : [['job', job.id]]),
    ...(modelType === undefined ? [] : [['type', modelType]]),
    ...(job === undefined ? [] : [['route', job.route]]),
    ['at', String(startedAtS)],
  ];
  return `${page}#${fields.map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

const PAGE = /^https:\/\/app\.roboflow\.com\/([^/#]+)\/([^/#]+?)(?:\/(?:nas-runs\/)?([1-9]\d{0,8}))?#(.*)$/;

/** What a target URL says; undefined if it is none of ours, as anybody can write one. */
export function readTargetUrl(url: string): StatusSubject | undefined {
  const [, workspace = '', project = '', version, fragment = ''] = PAGE.exec(url) ?? [];
  const fields = fieldsOf(fragment);
  const at = fields?.get('at') ?? '';
  if (fields === undefined || !isSlug(workspace) || !isSlug(project) || !/^\d{1,11}$/.test(at))
    return undefined;
  const subject: StatusSubject = {
    workspace,
    project,
    version: version === undefined ? undefined : Number(version),
    modelType: fields.get('type'),
    job: jobIn(fields),
    startedAtS: Number(at),
  };
  return isSound(subject) && targetUrlOf(subject) === url ? subject : undefined;
}

function fieldsOf(fragment: string): ReadonlyMap<string, string> | undefined {
  try {
    return new Map(
      fragment.split('&').map((field) => {
        const [name = '', value = ''] = field.split('=');
        return [name, decodeURIComponent(value)] as const;
      }),
    );
  } catch {
    // A percent sign that encodes nothing.
    return undefined;
  }
}

function jobIn(fields: ReadonlyMap<string, string>): StatusSubject['job'] {
  const [id, route] = [fields.get('job'), fields.get('route')];
  return id !== undefined && (route === 'jobs' || route === 'trainings') ? { id, route } : undefined;
}

/**
 * Whether a subject can travel in a status: its ids have the form of ids, which no path has. The only id with slashes is that
 * of the one training of an older version (docs/roboflow-api.md#words-and-ids).
 */
export function isSound({ workspace, project, version, modelType, job }: StatusSubject): boolean {
  const isId =
    job === undefined || /^\w[\w.:-]{0,127}$/.test(job.id) || job.id === `${workspace}/${project}/${version}`;
  return isId && (modelType === undefined || (isSlug(modelType) && modelType.length <= 100));
}
