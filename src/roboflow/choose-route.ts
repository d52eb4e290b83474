import { ApiError } from '../errors.ts';
import type { RouteName, TrainingRoute } from '../training/route.ts';
import type { Training } from '../training/training.ts';
import type { Api } from './api.ts';
import { listJobs, type ProjectRef } from './client.ts';
import { jobsRoute } from './jobs.ts';
import { isMissing } from './retry.ts';
import { trainingsRoute } from './trainings.ts';
import { AnnotationJobsError } from './wire/job.ts';

/** A route, and why it is this one. */
export interface ChosenRoute {
  readonly route: TrainingRoute;
  readonly reason: string;
  /** What to take where a start on `route` shows that the project has no training jobs after all. */
  readonly fallback: TrainingRoute | undefined;
}

/** The route of that name. */
export function routeNamed(name: RouteName, api: Api, project: ProjectRef): TrainingRoute {
  return name === 'jobs' ? jobsRoute(api, project) : trainingsRoute(api, project);
}

/**
 * Decides which of Roboflow's two training APIs to use, by reading only: two of its documents give `/jobs` two
 * meanings, so what is behind it is looked at (API reference, D1).
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
    fallback: undefined,
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
  if (found.jobs.length > 0)
    return { route, reason: 'the jobs of this project are trainings', fallback: undefined };
  return { route, reason: 'the list of jobs is empty', fallback: trainingsRoute(api, project) };
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
