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
