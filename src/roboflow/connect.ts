import { VERSION } from '../version.ts';
import { type Api, createApi } from './api.ts';
import { getKeyWorkspace, type ProjectRef } from './client.ts';
import type { PersistContext } from './persist.ts';

/** Which server to talk to, as whom, about which project. */
export interface ConnectOptions {
  readonly apiUrl: URL;
  readonly apiKey: string;
  readonly auth: 'header' | 'query';
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
      userAgent: `train-gate/${VERSION}`,
    },
    context,
  );
}

/** The project by both of its slugs; the workspace is the key's own where it is not given. */
export async function resolveProject(
  api: Api,
  { workspace, project }: { readonly workspace: string | undefined; readonly project: string },
): Promise<ProjectRef> {
  return { workspace: workspace ?? (await getKeyWorkspace(api)), project };
}
