import { clipped } from '../lib/clip.ts';
import { TrainGateError } from '../lib/errors.ts';
import { isSlug } from '../lib/slug.ts';
import { VERSION } from '../lib/version.ts';
import { getKeyWorkspace, type ProjectRef } from './endpoints/project.ts';
import { type Api, createApi } from './http/api.ts';
import type { AuthPlace } from './http/http.ts';
import type { PersistContext } from './http/persist.ts';

/** Which server to talk to, as whom, about which project. */
export interface ConnectOptions {
  readonly apiUrl: URL;
  readonly apiKey: string;
  readonly auth: AuthPlace;
  readonly requestDeadlineMs: number;
}

/** The API, bound to server and key. */
export function openApi(options: ConnectOptions, context: PersistContext): Api {
  return createApi(
    {
      baseUrl: options.apiUrl,
      key: options.apiKey,
      auth: options.auth,
      deadlineMs: options.requestDeadlineMs,
      clock: context.clock,
      userAgent: `train-gate/${VERSION}`,
    },
    context,
  );
}

/**
 * The project by both of its slugs; the workspace is the key's own where it is not given.
 * @throws TrainGateError where the API names a workspace that cannot stand in an address
 */
export async function resolveProject(
  api: Api,
  { workspace, project }: { readonly workspace: string | undefined; readonly project: string },
): Promise<ProjectRef> {
  if (workspace !== undefined) return { workspace, project };
  const own = await getKeyWorkspace(api);
  if (!isSlug(own))
    throw new TrainGateError(
      `Roboflow names ${JSON.stringify(clipped(own, 60))} as the workspace of the key, which is no slug.`,
      { hint: 'Set workspace to the slug in its address: app.roboflow.com/WORKSPACE. Check api-url too.' },
    );
  return { workspace: own, project };
}
