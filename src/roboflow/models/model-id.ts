import { isSlug } from '../page.ts';

/**
 * Whether both name one model of `workspace`: ids come with the workspace in front and without it
 * (docs/roboflow-api.md#dates-ids-and-model-types).
 */
export function isSameModel(one: string, other: string, workspace: string): boolean {
  return withoutWorkspace(one, workspace) === withoutWorkspace(other, workspace);
}

function withoutWorkspace(id: string, workspace: string): string {
  return id.startsWith(`${workspace}/`) ? id.slice(workspace.length + 1) : id;
}

/** The end of a model's id, by which routes name it: its slug, or the number of its version. Undefined if that is no slug. */
export function segmentOf(id: string): string | undefined {
  const segment = id.split('/').at(-1) ?? '';
  return isSlug(segment) ? segment : undefined;
}
