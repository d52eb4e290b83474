import { isSearch } from '../training/model-type.ts';

/**
 * The page of a version's training on Roboflow. Architecture searches have one of their own
 * (docs/roboflow-api.md#d15-why-a-training-failed).
 */
export function trainingPage(
  { workspace, project }: { readonly workspace: string; readonly project: string },
  version: number,
  modelType: string | undefined,
): string {
  const path = [workspace, project, ...(isSearch(modelType) ? ['nas-runs'] : []), String(version)];
  return `https://app.roboflow.com/${path.map(encodeSegment).join('/')}`;
}

/** The page of a project, which shows its versions and trainings. */
export function projectPage({
  workspace,
  project,
}: {
  readonly workspace: string;
  readonly project: string;
}): string {
  return `https://app.roboflow.com/${encodeSegment(workspace)}/${encodeSegment(project)}`;
}

/** Encodes also what `encodeURIComponent` leaves as it is: a bracket would close a link in Markdown early. */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const SLUG = /^[a-z0-9][a-z0-9._-]*$/i;

/** Whether `text` is a slug, as Roboflow uses them in its URLs. A slug is safe in a path and in a link. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/** The end of a model's id, by which routes name it: its slug, or the number of its version. Undefined if that is no slug. */
export function segmentOf(id: string): string | undefined {
  const segment = id.split('/').at(-1) ?? '';
  return isSlug(segment) ? segment : undefined;
}
