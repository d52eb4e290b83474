import type { Context } from '../../lib/context.ts';
import type { Api } from './api.ts';

/** A project by its slugs. */
export interface ProjectRef {
  readonly workspace: string;
  readonly project: string;
}

/** One project on Roboflow's API, and what code that waits needs: clock, log and signal. */
export interface InProject extends Context {
  readonly api: Api;
  readonly project: ProjectRef;
}
