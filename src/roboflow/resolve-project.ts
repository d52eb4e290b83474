import { TrainGateError } from '../lib/errors.ts';
import { clipped } from '../lib/fit-text.ts';
import { getKeyWorkspace } from './endpoints/project.ts';
import type { Api, ProjectRef } from './http/api.ts';
import { isId } from './training-page.ts';

/**
 * The project by both of its slugs; the workspace is the key's own if it is not given.
 * @throws TrainGateError if the API names a workspace that cannot be part of an address
 */
export async function resolveProject(
  api: Api,
  { workspace, project }: { readonly workspace: string | undefined; readonly project: string },
): Promise<ProjectRef> {
  if (workspace !== undefined) return { workspace, project };
  const own = await getKeyWorkspace(api);
  if (!isId(own))
    throw new TrainGateError(
      `Roboflow names ${JSON.stringify(clipped(own, 60))} as the workspace of the key, which is no slug.`,
      { hint: 'Set workspace to the slug in its address: app.roboflow.com/WORKSPACE. Check api-url too.' },
    );
  return { workspace: own, project };
}
