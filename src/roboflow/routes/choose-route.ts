import { ApiError } from '../../lib/errors.ts';
import type { RouteName, TrainingRoute } from '../../training/route.ts';
import type { Training } from '../../training/training.ts';
import { listJobs, type ProjectRef } from '../endpoints/project.ts';
import type { Api } from '../http/api.ts';
import { isMissing } from '../http/retry.ts';
import { AnnotationJobsError } from '../schema/job.ts';
import { jobsRoute } from './jobs.ts';
import { trainingsRoute } from './trainings.ts';

/** A route, and why it is this one. */
export interface ChosenRoute {
  readonly route: TrainingRoute;
  readonly reason: string;
  /** The other route, where it may be that one after all: what is not found on `route` may be there. */
  readonly other: TrainingRoute | undefined;
  /** The jobs that were read to find out. */
  readonly seen: readonly Training[];
  /** Whether what was read shows that the project has trainings on `route`. */
  readonly isSure: boolean;
}

/** The route of that name. */
export function routeNamed(name: RouteName, api: Api, project: ProjectRef): TrainingRoute {
  return name === 'jobs' ? jobsRoute(api, project) : trainingsRoute(api, project);
}

/**
 * Decides which of Roboflow's two training APIs to use, by reading only: two of its documents give `/jobs` two
 * meanings, so what is behind it is looked at (docs/roboflow-api.md#d1-jobs-may-be-labelling-jobs).
 */
export async function chooseRoute(
  asked: RouteName | 'auto',
  needsRecipe: boolean,
  api: Api,
  project: ProjectRef,
): Promise<ChosenRoute> {
  const fixed = (name: RouteName, reason: string) => ({
    route: routeNamed(name, api, project),
    reason,
    other: undefined,
    seen: [],
    isSure: true,
  });
  if (asked !== 'auto') return fixed(asked, 'as the input says');
  if (needsRecipe) return fixed('trainings', 'only this route takes a train-recipe');
  const found = await findJobs(api, project);
  if (found.kind !== 'trainings')
    return fixed(
      'trainings',
      found.kind === 'none' ? 'there is no list of jobs' : 'the jobs of this project are labelling jobs',
    );
  const route = jobsRoute(api, project, found.jobs);
  const isSure = found.jobs.length > 0;
  const reason = isSure ? 'the jobs of this project are trainings' : 'the list of jobs is empty';
  return { route, reason, other: trainingsRoute(api, project), seen: found.jobs, isSure };
}

type Found =
  | { readonly kind: 'trainings'; readonly jobs: readonly Training[] }
  | { readonly kind: 'labelling' }
  | { readonly kind: 'none' };

async function findJobs(api: Api, project: ProjectRef): Promise<Found> {
  try {
    return { kind: 'trainings', jobs: await listJobs(api, project) };
  } catch (error) {
    if (error instanceof AnnotationJobsError) return { kind: 'labelling' };
    if (error instanceof ApiError && isMissing(error.failure)) return { kind: 'none' };
    throw error;
  }
}
