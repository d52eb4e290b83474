import { TrainGateError } from '../../lib/errors.ts';
import { isId, projectPage, trainingPage } from '../../roboflow/training-page.ts';
import { isTypeName } from '../../training/model-type.ts';
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
 * just one form, and none is written that could not be read back.
 * @throws TrainGateError if the subject has an id that does not fit
 */
export function targetUrlOf(subject: StatusSubject): string {
  if (!isSound(subject))
    throw new TrainGateError(
      `No commit status can name training ${subject.job?.id} of ${subject.modelType}.`,
      {
        hint: 'Use "wait: job" for this server.',
      },
    );
  return urlFor(subject);
}

function urlFor({ job, modelType, startedAtS, version, ...project }: StatusSubject): string {
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
  const [, ...parts] = PAGE.exec(url) ?? [];
  const [workspace = '', project = ''] = parts.slice(0, 2).map((part) => decoded(part) ?? '');
  const [version, fragment = ''] = parts.slice(2);
  const fields = fieldsOf(fragment);
  const at = fields?.get('at') ?? '';
  if (fields === undefined || !/^\d{1,11}$/.test(at)) return undefined;
  const subject: StatusSubject = {
    workspace,
    project,
    version: version === undefined ? undefined : Number(version),
    modelType: fields.get('type'),
    job: jobIn(fields),
    startedAtS: Number(at),
  };
  return isSound(subject) && urlFor(subject) === url ? subject : undefined;
}

function fieldsOf(fragment: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const field of fragment.split('&')) {
    const [name = '', text = ''] = field.split('=');
    const value = decoded(text);
    if (value === undefined) return undefined;
    fields.set(name, value);
  }
  return fields;
}

/** Undefined if a percent sign encodes nothing. */
function decoded(text: string | undefined): string | undefined {
  try {
    return decodeURIComponent(text ?? '');
  } catch {
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
function isSound({ workspace, project, version, modelType, job }: StatusSubject): boolean {
  const isSoundJob = job === undefined || isId(job.id) || job.id === `${workspace}/${project}/${version}`;
  return isId(workspace) && isId(project) && isSoundJob && (modelType === undefined || isTypeName(modelType));
}
