import { isSearch } from '../training/model-type.ts';
import type { ProjectRef } from './http/api.ts';

/** The page of a version's training on Roboflow. Architecture searches have one of their own (docs/internals/roboflow-api.md#d15-why-a-training-failed). */
export function trainingPage(
  { app, workspace, project }: ProjectRef,
  version: number,
  modelType: string | undefined,
): string {
  const path = [workspace, project, ...(isSearch(modelType) ? ['nas-runs'] : []), String(version)];
  return `${app}/${path.map(encodeSegment).join('/')}`;
}

/** The page of a project, which shows its versions and trainings. */
export function projectPage({ app, workspace, project }: ProjectRef): string {
  return `${app}/${encodeSegment(workspace)}/${encodeSegment(project)}`;
}

/** Encodes also what `encodeURIComponent` leaves as it is: a bracket would close a link in Markdown early. */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What would change a path, also after somebody decodes it; and spaces, which no address has: a title was written for a slug. */
const CHANGES_PATH = /[/\\?#\s\p{C}]|%[0-9a-f]{2}|^\.{1,2}$/iu;
/** In characters. */
const LONGEST_ID = 128;

/** Whether `text` can be an id of Roboflow's: one segment of a path. A name without Latin letters gets a slug that begins with a dash. */
export function isId(text: string): boolean {
  return text !== '' && text.length <= LONGEST_ID && !CHANGES_PATH.test(text);
}

/** The end of a model's id, by which routes name it: its slug, or the number of its version. Undefined if that is no id. */
export function segmentOf(id: string): string | undefined {
  const segment = id.split('/').at(-1) ?? '';
  return isId(segment) ? segment : undefined;
}
