import { TrainGateError } from '../lib/errors.ts';
import { clipped } from '../lib/fit-text.ts';
import { getKeyWorkspace } from './endpoints/project.ts';
import type { Api, ProjectRef } from './http/api.ts';
import { appOf } from './http/region.ts';
import { isId } from './training-page.ts';

interface Named {
  readonly apiUrl: URL;
  readonly workspace: string | undefined;
  readonly project: string;
}

/** The project by both slugs; without one, the workspace is the key's. Throws TrainGateError if the API's name for that is no id. */
export async function resolveProject(api: Api, { apiUrl, workspace, project }: Named): Promise<ProjectRef> {
  const app = appOf(apiUrl);
  if (workspace !== undefined) return { app, workspace, project };
  const own = await getKeyWorkspace(api);
  if (!isId(own))
    throw new TrainGateError(
      `Roboflow names ${JSON.stringify(clipped(own, 60))} as the workspace of the key, which is no slug.`,
      { hint: 'Set workspace to the slug in its address: app.roboflow.com/WORKSPACE. Check api-url too.' },
    );
  return { app, workspace: own, project };
}
